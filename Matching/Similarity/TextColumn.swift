/// The distinct values of one dictionary, packed so that vector kernels can load them as lanes.
///
/// A row is a value: a name token, a whole name, an address word. Its text is held as 16-bit *units*:
///
/// - a character of the basic plane is its own unit, except U+0000, which becomes U+FFFD (zero pads);
/// - a character above it becomes `0xD800 | (scalar & 0x7FF)`: in the surrogate range, so it never
///   equals a basic character, though two of them may share a unit;
/// - a byte that is not valid UTF-8 becomes U+FFFD;
/// - a value longer than ``unitsMax`` units is cut there.
///
/// Every kernel is defined on these units, and so is its scalar reference: the folding above is part
/// of the definition and not an approximation that differs between paths.
///
/// Units lie in 16-byte chunks of eight, padded with zero, each row beginning at a chunk. A row costs
/// 16 bytes of header and 16 bytes for every eight units begun: 10 million distinct tokens of up to
/// eight letters take 320 MB.
package struct TextColumn: Sendable {
    /// The longest text a row holds, in units; the rest of a longer value is cut off.
    package static let unitsMax = 64

    /// What the kernels need to know of a row before they read its text.
    struct Header {
        /// See ``TextColumn/signature(of:)``.
        var signature: UInt64
        /// The index of the row's first chunk; an empty row points to the zero chunk.
        var firstChunk: UInt32
        /// The number of units, 0 to ``TextColumn/unitsMax``.
        var length: UInt32
    }

    var headers: [Header] = []
    /// Chunk 0 is all zero, so that a kernel may load what a short row does not have.
    var chunks: [SIMD8<UInt16>] = [.zero]
    private var nextHeaders = ArrayAhead<Header>()
    private var nextChunks = ArrayAhead<SIMD8<UInt16>>()

    package init() {}

    /// The number of rows.
    package var count: Int { headers.count }

    /// The bytes held, header and text.
    package var byteCount: Int {
        headers.count * MemoryLayout<Header>.stride
            + chunks.count * MemoryLayout<SIMD8<UInt16>>.stride
    }

    /// Prepares the next growth of a column that must not pause, after some rows were appended.
    package mutating func growAhead(rows: Int) {
        nextHeaders.advance(&headers, by: 8 * rows)
        nextChunks.advance(&chunks, by: 8 * rows * (Self.unitsMax / 8))
    }

    /// Makes room for rows of short text, so that appending them moves nothing.
    package mutating func reserveCapacity(_ rows: Int) {
        headers.reserveCapacity(rows)
        chunks.reserveCapacity(rows + 1)
    }

    /// Appends a value given as UTF-8 and returns its row.
    @discardableResult
    package mutating func append(utf8 bytes: Span<UInt8>) -> UInt32 {
        precondition(headers.count < Int(UInt32.max), "a text column holds fewer than 2^32 rows")
        precondition(
            chunks.count < Int(UInt32.max) - Self.unitsMax, "a text column holds fewer chunks")
        var header = Header(signature: 0, firstChunk: UInt32(chunks.count), length: 0)
        var chunk = SIMD8<UInt16>.zero
        var position = 0
        while position < bytes.count, header.length < Self.unitsMax {
            let unit = Self.decodeUnit(bytes, &position)
            chunk[Int(header.length % 8)] = unit
            header.length += 1
            if header.length % 8 == 0 {
                chunks.append(chunk)
                chunk = .zero
            }
        }
        if header.length % 8 != 0 { chunks.append(chunk) }
        if header.length == 0 { header.firstChunk = 0 }
        headers.append(header)
        let row = headers.count - 1
        headers[row].signature = makeSignature(row: row)
        return UInt32(row)
    }

    /// Appends a value and returns its row.
    @discardableResult
    package mutating func append(_ text: String) -> UInt32 {
        append(utf8: text.utf8.span)
    }

    /// The length of a row in units.
    package func length(of row: UInt32) -> Int { Int(headers[Int(row)].length) }

    /// The units of a row.
    package func units(of row: UInt32) -> [UInt16] {
        let header = headers[Int(row)]
        return (0..<Int(header.length)).map { unit($0, of: header) }
    }

    /// One unit of a row.
    func unit(_ index: Int, of header: Header) -> UInt16 {
        chunks[Int(header.firstChunk) + index / 8][index % 8]
    }
}
