internal import Identity

/// A time in which a steward's value stood by way of a record.
package struct ArchivedPin: Hashable, Sendable {
    package var pin: PinnedValue
    /// The event from which it stood: that of its decision, or of an undo that brought it back.
    package var sequence: Int64
    /// The event by which it ended; nil while it stands.
    package var endedSequence: Int64?
    /// Whether the value is gone for good.
    package var isErased: Bool

    /// Creates a time.
    package init(pin: PinnedValue, sequence: Int64, endedSequence: Int64?, isErased: Bool) {
        self.pin = pin
        self.sequence = sequence
        self.endedSequence = endedSequence
        self.isErased = isErased
    }
}

extension ArchivedRecord {
    /// What was pinned by way of it once an event had happened.
    func pins(at sequence: Int64) -> [PinnedValue] {
        pins.filter { archived in
            !archived.isErased && archived.sequence <= sequence
                && archived.endedSequence.map { $0 > sequence } ?? true
        }.map(\.pin)
    }

    /// The last event up to another that pinned something by way of it or ended that; 0 where none did.
    func lastPin(upTo sequence: Int64) -> Int64 {
        pins.flatMap { [$0.sequence, $0.endedSequence ?? 0] }.filter { $0 <= sequence }.max() ?? 0
    }

    /// What history tells of its pins, each with its event; one that takes another's place is told
    /// as one change.
    var pinChanges: [(sequence: Int64, change: HistoryChange)] {
        var changes: [(sequence: Int64, change: HistoryChange)] = []
        for archived in pins {
            let field = archived.pin.field
            let former = pins.first {
                $0.endedSequence == archived.sequence && $0.pin.field == field
            }
            changes.append(
                (
                    archived.sequence,
                    .pinned(
                        FieldChange(
                            field: field.name.description, before: former?.pin.value ?? "",
                            after: archived.pin.value))
                ))
            guard let ended = archived.endedSequence,
                !pins.contains(where: { $0.sequence == ended && $0.pin.field == field })
            else { continue }
            changes.append(
                (
                    ended,
                    .unpinned(
                        FieldChange(
                            field: field.name.description, before: archived.pin.value, after: ""))
                ))
        }
        return changes
    }
}
