internal import Identity
internal import RegistryModel
internal import Synchronization

/// Has the engine follow the day: a number whose last day is past is one that the person had before.
///
/// What tells by the clock whether a number is in use does so when it is asked; the engine alone keeps
/// what it was worth when the record was entered. So once a day the records are looked through, about a
/// second of one thread a million, and those with a number that ended since are entered anew. Nothing of
/// that is written: nobody has said anything, no link moves and no task opens. What is said from then
/// on is weighed alike by all nodes, whenever they were started.
final class NumberExpiry: Sendable {
    private let isAtWork = Atomic(false)

    /// Records that are looked through in one turn under the index's lock.
    private static let turnRecords = 512

    /// Whether a new day has begun, of which a thread is to take account; asked once a second.
    func begin(_ state: NodeState) -> Bool {
        state.numbersDay.withLock { $0 } < CalendarDate.todayNumber
            && !isAtWork.exchange(true, ordering: .acquiring)
    }

    /// Takes account of the day.
    func takeAccount(_ state: NodeState) {
        defer { isAtWork.store(false, ordering: .releasing) }
        let (known, today) = (state.numbersDay.withLock { $0 }, CalendarDate.todayNumber)
        guard known < today else { return }
        // A record that was encoded before midnight may have come behind the last look.
        let days = known - 1..<today
        var first = 0
        var count = state.index.read { $0.records.count }
        while first < count, !state.isStopping.load(ordering: .acquiring) {
            let slots = UInt32(first)..<UInt32(min(first + Self.turnRecords, count))
            let ended = state.index.read { $0.slots(slots, withNumbersEndedIn: days) }
            for start in stride(from: 0, to: ended.count, by: RegistryLimits.applyRowsMax) {
                let part = ended[start..<min(start + RegistryLimits.applyRowsMax, ended.count)]
                state.index.write { $0.enterAnew(part, withNumbersEndedIn: days) }
            }
            first = Int(slots.upperBound)
            count = state.index.read { $0.records.count }
        }
        guard first >= count else { return }
        state.numbersDay.withLock { $0 = max($0, today) }
    }
}

extension PatientIndex {
    /// Those of some slots whose records count and have a number whose last day is one of some days.
    func slots(_ slots: some Sequence<UInt32>, withNumbersEndedIn days: Range<Int32>) -> [UInt32] {
        // The index may be another since the slots were known.
        slots.filter { slot in
            Int(slot) < records.count && !records[Int(slot)].isWithdrawn
                && hasNumber(slot, endedIn: days)
        }
    }

    /// Has the engine read those records again.
    mutating func enterAnew(
        _ slots: some Sequence<UInt32>, withNumbersEndedIn days: Range<Int32>
    ) {
        for slot in self.slots(slots, withNumbersEndedIn: days) {
            matcher.update(slot, content(of: slot), source: records[Int(slot)].source)
        }
    }
}
