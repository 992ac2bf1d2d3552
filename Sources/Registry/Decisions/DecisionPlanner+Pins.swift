internal import Identity
internal import RegistryModel
internal import RegistryStore

// What stewards pin in golden records, and let go of.
extension DecisionPlanner {
    /// Pins values of a person, in the place of those that are pinned in the same fields.
    mutating func pin(_ values: [FieldValue], of subject: DecisionSubject) throws {
        let (person, anchor) = try anchor(of: subject)
        guard !values.isEmpty else {
            throw RegistryError(.badRequest, "name a field and the value to pin in it")
        }
        for (place, value) in values.enumerated() {
            guard !values[..<place].contains(where: { $0.field == value.field }) else {
                throw RegistryError(.badRequest, "\(value.field.name) stands twice")
            }
            if let problem = PinRules.problem(value, now: surroundings.occurredAt) {
                throw RegistryError(.badRequest, problem)
            }
        }
        let standing = pins(of: person)
        let known = PersonPins(standing)
        let wanted = values.filter { known[$0.field]?.value != $0.value }
        guard !wanted.isEmpty else {
            throw RegistryError(.conflict, "that is pinned already")
        }
        end(standing.filter { pin in wanted.contains { $0.field == pin.field } })
        begin(
            wanted.map { value in
                PinnedValue(
                    record: anchor, field: value.field, value: value.value,
                    operation: step.operation, actor: request.actor,
                    pinnedAt: surroundings.occurredAt)
            })
        if wanted.contains(where: { $0.field == .deceasedDate }) {
            deathsSettled.formUnion(links.members(of: person))
        }
        mainPerson = person
    }

    /// Lets go of what is pinned in fields of a person.
    mutating func unpin(_ fields: [DemographicField], of subject: DecisionSubject) throws {
        let person: EnterpriseIdentifier
        switch subject {
        case .person(let named):
            person = named
            _ = try members(of: named)
        case .record(let name): person = links.person(of: try record(name))
        }
        guard !fields.isEmpty else {
            throw RegistryError(.badRequest, "name the fields to let go of")
        }
        let standing = pins(of: person)
        for field in fields where !standing.contains(where: { $0.field == field }) {
            throw RegistryError(.conflict, "nothing is pinned in \(field.name)")
        }
        end(standing.filter { fields.contains($0.field) })
        mainPerson = person
    }

    /// Takes a pin or an unpin back: what it pinned ends, what it ended stands again.
    ///
    /// A value that a later decision has ended or replaced stays as that left it. Of values that would
    /// stand again only by a decision that was itself taken back, those stand that it had ended.
    mutating func takePinsBack(_ number: Int64, _ session: inout RegistrySession) throws {
        let made = try session.pins(by: number)
        for made in made {
            if let holder = made.endedBy {
                if !links.record(made.pin.record).isErased {
                    stay(made.pin.record, heldBy: holder)
                }
            } else {
                end([made.pin])
            }
        }
        var former: [PinnedValue] = []
        var pending = try session.pins(endedBy: number)
        var looks = 0
        while let next = pending.popLast(), looks < RegistryLimits.pinsRestoredMax {
            looks += 1
            if next.isTakenBack {
                pending += try session.pins(endedBy: next.pin.operation).filter {
                    $0.pin.field == next.pin.field && $0.pin.operation < next.pin.operation
                }
            } else {
                former.append(next.pin)
            }
        }
        for pin in former where !links.record(pin.record).isErased {
            let holder = links.pins(of: pin.record).first { $0.field == pin.field }
            guard let holder else {
                begin([pin])
                continue
            }
            let isTold = outcome.stays.contains { $0.operation == holder.operation }
            if holder.operation != pin.operation, !isTold {
                stay(pin.record, heldBy: holder.operation)
            }
        }
    }

    /// What is pinned by way of any record of a person.
    private func pins(of person: EnterpriseIdentifier) -> [PinnedValue] {
        links.members(of: person).flatMap { links.pins(of: $0) }
    }

    /// The person of a subject, and the record by way of which something is pinned: the one that
    /// is named, else the first that counts.
    private func anchor(
        of subject: DecisionSubject
    ) throws -> (person: EnterpriseIdentifier, record: Int64) {
        switch subject {
        case .person(let person):
            guard let first = try members(of: person).first(where: { links.isActive($0) }) else {
                throw RegistryError(
                    .conflict, "the person is withdrawn; nothing is left to pin a value to")
            }
            return (person, first)
        case .record(let name):
            let record = try record(name)
            guard links.isActive(record) else {
                throw RegistryError(.conflict, "the record is withdrawn; name one that counts")
            }
            return (links.person(of: record), record)
        }
    }

    /// Ends pins that stand.
    mutating func end(_ pins: [PinnedValue]) {
        for pin in pins {
            step.pins.ended.append(PinStep.Ended(record: pin.record, field: pin.field))
            let left = links.pins(of: pin.record).filter { $0.field != pin.field }
            links.pin(left, of: pin.record, sequence: sequence)
        }
    }

    private mutating func begin(_ pins: [PinnedValue]) {
        for pin in pins {
            step.pins.begun.append(pin)
            links.pin(links.pins(of: pin.record) + [pin], of: pin.record, sequence: sequence)
        }
    }
}
