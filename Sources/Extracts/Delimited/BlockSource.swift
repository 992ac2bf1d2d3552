/// A file in blocks that end with a line, for several threads to take apart at once.
///
/// Whether the end of a line is the end of a row, or stands between quotes, is for the reader of the
/// rows to find out.
struct BlockSource: ~Copyable {
    /// Some lines in the order of the file.
    struct Block: Sendable {
        /// The block's place in the order of blocks, from 0.
        var number: Int
        var bytes: [UInt8]
        var isLast: Bool
    }

    private var file: FileBytes
    /// Bytes that were read and belong to the next block.
    private var rest: [UInt8]
    private var isAtEnd: Bool
    private var count = 0
    private var hasEnded = false

    init(file: consuming FileBytes, rest: consuming [UInt8], isAtEnd: Bool) {
        self.file = file
        self.rest = rest
        self.isAtEnd = isAtEnd
    }

    /// The next block, read into memory that is of no more use; nil behind the last.
    mutating func next(reusing buffer: consuming [UInt8]) throws(ExtractError) -> Block? {
        guard !hasEnded else { return nil }
        var bytes = buffer
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: rest)
        rest.removeAll(keepingCapacity: true)
        while !isAtEnd, bytes.count < ExtractLimits.readBytesMax {
            if try file.read(into: &bytes) == 0 { isAtEnd = true }
        }
        if !isAtEnd {
            let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            rest.append(contentsOf: bytes[end...])
            bytes.removeSubrange(end...)
        }
        hasEnded = isAtEnd
        count += 1
        return Block(number: count - 1, bytes: bytes, isLast: isAtEnd)
    }
}
