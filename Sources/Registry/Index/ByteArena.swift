/// Short byte strings in large segments, without an allocation each.
///
/// A string replaced leaves its bytes behind; `wastedBytes` says how many.
struct ByteArena {
    private static let segmentBytes = 1 << 22
    private static let offsetBits: UInt64 = 22

    private var segments: [[UInt8]] = []
    private(set) var usedBytes = 0
    private(set) var wastedBytes = 0

    /// Where a string lies.
    struct Place: Hashable {
        fileprivate var bits: UInt64
    }

    /// Copies a string of at most 4 MiB in.
    mutating func append(_ bytes: Span<UInt8>) -> Place {
        precondition(bytes.count <= ByteArena.segmentBytes - 4, "the string is too long")
        let needed = bytes.count + 4
        if segments.last.map({ $0.count + needed > ByteArena.segmentBytes }) ?? true {
            var segment: [UInt8] = []
            segment.reserveCapacity(ByteArena.segmentBytes)
            segments.append(segment)
        }
        let last = segments.count - 1
        let place = Place(
            bits: UInt64(last) << ByteArena.offsetBits | UInt64(segments[last].count))
        for shift in stride(from: 0, to: 32, by: 8) {
            segments[last].append(UInt8(truncatingIfNeeded: bytes.count >> shift))
        }
        bytes.withUnsafeBufferPointer { segments[last].append(contentsOf: $0) }
        usedBytes += needed
        return place
    }

    /// Overwrites a string that will not be asked for again: nobody reads what a record once said.
    mutating func discard(_ place: Place) {
        let count = withBytes(at: place) { $0.count }
        let start = Int(place.bits & (1 << ByteArena.offsetBits - 1)) + 4
        let segment = Int(place.bits >> ByteArena.offsetBits)
        for offset in start..<start + count { segments[segment][offset] = 0 }
        wastedBytes += count + 4
    }

    /// Calls a closure with a string.
    func withBytes<Result, Failure: Error>(
        at place: Place, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let offset = Int(place.bits & (1 << ByteArena.offsetBits - 1))
        let segment = segments[Int(place.bits >> ByteArena.offsetBits)]
        let bytes = segment.span
        var length = 0
        for index in 0..<4 { length |= Int(bytes[offset + index]) << (8 * index) }
        return try body(bytes.extracting(offset + 4..<offset + 4 + length))
    }
}
