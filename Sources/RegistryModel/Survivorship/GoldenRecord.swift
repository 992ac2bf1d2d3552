package import Identity

/// What a golden record is derived from: one source record's current version.
package struct GoldenRecordSource: Hashable, Sendable {
    package var person: PersonRecord
    /// When the source recorded it, in microseconds since 1970.
    package var recordedAt: Int64

    /// Creates a version.
    package init(person: PersonRecord, recordedAt: Int64) {
        self.person = person
        self.recordedAt = recordedAt
    }
}

/// The best statement of a person that its source records allow: derived, never edited.
package enum GoldenRecord {
    /// The golden record of the current versions of a person's records.
    ///
    /// A pure function of the set: the order of `sources` changes nothing, and one source alone is
    /// its own golden record. Each field takes one record's value whole, by the policy; identifiers
    /// are those of all records, each number once however it was written, those stated most
    /// often first.
    package static func derive(
        from sources: [GoldenRecordSource], policy: SurvivorshipPolicy = .standard
    ) -> PersonRecord {
        guard sources.count > 1 else { return sources.first?.person ?? PersonRecord() }
        var golden = PersonRecord()
        for field in DemographicField.allCases {
            guard let value = survivor(of: field, in: sources, policy: policy) else { continue }
            let text = value.utf8
            golden.set(field, to: text.span)
        }
        golden.identifiers = identifiers(of: sources)
        return golden
    }

    /// One value that some records state for a field.
    private struct Claim {
        var value: String
        var records = 0
        var recordedAt = Int64.min

        func precedes(_ other: Claim, by rules: [SurvivorshipRule]) -> Bool {
            for rule in rules {
                let (mine, its) =
                    switch rule {
                    case .agreement: (Int64(records), Int64(other.records))
                    case .completeness: (completeness, other.completeness)
                    case .recency: (recordedAt, other.recordedAt)
                    }
                if mine != its { return mine > its }
            }
            return value.utf8.lexicographicallyPrecedes(other.value.utf8)
        }

        /// Words before letters; a byte is enough of a letter here.
        private var completeness: Int64 {
            var words: Int64 = 0
            var insideWord = false
            for byte in value.utf8 {
                let isSpace = byte == 0x20 || byte == PersonRecord.valueSeparator
                if !isSpace && !insideWord { words += 1 }
                insideWord = !isSpace
            }
            return words << 32 | Int64(value.utf8.count)
        }
    }

    private static func survivor(
        of field: DemographicField, in sources: [GoldenRecordSource], policy: SurvivorshipPolicy
    ) -> String? {
        var claims: [Claim] = []
        for source in sources where source.person.has(field) {
            let value = source.person[field]
            var place = claims.firstIndex { $0.value.utf8.elementsEqual(value.utf8) }
            if place == nil {
                place = claims.count
                claims.append(Claim(value: value))
            }
            guard let place else { continue }
            claims[place].records += 1
            claims[place].recordedAt = max(claims[place].recordedAt, source.recordedAt)
        }
        guard claims.count > 1 else { return claims.first?.value }
        let rules = policy.rules(of: field)
        return claims.min { $0.precedes($1, by: rules) }?.value
    }

    /// One identifier in all the ways it was written.
    private struct StatedIdentifier {
        var records = 0
        var spellings: [String: Int] = [:]

        /// The spelling stated most often, of several such the first in the order of their bytes.
        var value: String {
            let best = spellings.min { left, right in
                left.value != right.value
                    ? left.value > right.value
                    : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
            }
            return best?.key ?? ""
        }
    }

    private static func identifiers(of sources: [GoldenRecordSource]) -> [LocalIdentifier] {
        var stated: [LocalIdentifier: StatedIdentifier] = [:]
        for source in sources {
            var met: Set<LocalIdentifier> = []
            for identifier in source.person.identifiers {
                let key = canonical(identifier)
                if met.insert(key).inserted {
                    stated[key, default: StatedIdentifier()].records += 1
                }
                stated[key]?.spellings[identifier.value, default: 0] += 1
            }
        }
        return stated.sorted { left, right in
            if left.value.records != right.value.records {
                return left.value.records > right.value.records
            }
            if left.key.authority != right.key.authority {
                return left.key.authority.utf8.lexicographicallyPrecedes(right.key.authority.utf8)
            }
            return left.key.value.utf8.lexicographicallyPrecedes(right.key.value.utf8)
        }.map { LocalIdentifier(authority: $0.key.authority, value: $0.value.value) }
    }

    /// The identifier by which two spellings of one number are known to be the same.
    private static func canonical(_ identifier: LocalIdentifier) -> LocalIdentifier {
        let authority = AssigningAuthority.shipped(code: identifier.authority) ?? .unknown
        let canonical = authority.assess(identifier.value).canonical
        return LocalIdentifier(
            authority: identifier.authority, value: canonical.isEmpty ? identifier.value : canonical
        )
    }
}
