package import Identity

/// What a decision does, or would do.
package struct DecisionOutcome: Hashable, Sendable {
    /// A record as it is told to people: the source's code and the local identifier.
    package struct Move: Hashable, Sendable {
        package var record: LocalIdentifier
        package var from: EnterpriseIdentifier
        package var to: EnterpriseIdentifier

        /// Creates a move.
        package init(
            record: LocalIdentifier, from: EnterpriseIdentifier, to: EnterpriseIdentifier
        ) {
            self.record = record
            self.from = from
            self.to = to
        }
    }

    package var kind: OperationKind
    /// The number of the operation; nil for a preview.
    package var operation: Int64?
    /// Where the log stands once it is done; nil for a preview.
    package var position: LogPosition?
    /// The release that is part of its catalog from now on, or no longer.
    package var release: Int64?
    package var moves: [Move] = []
    package var stays: [RecordStay] = []
    /// Persons left without records.
    package var retired: [RetiredPerson] = []
    /// Retired persons who have records again.
    package var revived: [EnterpriseIdentifier] = []
    /// Records that do not count from now on.
    package var withdrawn: [LocalIdentifier] = []
    /// Withdrawn records that count again.
    package var reinstated: [LocalIdentifier] = []
    /// Values pinned from now on, and those that are pinned no longer; fields without values.
    package var pinned: [PinnedField] = []
    package var unpinned: [PinnedField] = []
    /// Pairs of records held together or apart from now on.
    package var constraintsAdded = 0
    /// Pairs of records that are free again.
    package var constraintsRetracted = 0
    package var tasksClosed = 0
    package var tasksReopened = 0
    /// Questions that the decision itself raises.
    package var tasksOpened = 0
    /// What a steward should know before it is done, one line each, without personal data.
    package var warnings: [String] = []

    /// Creates an outcome in which nothing happened yet.
    package init(kind: OperationKind) { self.kind = kind }
}

extension DecisionOutcome {
    /// Writes the outcome as the object of the line protocol.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("kind")
        writer.string(kind.rawValue)
        if let operation {
            writer.key("operation")
            writer.integer(operation)
        }
        if let position {
            writer.key("position")
            writer.string("\(position)")
        }
        if let release {
            writer.key("release")
            writer.integer(release)
        }
        writer.key("moves")
        writer.beginArray()
        for move in moves {
            writer.beginObject()
            writer.key("record")
            writer.string("\(move.record.authority):\(move.record.value)")
            writer.key("from")
            writer.string(move.from.description)
            writer.key("to")
            writer.string(move.to.description)
            writer.endObject()
        }
        writer.endArray()
        RecordStay.write(stays, to: &writer)
        writePersons(to: &writer)
        PinnedField.write(pinned, as: "pinned", to: &writer)
        PinnedField.write(unpinned, as: "unpinned", to: &writer)
        for (key, count) in [
            ("constraints_added", constraintsAdded),
            ("constraints_retracted", constraintsRetracted), ("tasks_closed", tasksClosed),
            ("tasks_reopened", tasksReopened), ("tasks_opened", tasksOpened),
        ] as [(StaticString, Int)] {
            writer.key(key)
            writer.integer(Int64(count))
        }
        writer.key("warnings")
        writer.beginArray()
        for warning in warnings { writer.string(warning) }
        writer.endArray()
        writer.endObject()
    }

    private func writePersons(to writer: inout JSONWriter) {
        writer.key("retired")
        writer.beginArray()
        for retired in retired {
            writer.beginObject()
            writer.key("euid")
            writer.string(retired.person.description)
            writer.key("survivors")
            writer.beginArray()
            for survivor in retired.survivors { writer.string(survivor.description) }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.key("revived")
        writer.beginArray()
        for person in revived { writer.string(person.description) }
        writer.endArray()
        writer.key("withdrawn")
        writer.beginArray()
        for record in withdrawn { writer.string("\(record.authority):\(record.value)") }
        writer.endArray()
        writer.key("reinstated")
        writer.beginArray()
        for record in reinstated { writer.string("\(record.authority):\(record.value)") }
        writer.endArray()
    }
}
