internal import Identity
internal import RegistryModel
internal import RegistryStore

extension DecisionPlanner {
    /// Moves all records of a person to another, and holds them there.
    mutating func merge(
        _ retired: EnterpriseIdentifier, into survivor: EnterpriseIdentifier
    ) throws {
        guard retired != survivor else {
            throw RegistryError(.badRequest, "a person cannot be merged into itself")
        }
        let (moved, kept) = (try members(of: retired), try members(of: survivor))
        try refuseTwoRealms(moved, kept)
        warn(moved, kept)
        move(moved, to: survivor)
        for record in moved { hold(kept[0], record, isMustLink: true) }
        mainPerson = survivor
    }

    /// Moves a record to a person, and holds it there.
    mutating func link(_ name: LocalIdentifier, to person: EnterpriseIdentifier) throws {
        let record = try record(name)
        let kept = try members(of: person)
        guard links.person(of: record) != person else {
            throw RegistryError(.conflict, "the record is linked to that person already")
        }
        try refuseTwoRealms([record], kept)
        warn([record], kept)
        move([record], to: person)
        hold(kept[0], record, isMustLink: true)
        mainPerson = person
    }

    /// Moves records out of their person into a new one; `person` is theirs where it is named.
    ///
    /// What earlier decisions held together across the cut is let go of: to part is the careful way.
    mutating func part(
        _ names: [LocalIdentifier], of person: EnterpriseIdentifier?, _ mayRejoin: Bool
    ) throws {
        let parting = Set(try names.map { try record($0) })
        guard let first = parting.min() else {
            throw RegistryError(.badRequest, "name the records that leave the person")
        }
        let whole = person ?? links.person(of: first)
        let staying = try members(of: whole).filter { !parting.contains($0) }
        guard parting.allSatisfy({ links.person(of: $0) == whole }) else {
            throw RegistryError(.conflict, "a record that should leave is not the person's")
        }
        guard !staying.isEmpty else {
            throw RegistryError(.conflict, "the person would be left without records")
        }
        releaseHolds(between: parting, staying)
        move(parting.sorted(), to: newPerson())
        if !mayRejoin { holdApart(parting.sorted(), staying) }
        mainPerson = whole
    }

    /// Holds two subjects of different persons apart.
    mutating func holdApart(_ left: DecisionSubject, _ right: DecisionSubject) throws {
        let (lefts, rights) = (try records(left), try records(right))
        try refuseTwoRealms(lefts, rights)
        let persons = Set(lefts.map { links.person(of: $0) })
        guard persons.isDisjoint(with: rights.map { links.person(of: $0) }) else {
            throw RegistryError(.conflict, "they are one person; split or unlink it first")
        }
        holdApart(lefts, rights)
        try refuseNothing("they are held apart already")
        settled.formUnion(lefts + rights)
        mainPerson = persons.first
    }

    /// Holds two subjects of one person together.
    mutating func holdTogether(_ left: DecisionSubject, _ right: DecisionSubject) throws {
        let (lefts, rights) = (try records(left), try records(right))
        try refuseTwoRealms(lefts, rights)
        let records = Set(lefts + rights).sorted()
        guard let first = records.first else { return }
        let person = links.person(of: first)
        guard records.allSatisfy({ links.person(of: $0) == person }) else {
            throw RegistryError(.conflict, "they are two persons; merge them to make them one")
        }
        for record in records.dropFirst() { hold(first, record, isMustLink: true) }
        try refuseNothing("they are held together already")
        settled.formUnion(records)
        mainPerson = person
    }

    /// Takes a record as it is: a likely overlay that is none, an identifier that is as it must be.
    mutating func accept(_ name: LocalIdentifier) throws {
        let record = try record(name)
        accepted = record
        mainPerson = links.person(of: record)
    }

    /// Restricts a record, so that whoever has it is answered without demographics.
    mutating func restrict(_ name: LocalIdentifier) throws {
        let record = try record(name)
        guard !surroundings.index.read({ $0.restricted.contains(record) }) else {
            throw RegistryError(.conflict, "the record is restricted already")
        }
        step.restricted = [record]
        mainPerson = links.person(of: record)
    }

    /// Refuses to decide about a patient and a provider together; all records of each list are of one realm.
    private func refuseTwoRealms(_ records: [Int64], _ others: [Int64]) throws {
        let realms = Set(
            [records.first, others.first].compactMap(\.self).map {
                Realm(ofSource: links.record($0).source)
            })
        guard realms.count < 2 else {
            throw RegistryError(
                .badRequest, "one is a patient and the other a provider; they stay two persons")
        }
    }

    /// Moves records by a steward's word.
    mutating func move(_ records: [Int64], to person: EnterpriseIdentifier) {
        for record in records {
            links.move(record, to: person, origin: .steward, weight: nil, sequence: sequence)
        }
    }

    /// Holds each record of a list apart from each of another.
    mutating func holdApart(_ records: [Int64], _ others: [Int64]) {
        // Beyond the bound the decision is refused; until then the list must not grow.
        guard records.count * others.count <= RegistryLimits.decisionConstraintsMax else {
            outcome.warnings.append("too many pairs to hold apart")
            step.constraints = Array(
                repeating: RecordConstraint(0, 0, isMustLink: false),
                count: RegistryLimits.decisionConstraintsMax + 1)
            return
        }
        for record in records {
            for other in others { hold(record, other, isMustLink: false) }
        }
    }

    private mutating func releaseHolds(between parting: Set<Int64>, _ staying: [Int64]) {
        let staying = Set(staying)
        for record in parting.sorted() {
            let holds = surroundings.constraints.holds(of: record)
            for other in holds.keys.sorted() where staying.contains(other) {
                step.retracted.append(RecordConstraint(record, other, isMustLink: true))
            }
        }
        released.formUnion(step.retracted)
    }

    private func refuseNothing(_ reason: String) throws {
        if step.constraints.isEmpty { throw RegistryError(.conflict, reason) }
    }

    /// Tells the steward what speaks against making one person of two.
    private mutating func warn(_ records: [Int64], _ others: [Int64]) {
        let ofTests = surroundings.directory.traits.ofTests
        let areInvented = Set((records + others).map { ofTests.contains(links.record($0).source) })
        if areInvented.count > 1 {
            outcome.warnings.append("one of them is an invented patient of a source of tests")
        }
        warnOfNumbers(records, others)
    }

    /// Tells the steward of national numbers that would make two persons of the one to be.
    private mutating func warnOfNumbers(_ records: [Int64], _ others: [Int64]) {
        let authorities = surroundings.policy.authorities
        func numbers(_ records: [Int64]) -> Set<IdentifierKey> {
            Set(
                records.flatMap { record in
                    let stored = links.record(record)
                    return PackedPerson.person(from: stored.content.span).map {
                        DistinguishingNumbers($0, authorities, source: stored.source).inUse
                    } ?? []
                })
        }
        let (left, right) = (numbers(records), numbers(others))
        for authority in Set(left.map(\.authority)).sorted() {
            let rights = right.filter { $0.authority == authority }
            if !rights.isEmpty, rights.isDisjoint(with: left) {
                outcome.warnings.append("they have different valid numbers of \(authority)")
            }
        }
    }

    /// An identifier that no person has or had.
    private func newPerson() -> EnterpriseIdentifier {
        while true {
            let person = EnterpriseIdentifier.random()
            let isKnown = surroundings.index.read { $0.person(person) != nil }
            if !isKnown, surroundings.retired[person] == nil { return person }
        }
    }
}
