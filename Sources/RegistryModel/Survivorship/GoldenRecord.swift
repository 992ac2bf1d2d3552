package import Identity

/// What a golden record is derived from: one source record's current version.
package struct GoldenRecordSource: Hashable, Sendable {
    package var person: PersonRecord
    /// When the source recorded it, in microseconds since 1970.
    package var recordedAt: Int64
    /// The number of the record.
    package var record: Int64
    /// The number of its source.
    package var source: Int32

    /// Creates a version.
    package init(person: PersonRecord, recordedAt: Int64, record: Int64, source: Int32) {
        self.person = person
        self.recordedAt = recordedAt
        self.record = record
        self.source = source
    }
}

/// The best statement of a person that its source records allow: derived, never edited.
package enum GoldenRecord {
    /// The golden record of the current versions of a person's records.
    ///
    /// A pure function of the set: the order of `sources` changes nothing, and one source alone is
    /// its own golden record. Each field takes one record's value whole, by the policy; spellings of
    /// one value count together, and the best of them stands. Identifiers are those of all records,
    /// each number once however it was written, those stated most often first.
    package static func derive(
        from sources: [GoldenRecordSource], policy: Survivorship = .standard
    ) -> PersonRecord {
        guard sources.count > 1 else { return sources.first?.person ?? PersonRecord() }
        return deriveWithProvenance(from: sources, policy: policy).person
    }

    /// The golden record, and from which record each part of it comes.
    package static func deriveWithProvenance(
        from sources: [GoldenRecordSource], policy: Survivorship = .standard
    ) -> GoldenDerivation {
        var standings: [RecordStanding] = []
        var derivation = GoldenDerivation()
        for field in DemographicField.allCases {
            let survival = FieldSurvival(field, sources)
            if survival.isContested, standings.isEmpty {
                standings = sources.map { policy.standing(of: $0) }
            }
            guard let (value, provenance) = survival.survivor(standings, policy) else { continue }
            derivation.person[field] = value
            derivation.fields.append(provenance)
        }
        derivation.identifiers = identifiers(of: sources, policy.authorities)
        derivation.person.identifiers = derivation.identifiers.map(\.identifier)
        if sources.count == 1 { derivation.person = sources[0].person }
        return derivation
    }

    /// One identifier in all the ways it was written.
    private struct StatedIdentifier {
        var finding: IdentifierFinding
        var records: [Int64] = []
        var spellings: [[UInt8]: Int] = [:]

        /// A check character that is left out of the canonical form may be wrong in one spelling.
        mutating func take(_ other: IdentifierFinding) {
            if other.rawValue < finding.rawValue { finding = other }
        }

        /// The spelling stated most often, of several such the first in the order of their bytes.
        var value: String {
            let best = spellings.min { left, right in
                left.value != right.value
                    ? left.value > right.value
                    : left.key.lexicographicallyPrecedes(right.key)
            }
            return String(decoding: best?.key ?? [], as: UTF8.self)
        }
    }

    private static func identifiers(
        of sources: [GoldenRecordSource], _ authorities: AuthorityDirectory
    ) -> [IdentifierProvenance] {
        var stated: [LocalIdentifier: StatedIdentifier] = [:]
        for source in sources {
            var met: Set<LocalIdentifier> = []
            for identifier in source.person.identifiers {
                let assessment = authorities.rule(of: identifier.authority)
                    .assess(identifier.value)
                // Two spellings of one number have one canonical form.
                let key = LocalIdentifier(
                    authority: identifier.authority,
                    value: assessment.canonical.isEmpty ? identifier.value : assessment.canonical)
                if met.insert(key).inserted {
                    stated[key, default: StatedIdentifier(finding: assessment.finding)]
                        .records.append(source.record)
                }
                stated[key]?.spellings[Array(identifier.value.utf8), default: 0] += 1
                stated[key]?.take(assessment.finding)
            }
        }
        return stated.sorted { left, right in
            if left.value.records.count != right.value.records.count {
                return left.value.records.count > right.value.records.count
            }
            if left.key.authority != right.key.authority {
                return left.key.authority.utf8.lexicographicallyPrecedes(right.key.authority.utf8)
            }
            return left.key.value.utf8.lexicographicallyPrecedes(right.key.value.utf8)
        }.map { key, identifier in
            IdentifierProvenance(
                identifier: LocalIdentifier(authority: key.authority, value: identifier.value),
                finding: identifier.finding, records: identifier.records.sorted())
        }
    }
}
