internal import CMemory

/// Short byte strings in large segments, without an allocation each, written by books.
///
/// A string replaced leaves its bytes behind; `wastedBytes` says how many.
///
/// Guarded with the index that holds it.
struct ByteArena: ~Copyable {
    private static let segmentBytes = 1 << 22
    private static let offsetBits = 22
    private static let largePageBytes = 1 << 21
    /// The longest string with its length in front.
    private static let lengthBytesMax = 4

    /// Each of `segmentBytes`; they never move.
    private var segments: [UnsafeMutablePointer<UInt8>] = []
    /// Bytes of the last segment that are in use.
    private var lastCount = segmentBytes
    private(set) var usedBytes = 0
    /// How strings are written.
    var books = ContentBooks()
    private(set) var wastedBytes = 0

    deinit {
        for segment in segments { segment.deallocate() }
    }

    /// Where a string lies, in 40 bits.
    struct Place: Hashable, BitwiseCopyable {
        /// The offset in a segment, and above it some bits of the segment's number.
        let low: UInt32
        let high: UInt8

        /// A place that is not known yet.
        static let none = Place(low: .max, high: .max)

        fileprivate var bits: UInt64 { UInt64(high) << 32 | UInt64(low) }
    }

    /// The bytes held.
    var byteCount: Int { segments.count * ByteArena.segmentBytes + books.byteCount }

    /// Writes a string of less than 2 MiB.
    mutating func append(_ text: Span<UInt8>) -> Place {
        var written: [UInt8] = []
        written.reserveCapacity(text.count + ByteArena.lengthBytesMax + 1)
        books.packing.append(text, to: &written)
        return append(written: written.span)
    }

    /// Copies a string of almost 4 MiB at most in, as its `books` wrote it.
    mutating func append(written bytes: Span<UInt8>) -> Place {
        precondition(
            bytes.count <= ByteArena.segmentBytes - ByteArena.lengthBytesMax,
            "the string is too long")
        let lengthBytes = bytes.count < 1 << 7 ? 1 : bytes.count < 1 << 14 ? 2 : 4
        let target = reserve(lengthBytes + bytes.count)
        for place in 0..<lengthBytes {
            let low = UInt8(truncatingIfNeeded: bytes.count >> (7 * place)) & 0x7F
            target.memory[place] = place < lengthBytes - 1 ? low | 0x80 : low
        }
        bytes.withUnsafeBufferPointer { source in
            if let base = source.baseAddress {
                (target.memory + lengthBytes).update(from: base, count: source.count)
            }
        }
        return target.place
    }

    private mutating func reserve(
        _ count: Int
    ) -> (memory: UnsafeMutablePointer<UInt8>, place: Place) {
        if lastCount + count > ByteArena.segmentBytes {
            segments.append(ByteArena.makeSegment())
            lastCount = 0
        }
        let number = segments.count - 1
        defer {
            lastCount += count
            usedBytes += count
        }
        return (
            segments[number] + lastCount,
            Place(
                low: UInt32(truncatingIfNeeded: number << ByteArena.offsetBits | lastCount),
                high: UInt8(number >> (32 - ByteArena.offsetBits)))
        )
    }

    /// Memory for a segment, in large pages, since strings are met in no order.
    private static func makeSegment() -> UnsafeMutablePointer<UInt8> {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: segmentBytes, alignment: largePageBytes)
        padron_prefer_large_pages(memory, segmentBytes)
        return memory.bindMemory(to: UInt8.self, capacity: segmentBytes)
    }

    /// Overwrites a string that will not be asked for again: nobody reads what a record once said.
    mutating func discard(_ place: Place) {
        let string = string(at: place)
        string.update(repeating: 0)
        wastedBytes += string.count
    }

    /// Calls a closure with a string, or with some of its first bytes at least.
    @inline(__always)
    func withBytes<Result>(
        at place: Place, atLeast wanted: Int = .max, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let written = UnsafeBufferPointer(string(at: place))
        guard let result = books.withText(of: written, atLeast: wanted, body) else {
            preconditionFailure("the arena holds what its books wrote")
        }
        return result
    }

    /// Calls a closure with a string as it is written.
    @inline(__always)
    func withWritten<Result>(at place: Place, _ body: (Span<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(string(at: place)).span)
    }

    @inline(__always)
    private func string(at place: Place) -> UnsafeMutableBufferPointer<UInt8> {
        var memory =
            segments[Int(place.bits >> ByteArena.offsetBits)]
            + Int(place.bits & (1 << ByteArena.offsetBits - 1))
        var length = Int(memory.pointee & 0x7F)
        var shift = 7
        while memory.pointee & 0x80 != 0 {
            memory += 1
            length |= Int(memory.pointee & 0x7F) << shift
            shift += 7
        }
        return UnsafeMutableBufferPointer(start: memory + 1, count: length)
    }
}
