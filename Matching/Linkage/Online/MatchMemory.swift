internal import Synchronization

/// What a thread that asks an index takes up where another left it: relations of words, and room.
struct MatchMemory: Sendable {
    private var words = WordMemory(bits: WordComparator.runMemoryBits)
    /// The candidates of the query at hand, and of the one behind it.
    var candidates = MatchCandidates()
    var next = MatchCandidates()

    /// Hands over the relations of words, so that they can be changed elsewhere without being copied.
    mutating func takeWords() -> WordMemory {
        let taken = words
        words = .none
        return taken
    }

    /// Takes the relations of words back.
    mutating func giveBack(_ words: WordMemory) { self.words = words }
}

/// The memories of an index that nobody has at the moment.
final class SpareMemories: Sendable {
    /// More threads than these that ask at once make memories of their own.
    private static let sparesMax = 16

    private let spares = Mutex<[MatchMemory]>([])

    /// A memory to be given back.
    func take() -> MatchMemory { spares.withLock { $0.popLast() } ?? MatchMemory() }

    /// Takes a memory back.
    func giveBack(_ memory: consuming MatchMemory) {
        let memory = memory
        spares.withLock { if $0.count < Self.sparesMax { $0.append(memory) } }
    }
}

/// The slots that one query meets, each once.
struct MatchCandidates: Sendable {
    private(set) var slots: [UInt32] = []
    private var seen = SlotSet()
    /// Room for the neighbours in an ordered block.
    var neighbours: [UInt32] = []

    /// Forgets all slots.
    mutating func removeAll() {
        slots.removeAll(keepingCapacity: true)
        seen.removeAll()
    }

    /// Adds those slots below one that are new, and asks the memory for the first records among them.
    @inline(__always)
    mutating func add(
        _ others: SlotRun, below: UInt32, _ records: borrowing RecordStore,
        fetchedMax: Int
    ) {
        for place in 0..<others.count {
            let slot = others[place]
            guard slot < below, seen.insert(slot) else { continue }
            slots.append(slot)
            if slots.count <= fetchedMax { records.prefetch(slot) }
        }
    }

    /// Adds the `neighbours` that are new and below a slot.
    mutating func addNeighbours(
        below: UInt32, _ records: borrowing RecordStore, fetchedMax: Int
    ) {
        for slot in neighbours where slot < below && seen.insert(slot) {
            slots.append(slot)
            if slots.count <= fetchedMax { records.prefetch(slot) }
        }
    }
}
