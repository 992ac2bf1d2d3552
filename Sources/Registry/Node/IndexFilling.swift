internal import Foundation
internal import Linkage
internal import RegistryModel

/// Fills an empty index with batches, the engine with many of them at once.
struct IndexFilling: ~Copyable {
    private let index: Guarded<PatientIndex>
    /// What the engine is still to be told of, and the slot of the first of them.
    private var pieces: [EncodedRecords] = []
    private var waiting = 0
    private var firstSlot: UInt32 = 0

    /// Records that the engine takes at once: enough to be worth it, few enough to be little memory.
    private static let roundRecords = 1 << 18

    /// Begins with an index without records.
    init(_ index: Guarded<PatientIndex>) { self.index = index }

    /// Takes the next records.
    mutating func take(_ batch: RecordBatch) {
        index.write { $0.append(batch) }
        pieces.append(batch.encoded)
        waiting += batch.rows.count
        if waiting >= Self.roundRecords { finish() }
    }

    /// Tells the engine of what waits.
    mutating func finish() {
        guard waiting > 0 else { return }
        let round = pieces
        pieces = []
        let slot = firstSlot
        index.write { index in
            index.matcher.insert(
                round, slot: slot, threads: ProcessInfo.processInfo.activeProcessorCount)
        }
        firstSlot += UInt32(waiting)
        waiting = 0
    }
}
