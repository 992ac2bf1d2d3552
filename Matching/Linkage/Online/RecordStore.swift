internal import CMemory

/// Encoded records by slot, in chunks that never move.
///
/// A slot without a record holds one with content hash 0.
struct RecordStore: ~Copyable {
    /// Records of a chunk, one large page: to clear it takes a fraction of a millisecond.
    private static let chunkRecords = 1 << 14

    private var chunks: [UnsafeMutablePointer<EncodedPerson>?] = []
    private var chunkCount = 0

    deinit {
        for chunk in chunks { chunk?.deallocate() }
    }

    /// The bytes held.
    var byteCount: Int {
        chunkCount * Self.chunkRecords * MemoryLayout<EncodedPerson>.stride
            + chunks.capacity * MemoryLayout<UnsafeRawPointer>.stride
    }

    /// The record of a slot, nil where there is none.
    @inline(__always)
    func record(_ slot: UInt32) -> UnsafePointer<EncodedPerson>? {
        let chunk = Int(slot) / Self.chunkRecords
        guard chunk < chunks.count, let records = chunks[chunk] else { return nil }
        let record = records + Int(slot) % Self.chunkRecords
        return record.pointee.contentHash == 0 ? nil : UnsafePointer(record)
    }

    /// Copies the records of a range of slots; the copy of a slot without record has content hash 0 too.
    func append(_ slots: Range<UInt32>, to persons: inout [EncodedPerson]) {
        var next = Int(slots.lowerBound)
        while next < slots.upperBound {
            let (chunk, place) = next.quotientAndRemainder(dividingBy: Self.chunkRecords)
            let count = min(Int(slots.upperBound) - next, Self.chunkRecords - place)
            if chunk < chunks.count, let records = chunks[chunk] {
                persons += UnsafeBufferPointer(start: records + place, count: count)
            } else {
                persons += repeatElement(EncodedPerson(), count: count)
            }
            next += count
        }
    }

    /// Records as threads see them that fill slots, each its own, or read what was filled.
    struct Slots: @unchecked Sendable {  // Guarded by the threads' disjoint slots.
        fileprivate let chunks: [UnsafeMutablePointer<EncodedPerson>?]

        /// Where the record of a slot lies, nil where memory was not made for it.
        @inline(__always)
        subscript(slot: UInt32) -> UnsafeMutablePointer<EncodedPerson>? {
            let chunk = Int(slot) / RecordStore.chunkRecords
            guard chunk < chunks.count, let records = chunks[chunk] else { return nil }
            return records + Int(slot) % RecordStore.chunkRecords
        }

        /// The record of a slot, nil where there is none.
        @inline(__always)
        func held(_ slot: UInt32) -> UnsafePointer<EncodedPerson>? {
            guard let record = self[slot], record.pointee.contentHash != 0 else { return nil }
            return UnsafePointer(record)
        }

        /// Asks the memory for the record of a slot.
        @inline(__always)
        func prefetch(_ slot: UInt32) {
            guard let record = self[slot] else { return }
            padron_prefetch(record)
            padron_prefetch(UnsafeRawPointer(record) + 64)
        }
    }

    /// The slots for which there is memory.
    var slots: Slots { Slots(chunks: chunks) }

    /// The slot behind the last one for which there is memory.
    var end: Int { chunks.count * Self.chunkRecords }

    /// Makes memory for the records of a range of slots.
    mutating func makeRoom(for slots: Range<UInt32>) {
        guard let last = slots.last else { return }
        while chunks.count <= Int(last) / Self.chunkRecords { chunks.append(nil) }
        for chunk in Int(slots.lowerBound) / Self.chunkRecords...Int(last) / Self.chunkRecords
        where chunks[chunk] == nil {
            _ = allocate(chunk)
        }
    }

    /// Asks the memory for the record of a slot.
    @inline(__always)
    func prefetch(_ slot: UInt32) {
        let chunk = Int(slot) / Self.chunkRecords
        guard chunk < chunks.count, let records = chunks[chunk] else { return }
        let record = UnsafeRawPointer(records + Int(slot) % Self.chunkRecords)
        padron_prefetch(record)
        padron_prefetch(record + 64)
    }

    /// Sets the record of a slot, whose content hash is not 0.
    mutating func set(_ slot: UInt32, to record: EncodedPerson) {
        let chunk = Int(slot) / Self.chunkRecords
        while chunks.count <= chunk { chunks.append(nil) }
        let records = chunks[chunk] ?? allocate(chunk)
        records[Int(slot) % Self.chunkRecords] = record
    }

    /// Takes out the record of a slot.
    mutating func remove(_ slot: UInt32) {
        guard record(slot) != nil else { return }
        chunks[Int(slot) / Self.chunkRecords]?[Int(slot) % Self.chunkRecords] = EncodedPerson()
    }

    private mutating func allocate(_ chunk: Int) -> UnsafeMutablePointer<EncodedPerson> {
        let bytes = Self.chunkRecords * MemoryLayout<EncodedPerson>.stride
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: bytes)
        padron_prefer_large_pages(memory, bytes)
        let records = memory.bindMemory(to: EncodedPerson.self, capacity: Self.chunkRecords)
        records.initialize(repeating: EncodedPerson(), count: Self.chunkRecords)
        chunks[chunk] = records
        chunkCount += 1
        return records
    }
}
