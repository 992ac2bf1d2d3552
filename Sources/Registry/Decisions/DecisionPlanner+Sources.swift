internal import Identity
internal import RegistryModel
internal import RegistryStore

// What a source does to its own records, by its own word.
extension DecisionPlanner {
    /// Withdraws a record: it keeps link and history, and speaks for nobody.
    ///
    /// Where the source says that it merged the record into another of its own, the two are one
    /// person by the source's word, as HL7 A40 means it: the record moves there first and is held there.
    mutating func retire(_ name: LocalIdentifier, into other: LocalIdentifier?) throws {
        let record = try ownRecord(name)
        guard links.isActive(record) else {
            throw RegistryError(.conflict, "the record is withdrawn already")
        }
        if let other {
            let kept = try self.record(other)
            guard kept != record else {
                throw RegistryError(.badRequest, "a record cannot be merged into itself")
            }
            guard name.authority == other.authority else {
                throw RegistryError(.badRequest, "a source merges records of its own alone")
            }
            guard links.isActive(kept) else {
                throw RegistryError(
                    .conflict, "the other record is withdrawn; name one that counts")
            }
            let person = links.person(of: kept)
            links.move(record, to: person, origin: .steward, weight: nil, sequence: sequence)
            hold(kept, record, isMustLink: true)
        }
        withdraw(record)
        settled.insert(record)
        mainPerson = links.person(of: record)
    }

    /// A record of a source that is of the registry which the request names.
    private func ownRecord(_ name: LocalIdentifier) throws -> Int64 {
        if let realm = request.realm, let source = surroundings.directory.source(name.authority),
            source.source.realm != realm
        {
            let its = source.source.realm.rawValue
            let verb = request.decision.kind.rawValue.uppercased()
            throw RegistryError(
                .badRequest, "the source's records are of \(its)s: \(verb) \(its)")
        }
        return try record(name)
    }

    /// Takes a record out of what counts.
    mutating func withdraw(_ record: Int64) {
        links.change(record, sequence: sequence) { $0.state = .withdrawn }
    }

    /// Makes the records count again that an operation withdrew, unless a source has done so since.
    mutating func reinstate(_ withdrawals: [WithdrawalRow]) throws {
        for withdrawal in withdrawals {
            if links.record(withdrawal.record).isErased {
                continue
            } else if withdrawal.isStanding {
                links.change(withdrawal.record, sequence: sequence) { $0.state = .active }
            } else {
                stay(withdrawal.record, heldBy: 0)
            }
        }
    }

    /// Gives a record another local identifier; the old one is remembered and goes on answering.
    mutating func renumber(_ name: LocalIdentifier, to localID: String) throws {
        let record = try ownRecord(name)
        let stored = links.record(record)
        guard stored.localID == name.value else {
            throw RegistryError(.conflict, "the source has renumbered this record already")
        }
        guard stored.localID != localID else {
            throw RegistryError(.badRequest, "the record has that local identifier")
        }
        if let problem = SubmissionRules.problem(localID: localID) {
            throw RegistryError(.badRequest, problem)
        }
        let holder = surroundings.index.read { index in
            index.slot(source: stored.source, localID: localID)
        }
        if let holder {
            throw RegistryError(
                .conflict,
                holder == UInt32(record - 1)
                    ? "the record had that local identifier before; undo that renumbering instead"
                    : "another record of the source has or had that local identifier")
        }
        rename(stored, to: localID, isTakenBack: false)
    }

    /// Gives a record the local identifier back that an operation took from it.
    mutating func renumberBack(_ made: (former: FormerLocalID, isLast: Bool)?) throws {
        guard let made else {
            throw RegistryError(
                .conflict, "the record was erased since; its local identifier does not come back")
        }
        guard made.isLast else {
            throw RegistryError(
                .conflict, "the record was renumbered again since; undo that operation first")
        }
        rename(links.record(made.former.record), to: made.former.localID, isTakenBack: true)
    }

    private mutating func rename(_ record: SourceRecord, to localID: String, isTakenBack: Bool) {
        step.renumbering = Renumbering(
            record: record.record, source: record.source, from: record.localID, to: localID,
            isTakenBack: isTakenBack)
        links.change(record.record, sequence: sequence) { $0.localID = localID }
        mainPerson = record.person
    }
}
