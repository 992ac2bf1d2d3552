internal import Identity

extension DecisionOutcome {
    /// The outcome that JSON describes in the form that `write` writes; nil for any other value.
    package init?(json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(OperationKind.init(rawValue:)) else {
            return nil
        }
        self.init(kind: kind)
        operation = json["operation"]?.integer
        position = json["position"]?.string.flatMap { LogPosition($0) }
        release = json["release"]?.integer
        for value in json["moves"]?.array ?? [] {
            guard let record = Self.record(value), let from = Self.person(value["from"]),
                let to = Self.person(value["to"])
            else { return nil }
            moves.append(Move(record: record, from: from, to: to))
        }
        for value in json["stays"]?.array ?? [] {
            guard let record = Self.record(value), let person = Self.person(value["euid"]),
                let operation = value["held_by"]?.integer
            else { return nil }
            stays.append(RecordStay(record: record, person: person, operation: operation))
        }
        for value in json["retired"]?.array ?? [] {
            guard let person = Self.person(value["euid"]) else { return nil }
            let survivors = (value["survivors"]?.array ?? []).compactMap { Self.person($0) }
            retired.append(RetiredPerson(person: person, survivors: survivors))
        }
        revived = (json["revived"]?.array ?? []).compactMap { Self.person($0) }
        withdrawn = Self.records(json["withdrawn"])
        reinstated = Self.records(json["reinstated"])
        guard let pinned = PinnedField.fields(json["pinned"]),
            let unpinned = PinnedField.fields(json["unpinned"])
        else { return nil }
        self.pinned = pinned
        self.unpinned = unpinned
        constraintsAdded = Self.count(json["constraints_added"])
        constraintsRetracted = Self.count(json["constraints_retracted"])
        tasksClosed = Self.count(json["tasks_closed"])
        tasksReopened = Self.count(json["tasks_reopened"])
        tasksOpened = Self.count(json["tasks_opened"])
        warnings = (json["warnings"]?.array ?? []).compactMap(\.string)
    }

    private static func count(_ value: JSONValue?) -> Int { Int(value?.integer ?? 0) }

    private static func person(_ value: JSONValue?) -> EnterpriseIdentifier? {
        value?.string.flatMap { EnterpriseIdentifier($0) }
    }

    private static func records(_ value: JSONValue?) -> [LocalIdentifier] {
        (value?.array ?? []).compactMap { element in
            guard case .record(let record)? = element.string.flatMap({ DecisionSubject($0) })
            else { return nil }
            return record
        }
    }

    private static func record(_ value: JSONValue) -> LocalIdentifier? {
        guard case .record(let record)? = value["record"]?.string.flatMap({ DecisionSubject($0) })
        else { return nil }
        return record
    }
}
