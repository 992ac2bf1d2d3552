internal import Identity
internal import RegistryModel

/// What keeps two records from becoming one person by themselves, whatever they weigh.
///
/// The same that keeps a new record from joining a person (`BatchPlanner`): two valid national numbers
/// that differ, a source in which nobody stands twice, invented patients beside persons, providers beside
/// patients.
struct RecordRules: Sendable {
    private struct Number {
        var authority: UInt16
        /// Whether the person had it before, and it contradicts no other.
        var isFormer: Bool
        var value: UInt64

        func isSame(as other: Number) -> Bool {
            authority == other.authority && value == other.value
        }
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
        let distinguishing = DistinguishingNumbers(person, authorities, source: source)
        for key in distinguishing.inUse { append(key, isFormer: false) }
        for key in distinguishing.former { append(key, isFormer: true) }
        starts.append(UInt32(numbers.count))
    }

    private mutating func append(_ key: IdentifierKey, isFormer: Bool) {
        let authority =
            authorityNumbers[key.authority]
            ?? UInt16(truncatingIfNeeded: authorityNumbers.count)
        authorityNumbers[key.authority] = authority
        numbers.append(Number(authority: authority, isFormer: isFormer, value: key.hash))
    }

    /// Whether two records stay apart.
    func keepApart(_ left: UInt32, _ right: UInt32) -> Bool {
        let (one, other) = (sources[Int(left)], sources[Int(right)])
        if one == other, traits.onePerPerson.contains(one) { return true }
        if areStrangers(left, right) { return true }
        return haveDifferentNumbers(left, right)
    }

    /// Whether two records can have nothing to do with each other: one is an invented patient and the
    /// other is not, or they are of two realms.
    func areStrangers(_ left: UInt32, _ right: UInt32) -> Bool {
        if Realm(ofSource: sources[Int(left)]) != Realm(ofSource: sources[Int(right)]) {
            return true
        }
        guard !traits.ofTests.isEmpty else { return false }
        return traits.ofTests.contains(sources[Int(left)])
            != traits.ofTests.contains(sources[Int(right)])
    }

    /// Whether the two have numbers of one authority and none of them in common.
    private func haveDifferentNumbers(_ left: UInt32, _ right: UInt32) -> Bool {
        let (mine, its) = (range(left), range(right))
        guard !mine.isEmpty, !its.isEmpty else { return false }
        for place in mine where !numbers[place].isFormer {
            let number = numbers[place]
            var isShared = false
            var hasAuthority = false
            for other in its where numbers[other].authority == number.authority {
                hasAuthority = hasAuthority || !numbers[other].isFormer
                // Any number of the authority in common makes them one, a former one included.
                isShared =
                    isShared || mine.contains { numbers[$0].isSame(as: numbers[other]) }
            }
            if hasAuthority, !isShared { return true }
        }
        return false
    }

    private func range(_ slot: UInt32) -> Range<Int> {
        Int(starts[Int(slot)])..<Int(starts[Int(slot) + 1])
    }
}
