internal import Identity
internal import PostgresClient
package import RegistryModel

/// Which state of policy and authorities the stored golden records follow.
package struct GoldenBasis: Hashable, Sendable {
    /// Rises with every change of policy or authority.
    package var wanted: Int64
    /// The state for which the writer has last finished rewriting them.
    package var applied: Int64
    /// Where the changes since concern the persons with a value of these authorities alone; nil where
    /// they concern all.
    package var authorities: Set<String>?

    /// The basis of a database whose golden records follow what is in force.
    package init(wanted: Int64 = 0, applied: Int64 = 0, authorities: Set<String>? = nil) {
        self.wanted = wanted
        self.applied = applied
        self.authorities = authorities
    }

    /// Whether golden records may still stand that follow an earlier state.
    package var isPending: Bool { applied < wanted }
}

/// A survivorship policy as it was put in force.
package struct ActivatedPolicy: Hashable, Sendable {
    package var number: Int64
    package var policy: SurvivorshipPolicy
    package var actor: String
    /// In microseconds since 1970.
    package var activatedAt: Int64
}

extension RegistrySession {
    /// The survivorship policies that were put in force, the last one first; that one decides.
    package mutating func survivorshipPolicies(
        limit: Int64 = StoreLimits.policiesReadMax
    ) throws -> [ActivatedPolicy] {
        try connection.query(
            """
            SELECT policy, content, actor, (extract(epoch FROM activated_at) * 1000000)::int8
            FROM padron.survivorship_policy ORDER BY policy DESC LIMIT \(limit)
            """
        ).map { row in
            ActivatedPolicy(
                number: try row.int64(0),
                policy: try SurvivorshipPolicy(json: try JSONParser.parse(try row.text(1))),
                actor: try row.text(2), activatedAt: try row.int64(3))
        }
    }

    /// Puts a policy in force, and answers its number; the writer rewrites the golden records.
    package mutating func activate(_ policy: SurvivorshipPolicy, actor: String) throws -> Int64 {
        var writer = JSONWriter()
        writer.value(policy.json)
        let content = writer.text
        return try connection.transaction { connection in
            try Self.wantGoldenRewrite(&connection)
            return try connection.query(
                """
                INSERT INTO padron.survivorship_policy (content, actor)
                VALUES (\(content), \(actor)) RETURNING policy
                """
            ).single.int64(0)
        }
    }

    /// Survivorship as it is in force: the last policy, with the sources and authorities of now.
    package mutating func survivorship() throws -> Survivorship {
        let policy = try survivorshipPolicies(limit: 1).first?.policy ?? .standard
        let sources = try sources().map { ($0.source.code, $0.number) }
        return Survivorship(
            policy: policy, authorities: try authorityDirectory(),
            sources: Dictionary(uniqueKeysWithValues: sources))
    }

    /// Which state the stored golden records follow.
    package mutating func goldenBasis() throws -> GoldenBasis {
        let row = try connection.query(
            """
            SELECT b.wanted, b.applied, count(s.authority) = b.wanted - b.applied,
                COALESCE(string_agg(s.authority, ' '), '')
            FROM padron.golden_basis b
            LEFT JOIN padron.golden_stake s ON s.wanted > b.applied AND s.wanted <= b.wanted
            GROUP BY b.wanted, b.applied
            """
        ).single
        let authorities = Set(try row.text(3).split(separator: " ").map(String.init))
        return GoldenBasis(
            wanted: try row.int64(0), applied: try row.int64(1),
            authorities: try row.bool(2) ? authorities : nil)
    }

    /// Says that all golden records follow a state; without effect where the epoch has ended.
    package mutating func setGoldenBasis(applied: Int64, epoch: Int64) throws {
        try connection.execute(
            """
            WITH moved AS (
                UPDATE padron.golden_basis SET applied = \(applied)
                WHERE applied < \(applied) AND wanted >= \(applied)
                    AND EXISTS (SELECT FROM padron.lease WHERE epoch = \(epoch))
                RETURNING applied)
            DELETE FROM padron.golden_stake s USING moved WHERE s.wanted <= moved.applied
            """)
    }

    /// The number of stored golden records.
    package mutating func goldenRecordCount() throws -> Int64 {
        try connection.query("SELECT count(*) FROM padron.golden_record").single.int64(0)
    }

    /// Has the writer rewrite the golden records of the persons with a value of an authority, of all
    /// where none is named; part of the change that makes it needed.
    static func wantGoldenRewrite(
        of authority: String? = nil, _ connection: inout PostgresConnection
    ) throws {
        try connection.execute(
            """
            WITH wanted AS (
                UPDATE padron.golden_basis SET wanted = wanted + 1 RETURNING wanted)
            INSERT INTO padron.golden_stake (wanted, authority)
            SELECT wanted, NULLIF(\(authority ?? ""), '') FROM wanted
            """)
        try connection.query("NOTIFY padron_work")
    }
}
