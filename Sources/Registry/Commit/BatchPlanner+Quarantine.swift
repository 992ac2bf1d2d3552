internal import Identity
internal import RegistryModel

// Records that join nobody by themselves: those with bad identifiers where their source says so, and
// invented patients beside persons.
extension BatchPlanner {
    /// Whether a row's identifiers keep it from every link until a steward has looked.
    func mustBeQuarantined(_ row: SubmittedRow) -> Bool {
        sources.quarantining.contains(row.source) && hasBadIdentifier(row.person)
    }

    private func hasBadIdentifier(_ person: PersonRecord) -> Bool {
        let rules = IdentifierRules(
            SourceRules(badIdentifiers: .quarantine), policy.authorities)
        return rules.finding(on: person) != nil
    }

    /// Puts a record in quarantine: a task of its own, which a steward closes by a decision.
    mutating func quarantine(_ record: Int64, _ sequence: Int64) {
        quarantined.insert(record)
        addTask(.identifierConflict, record, record, nil, .badIdentifier, sequence)
    }

    /// Whether a record of a person is in quarantine, so that nobody joins it.
    func isInQuarantine(_ person: EnterpriseIdentifier) -> Bool {
        !sources.quarantining.isEmpty
            && members(of: person).contains { isQuarantined(Int64($0) + 1) }
    }

    /// Whether a row can have nothing to do with a person: one of them is invented and the other is not, or
    /// they are of two realms.
    func isStranger(_ row: SubmittedRow, to person: EnterpriseIdentifier) -> Bool {
        guard sources.hasProviders || !sources.ofTests.isEmpty else { return false }
        let realm = Realm(ofSource: row.source)
        if members(of: person).contains(where: { Realm(ofSource: source(ofSlot: $0)) != realm }) {
            return true
        }
        let isTest = sources.ofTests.contains(row.source)
        return members(of: person).contains { slot in
            sources.ofTests.contains(source(ofSlot: slot)) != isTest
        }
    }

    /// Whether a steward is still asked about a record; a later version may have answered meanwhile.
    private func isQuarantined(_ record: Int64) -> Bool {
        guard
            quarantined.contains(record)
                || isOpen(OpenTasks.Doubt(.identifierConflict, record, record))
        else { return false }
        let state = current(record)
        return sources.quarantining.contains(state.source)
            && (PackedPerson.person(from: state.content.span).map(hasBadIdentifier) ?? true)
    }
}
