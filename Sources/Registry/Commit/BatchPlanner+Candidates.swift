internal import Identity
internal import RegistryModel

// Whom a record may join of those whom matching has found.
extension BatchPlanner {
    /// What the records of a person state by which it is told from others, each different statement once.
    ///
    /// Of a person of thousands of records, as a patient invented for tests is one, each further record
    /// would read all of them.
    struct PersonNumbers {
        private(set) var statements: Set<DistinguishingNumbers> = []
        private(set) var sources: Set<Int32> = []

        mutating func insert(_ numbers: DistinguishingNumbers, source: Int32) {
            if !numbers.isEmpty { statements.insert(numbers) }
            sources.insert(source)
        }
    }

    /// The persons behind the records found, which come with the best first.
    mutating func personCandidates(
        _ row: SubmittedRow, _ found: [MatcherCandidate], _ known: DistinguishingNumbers? = nil
    ) -> [PersonCandidate] {
        guard !found.isEmpty else { return [] }
        let numbers =
            known
            ?? DistinguishingNumbers(row.person, policy.authorities, source: row.source)
        var candidates: [PersonCandidate] = []
        for candidate in found {
            let person = person(ofSlot: candidate.slot)
            if let place = candidates.firstIndex(where: { $0.person == person }) {
                candidates[place].isVetoed = candidates[place].isVetoed || candidate.isVetoed
            } else if !isStranger(row, to: person) {
                candidates.append(
                    PersonCandidate(
                        person: person, slot: candidate.slot, weight: candidate.weight,
                        isVetoed: candidate.isVetoed || isVetoed(row, numbers, person)))
            }
        }
        return candidates
    }

    /// Whether something forbids that a record joins a person.
    ///
    /// That is two valid national numbers that differ, a source that has the person already and says
    /// that nobody stands in it twice, or a record of it in quarantine.
    private mutating func isVetoed(
        _ row: SubmittedRow, _ numbers: DistinguishingNumbers, _ person: EnterpriseIdentifier
    ) -> Bool {
        if isInQuarantine(person) { return true }
        let isOnePerPerson = sources.onePerPerson.contains(row.source)
        guard isOnePerPerson || !numbers.inUse.isEmpty else { return false }
        if numbersOfPersons.isEmpty || numbersOfPersons[person] == nil {
            let members = members(of: person)
            guard members.count >= RegistryLimits.largePersonRecordsMin else {
                return members.contains { slot in
                    isOnePerPerson && source(ofSlot: slot) == row.source
                        || !numbers.inUse.isEmpty && numbers.contradict(self.numbers(ofSlot: slot))
                }
            }
            var its = PersonNumbers()
            for slot in members {
                its.insert(self.numbers(ofSlot: slot), source: source(ofSlot: slot))
            }
            numbersOfPersons[person] = its
        }
        guard let its = numbersOfPersons[person] else { return false }
        return isOnePerPerson && its.sources.contains(row.source)
            || its.statements.contains { numbers.contradict($0) }
    }

    /// Takes what a new record states into what is known of its person.
    mutating func takeNumbers(ofSlot slot: UInt32, joining person: EnterpriseIdentifier) {
        guard !numbersOfPersons.isEmpty, numbersOfPersons[person] != nil else { return }
        let (numbers, source) = (numbers(ofSlot: slot), source(ofSlot: slot))
        numbersOfPersons[person]?.insert(numbers, source: source)
    }

    private func numbers(ofSlot slot: UInt32) -> DistinguishingNumbers {
        DistinguishingNumbers(
            identifiers(ofSlot: slot), policy.authorities, source: source(ofSlot: slot))
    }
}
