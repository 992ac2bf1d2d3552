internal import Identity
internal import RegistryModel

/// What keeps two records from becoming one person by themselves, whatever they weigh.
///
/// The same that keeps a new record from joining a person (`BatchPlanner`): two valid national numbers
/// that differ, a source in which nobody stands twice, invented patients beside persons.
struct RecordRules: Sendable {
    private struct Number: Hashable {
        var authority: UInt16
        var value: UInt64
    }

    private let traits: SourceTraits
    private let authorities: AuthorityDirectory
    private var authorityNumbers: [String: UInt16] = [:]
    private var sources: [Int32] = []
    private var numbers: [Number] = []
    /// Where the numbers of a record begin; those of the next one are behind them.
    private var starts: [UInt32] = [0]

    /// Rules without records.
    init(_ traits: SourceTraits, _ authorities: AuthorityDirectory) {
        self.traits = traits
        self.authorities = authorities
    }

    /// Takes the next record.
    mutating func append(_ person: PersonRecord, source: Int32) {
        sources.append(source)
        for key in IdentifierKey.distinguishing(person, authorities) {
            let authority =
                authorityNumbers[key.authority]
                ?? UInt16(truncatingIfNeeded: authorityNumbers.count)
            authorityNumbers[key.authority] = authority
            numbers.append(Number(authority: authority, value: key.hash))
        }
        starts.append(UInt32(numbers.count))
    }

    /// Whether two records stay apart.
    func keepApart(_ left: UInt32, _ right: UInt32) -> Bool {
        let (one, other) = (sources[Int(left)], sources[Int(right)])
        if one == other, traits.onePerPerson.contains(one) { return true }
        if areTestAndPerson(left, right) { return true }
        return haveDifferentNumbers(left, right)
    }

    /// Whether one is an invented patient and the other is not.
    func areTestAndPerson(_ left: UInt32, _ right: UInt32) -> Bool {
        guard !traits.ofTests.isEmpty else { return false }
        return traits.ofTests.contains(sources[Int(left)])
            != traits.ofTests.contains(sources[Int(right)])
    }

    /// Whether the two have numbers of one authority and none of them in common.
    private func haveDifferentNumbers(_ left: UInt32, _ right: UInt32) -> Bool {
        let (mine, its) = (range(left), range(right))
        guard !mine.isEmpty, !its.isEmpty else { return false }
        for place in mine {
            let number = numbers[place]
            var isShared = false
            var hasAuthority = false
            for other in its where numbers[other].authority == number.authority {
                hasAuthority = true
                // Any number of the authority in common makes them one.
                isShared = isShared || mine.contains { numbers[$0] == numbers[other] }
            }
            if hasAuthority, !isShared { return true }
        }
        return false
    }

    private func range(_ slot: UInt32) -> Range<Int> {
        Int(starts[Int(slot)])..<Int(starts[Int(slot) + 1])
    }
}
