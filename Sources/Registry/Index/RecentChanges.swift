/// The slots of the last records whose content the engine took anew or no longer holds.
///
/// Whoever has found something before, and remembers how many changes there had been, learns what it says nothing of.
struct RecentChanges: Sendable {
    /// The number of changes since the index was made.
    private(set) var count = 0
    /// The slot of each of the last ones, at its number modulo `kept`.
    private var slots: [UInt32] = []
    private let kept: Int

    /// Remembers so many changes.
    init(kept: Int = RegistryLimits.changesKept) { self.kept = kept }

    /// Takes note of a change.
    mutating func append(_ slot: UInt32) {
        if slots.count < kept { slots.append(slot) } else { slots[count % kept] = slot }
        count += 1
    }

    /// The slots of the changes behind the first ones, some of them more than once; nil where they are no longer
    /// remembered.
    func slots(behind first: Int) -> [UInt32]? {
        guard first <= count, count - first <= slots.count else { return nil }
        return (first..<count).map { slots[$0 % kept] }
    }
}
