internal import Foundation
internal import Linkage
internal import Synchronization

/// Records that wait to be entered into the engine's index.
///
/// They are added where nobody else has the index, and entered by whoever needs it first. Those who only ask may do
/// so, any number at once: each comes here before it looks at the index, the first enters what waits, and the
/// others wait for it. So nobody is in the index while it changes.
///
/// Once somebody has submitted, or has had to wait for them, records are entered as they come for a minute: others will
/// ask.
final class LateRecords: Sendable {
    private struct Waiting: Sendable {
        /// One behind the other.
        var pieces: [EncodedRecords] = []
        /// The slots of their records.
        var slots: Range<UInt32> = 0..<0
        /// When somebody asked.
        var askedAt: ContinuousClock.Instant?
    }

    private let waiting = Mutex(Waiting())
    /// The number of records, to be read without waiting for who enters them.
    private let waitingCount = Atomic(0)

    /// The number of records.
    var count: Int { waitingCount.load(ordering: .acquiring) }

    /// Adds records, the first of a slot; what waits and does not end before it is entered.
    func append(_ records: consuming EncodedRecords, slot: UInt32, to index: OnlineIndex) {
        let records = consume records
        guard records.count > 0 else { return }
        waiting.withLock { waiting in
            if waiting.slots.upperBound != slot { Self.enter(&waiting, into: index) }
            let first = waiting.slots.isEmpty ? slot : waiting.slots.lowerBound
            waiting.slots = first..<slot + UInt32(records.count)
            waiting.pieces.append(records)
            waitingCount.store(waiting.slots.count, ordering: .releasing)
        }
    }

    /// Enters all of them for somebody who asks, as others will: what comes within a minute is entered at once.
    func enterForAsker(into index: OnlineIndex) {
        enter(into: index) { $0.askedAt = .now }
    }

    /// Enters all of them.
    func enter(into index: OnlineIndex) {
        guard count > 0 else { return }
        enter(into: index) { _ in }
    }

    /// Enters all of them where they are as many as may wait now.
    func enterMany(into index: OnlineIndex) {
        guard count > 0 else { return }
        let askedAt = waiting.withLock { $0.askedAt }
        let areAskedFor =
            askedAt.map {
                $0.duration(to: .now) < .seconds(RegistryLimits.feedQuietSecondsMin)
            } ?? false
        if areAskedFor || count >= RegistryLimits.lateRecordsMax { enter(into: index) }
    }

    private func enter(into index: OnlineIndex, _ note: (inout Waiting) -> Void) {
        waiting.withLock { waiting in
            note(&waiting)
            Self.enter(&waiting, into: index)
            waitingCount.store(0, ordering: .releasing)
        }
    }

    private static func enter(_ waiting: inout Waiting, into index: OnlineIndex) {
        guard !waiting.slots.isEmpty else { return }
        var pieces = waiting.pieces
        let slots = waiting.slots
        waiting = Waiting(askedAt: waiting.askedAt)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        guard slots.count < RegistryLimits.lateRecordsFew else {
            return index.insert(pieces, slot: slots.lowerBound, threads: threads)
        }
        var slot = slots.lowerBound
        for place in pieces.indices {
            let count = pieces[place].count
            index.insert(&pieces[place], 0..<count, slot: slot, threads: threads)
            slot += UInt32(count)
        }
    }

    /// Takes a record away where it is the last; false where it is not.
    func removeLast(_ slot: UInt32) -> Bool {
        guard count > 0 else { return false }
        return waiting.withLock { waiting in
            guard waiting.slots.last == slot, let last = waiting.pieces.indices.last else {
                return false
            }
            waiting.pieces[last].removeLast()
            if waiting.pieces[last].count == 0 { waiting.pieces.removeLast() }
            waiting.slots = waiting.slots.dropLast()
            waitingCount.store(waiting.slots.count, ordering: .releasing)
            return true
        }
    }
}
