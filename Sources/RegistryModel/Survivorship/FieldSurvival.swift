internal import Identity

/// Chooses the value of one field among the statements of a person's records.
struct FieldSurvival {
    private let field: DemographicField
    private let sources: [GoldenRecordSource]
    private var claims: [Claim]

    /// One record's statement of the field.
    private struct Statement {
        /// Its place among the records.
        var place: Int
        var value: String
    }

    /// One value in all the ways it is spelled, and how it stands under the field's rules.
    private struct Claim {
        var statements: [Statement]
        /// Equal for all spellings of the value; empty where no other value is stated.
        var key: [UInt8] = []
        /// A figure for each rule; the higher one wins.
        var figures: [Int64] = []

        /// The first rule that tells two claims apart; nil where none does.
        func difference(from other: Claim) -> Int? {
            figures.indices.first { figures[$0] != other.figures[$0] }
        }

        func precedes(_ other: Claim) -> Bool {
            if let rule = difference(from: other) { return figures[rule] > other.figures[rule] }
            return key.lexicographicallyPrecedes(other.key)
        }
    }

    /// Collects what is stated of a field, spellings of one value together.
    init(_ field: DemographicField, _ sources: [GoldenRecordSource]) {
        self.field = field
        self.sources = sources
        var written: [Claim] = []
        for place in sources.indices where sources[place].person.has(field) {
            let statement = Statement(place: place, value: sources[place].person[field])
            let same = written.firstIndex { claim in
                claim.statements[0].value.utf8.elementsEqual(statement.value.utf8)
            }
            if let same {
                written[same].statements.append(statement)
            } else {
                written.append(Claim(statements: [statement]))
            }
        }
        // Most records agree to the byte, and then nothing need be folded.
        guard written.count > 1 else {
            claims = written
            return
        }
        claims = []
        for var claim in written {
            claim.key = FieldComparison.key(of: field, claim.statements[0].value)
            if let alike = claims.firstIndex(where: { $0.key == claim.key }) {
                claims[alike].statements += claim.statements
            } else {
                claims.append(claim)
            }
        }
    }

    /// Whether more than one value is stated.
    var isContested: Bool { claims.count > 1 }

    /// The value that survives and where it comes from; nil where no record states one.
    ///
    /// `standings` are those of the records, and looked at only where the field is contested.
    func survivor(
        _ standings: [RecordStanding], _ survivorship: Survivorship
    ) -> (value: String, provenance: FieldProvenance)? {
        guard var winner = claims.first else { return nil }
        var basis = SurvivalBasis.unopposed
        if isContested {
            let rules = survivorship.policy.rules(of: field)
            var ranked = claims
            for index in ranked.indices {
                ranked[index].figures = rules.map {
                    figure($0, of: ranked[index], standings, survivorship)
                }
            }
            ranked.sort { $0.precedes($1) }
            winner = ranked[0]
            basis =
                winner.difference(from: ranked[1]).map { SurvivalBasis.rule(rules[$0]) } ?? .content
        }
        let best = bestSpelling(of: winner)
        return (
            best.value,
            FieldProvenance(
                field: field, record: sources[best.place].record,
                source: sources[best.place].source,
                agreeing: winner.statements.map { sources[$0.place].record }.sorted(),
                rivals: claims.count - 1, basis: basis)
        )
    }

    private func figure(
        _ rule: SurvivorshipRule, of claim: Claim, _ standings: [RecordStanding],
        _ survivorship: Survivorship
    ) -> Int64 {
        switch rule {
        case .trust:
            let ranks = claim.statements.map { statement in
                survivorship.trustRank(of: standings[statement.place], in: field)
            }
            return -Int64(ranks.min() ?? 0)
        case .verified:
            return claim.statements.contains { standings[$0.place].isVerified } ? 1 : 0
        case .agreement: return Int64(Set(claim.statements.map { sources[$0.place].source }).count)
        case .completeness:
            return claim.statements.map { statement in
                FieldComparison.completeness(of: field, statement.value, key: claim.key)
            }.max() ?? 0
        case .recency: return claim.statements.map { sources[$0.place].recordedAt }.max() ?? 0
        }
    }

    /// The spelling that says most, then the one stated most often, then the last one.
    private func bestSpelling(of claim: Claim) -> Statement {
        var spellings: [Spelling] = []
        for statement in claim.statements {
            let same = spellings.firstIndex { spelling in
                spelling.latest.value.utf8.elementsEqual(statement.value.utf8)
            }
            let recordedAt = sources[statement.place].recordedAt
            let record = sources[statement.place].record
            if let same {
                spellings[same].take(statement, recordedAt, record)
            } else {
                spellings.append(
                    Spelling(latest: statement, recordedAt: recordedAt, record: record))
            }
        }
        if spellings.count > 1 {
            for index in spellings.indices {
                spellings[index].quality = SpellingQuality(spellings[index].latest.value)
            }
        }
        return spellings.min { $0.precedes($1) }?.latest ?? claim.statements[0]
    }

    /// One way to write a value.
    private struct Spelling {
        /// Its last statement, by time of record; of several such that of the oldest record.
        var latest: Statement
        var recordedAt: Int64
        var record: Int64
        var count = 1
        var quality = SpellingQuality("")

        init(latest: Statement, recordedAt: Int64, record: Int64) {
            self.latest = latest
            self.recordedAt = recordedAt
            self.record = record
        }

        mutating func take(_ statement: Statement, _ recordedAt: Int64, _ record: Int64) {
            count += 1
            guard (recordedAt, self.record) > (self.recordedAt, record) else { return }
            latest = statement
            self.recordedAt = recordedAt
            self.record = record
        }

        func precedes(_ other: Spelling) -> Bool {
            if quality != other.quality { return other.quality < quality }
            if count != other.count { return count > other.count }
            if recordedAt != other.recordedAt { return recordedAt > other.recordedAt }
            return latest.value.utf8.lexicographicallyPrecedes(other.latest.value.utf8)
        }
    }
}
