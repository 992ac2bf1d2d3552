/// Finds request lines in a stream of bytes, in constant memory.
///
/// The framer holds no bytes: its caller keeps those not yet consumed, at most
/// `ProtocolLimits.lineBytesMax` and a line end, and shows them again with what came after. A line
/// over the limit is skipped up to its line feed and reported once, there.
package struct RequestFramer: Sendable {
    /// What stands at the beginning of the input.
    package enum Frame: Hashable, Sendable {
        /// A line of `length` bytes without its line end; `consumed` counts the line end too.
        case line(length: Int, consumed: Int)
        /// The end of a line that was over the limit.
        case tooLong(consumed: Int)
        /// No line end yet; `consumed` bytes belong to a line that is skipped.
        case incomplete(consumed: Int)
    }

    /// Bytes of the input in which no line feed was found before.
    private var scannedCount = 0
    private var isSkipping = false

    /// Creates a framer at the beginning of a line.
    package init() {}

    /// The next frame of `input`, which begins with the first byte not yet consumed.
    package mutating func next(in input: Span<UInt8>) -> Frame {
        guard let lineFeed = RequestFramer.lineFeed(in: input, from: scannedCount) else {
            let length = input.count
            if isSkipping || length > ProtocolLimits.lineBytesMax + 1 {
                isSkipping = true
                scannedCount = 0
                return .incomplete(consumed: length)
            }
            scannedCount = length
            return .incomplete(consumed: 0)
        }
        scannedCount = 0
        if isSkipping {
            isSkipping = false
            return .tooLong(consumed: lineFeed + 1)
        }
        let endsWithReturn = lineFeed > 0 && input[lineFeed - 1] == UInt8(ascii: "\r")
        let length = endsWithReturn ? lineFeed - 1 : lineFeed
        guard length <= ProtocolLimits.lineBytesMax else {
            return .tooLong(consumed: lineFeed + 1)
        }
        return .line(length: length, consumed: lineFeed + 1)
    }

    /// The place of the first line feed at or after `start`, eight bytes a step.
    ///
    /// A word is searched with the classic zero-byte test (Warren, Hacker's Delight, 6-1): exact for
    /// the lowest byte that matches, which is the first one in memory on little-endian machines.
    private static func lineFeed(in input: Span<UInt8>, from start: Int) -> Int? {
        let count = input.count
        var index = start
        let ones: UInt64 = 0x0101_0101_0101_0101
        let pattern = ones &* UInt64(UInt8(ascii: "\n"))
        let bytes = input.bytes
        while index + 8 <= count {
            let word = UInt64(
                littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            let differences = word ^ pattern
            let zeros = (differences &- ones) & ~differences & (ones << 7)
            if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            if input[index] == UInt8(ascii: "\n") { return index }
            index += 1
        }
        return nil
    }
}
