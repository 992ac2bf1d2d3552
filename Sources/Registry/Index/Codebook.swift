/// Frequent pieces of byte strings, each with a code of one or two bytes.
///
/// Records of a population say the same things over and over: names, streets, places, authorities.
/// Written in the codes of a book that was made of some of them, they take less than half the bytes,
/// and any of them is read without the others. After FSST (Boncz, Neumann and Leis, PVLDB 13, 2020),
/// with codes of two bytes beside those of one, so that there are enough for the names of a country.
///
/// A byte below `shortCodes` is a piece; `escape` stands before a byte that is no piece; the other
/// bytes are the upper half of a code of two.
package final class Codebook: Sendable {
    /// The longest piece, in bytes.
    package static let pieceMax = 16
    /// Pieces with a code of one byte.
    static let shortCodes = 223
    /// Pieces of a book at most.
    static let piecesMax = shortCodes + 32 * 256

    static let escape = UInt8(shortCodes)
    static let longCodes = UInt8(shortCodes + 1)
    private static let placeBits: UInt64 = 15

    /// The pieces, those with the codes of one byte first.
    let pieces: [Piece]
    /// Open addressing: the number of a piece plus 1 below 16 bits of its hash, or 0 where the place is
    /// free.
    private let places: [UInt32]
    /// The lengths of the pieces of up to three bytes that begin with two, as a set, in which 1 is the
    /// lowest.
    private let lengths: [UInt16]
    /// The lengths of longer pieces, by a hash of their first four bytes.
    private let longLengths: [UInt16]
    /// How codes are read, as long as there is the book.
    let reader: CodebookReader

    /// A short byte string.
    struct Piece: Hashable {
        /// The bytes, the first in the lowest place, zeros behind the last.
        var bytes: SIMD2<UInt64>
        var count: Int

        /// The first bytes of 16 that lie one behind the other.
        @inline(__always)
        init(_ bytes: SIMD2<UInt64>, prefix count: Int) {
            let low = count >= 8 ? UInt64.max : (1 &<< UInt64(8 &* count)) &- 1
            let high = count <= 8 ? 0 : UInt64.max &>> UInt64(8 &* (16 &- count))
            self.bytes = bytes & SIMD2(low, high)
            self.count = count
        }

        @inline(__always) var hash: UInt64 {
            let mixed =
                (bytes[0] ^ UInt64(count) &<< 56) &* 0x9E37_79B9_7F4A_7C15
                ^ (bytes[1] &* 0xC2B2_AE3D_27D4_EB4F)
            return (mixed ^ mixed &>> 32) &* 0xD6E8_FEB8_6659_FD93
        }
    }

    /// Makes a book of pieces, each once.
    init(pieces: [Piece]) {
        precondition(pieces.count <= Codebook.piecesMax, "a book has codes for its pieces")
        self.pieces = pieces
        var places = [UInt32](repeating: 0, count: 1 << Codebook.placeBits)
        var lengths = [UInt16](repeating: 0, count: 1 << 16)
        var longLengths = lengths
        for (number, piece) in pieces.enumerated() {
            let hash = piece.hash
            var place = Int(hash >> (64 - Codebook.placeBits))
            while places[place] != 0 { place = (place + 1) & (places.count - 1) }
            places[place] = UInt32(number + 1) | UInt32(hash & 0xFFFF) << 16
            let length: UInt16 = 1 << UInt16(piece.count - 1)
            if piece.count < 4 {
                lengths[Int(piece.bytes[0] & 0xFFFF)] |= length
            } else {
                longLengths[Codebook.start(of: piece.bytes)] |= length
            }
        }
        // A single byte is a piece whatever comes behind it.
        for piece in pieces where piece.count == 1 {
            for next in 0..<256 { lengths[Int(piece.bytes[0]) | next << 8] |= 1 }
        }
        self.places = places
        self.lengths = lengths
        self.longLengths = longLengths
        reader = CodebookReader(pieces)
    }

    deinit { reader.deallocate() }

    /// Appends the codes of a string.
    package func pack(_ text: Span<UInt8>, to codes: inout [UInt8]) {
        forEachPiece(of: text) { piece, number in
            if let number, number < Codebook.shortCodes {
                codes.append(UInt8(number))
            } else if let number {
                let code = number - Codebook.shortCodes
                codes.append(Codebook.longCodes + UInt8(code >> 8))
                codes.append(UInt8(truncatingIfNeeded: code))
            } else {
                codes.append(Codebook.escape)
                codes.append(UInt8(truncatingIfNeeded: piece.bytes[0]))
            }
        }
    }

    /// Calls a closure with the pieces that a string is taken apart into, the longest that fits each
    /// time, and their numbers; a byte that is no piece has none.
    @inline(__always)
    func forEachPiece(of text: Span<UInt8>, _ body: (Piece, Int?) -> Void) {
        withUnsafeTemporaryAllocation(
            byteCount: text.count + Codebook.pieceMax, alignment: 16
        ) { padded in
            guard let base = padded.baseAddress else { return }
            text.withUnsafeBufferPointer { padded.copyMemory(from: UnsafeRawBufferPointer($0)) }
            (base + text.count).initializeMemory(
                as: UInt8.self, repeating: 0, count: Codebook.pieceMax)
            var start = 0
            while start < text.count {
                let bytes = (base + start).loadUnaligned(as: SIMD2<UInt64>.self)
                let (piece, number) = longestPiece(bytes, rest: text.count - start)
                body(piece, number)
                start += piece.count
            }
        }
    }

    @inline(__always)
    private func longestPiece(_ bytes: SIMD2<UInt64>, rest: Int) -> (Piece, Int?) {
        var wanted = UInt32(
            lengths[Int(bytes[0] & 0xFFFF)] | longLengths[Codebook.start(of: bytes)])
        if rest < Codebook.pieceMax { wanted &= (1 &<< UInt32(rest)) &- 1 }
        while wanted != 0 {
            let count = 32 - wanted.leadingZeroBitCount
            let piece = Piece(bytes, prefix: count)
            if let number = number(of: piece) { return (piece, number) }
            wanted &= ~(1 &<< UInt32(count &- 1))
        }
        return (Piece(bytes, prefix: 1), nil)
    }

    /// A hash of the first four bytes, of 16 bits.
    @inline(__always)
    private static func start(of bytes: SIMD2<UInt64>) -> Int {
        Int((UInt32(truncatingIfNeeded: bytes[0]) &* 0x9E37_79B1) &>> 16)
    }

    @inline(__always)
    private func number(of piece: Piece) -> Int? {
        let hash = piece.hash
        let tag = UInt32(truncatingIfNeeded: hash & 0xFFFF)
        var place = Int(truncatingIfNeeded: hash &>> (64 - Codebook.placeBits))
        while places[place] != 0 {
            let entry = places[place]
            if entry &>> 16 == tag {
                let number = Int(entry & 0xFFFF) - 1
                if pieces[number] == piece { return number }
            }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// Writes a string of a known length, and up to `pieceMax` bytes more behind it; false where the
    /// codes are not those of such a string.
    package func unpack(
        _ codes: UnsafeBufferPointer<UInt8>, count: Int, to text: UnsafeMutableRawPointer
    ) -> Bool {
        guard let end = reader.unpack(codes, atLeast: count, to: text) else { return false }
        return end.done == count && end.place == codes.count
    }
}

extension Codebook {
    /// The bytes held.
    package var byteCount: Int {
        pieces.count * MemoryLayout<Piece>.stride + places.count * 4
            + (lengths.count + longLengths.count) * 2
            + reader.byteCount
    }

    /// The book as a snapshot holds it: each piece with its length in front.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for piece in pieces {
            bytes.append(UInt8(piece.count))
            for place in 0..<piece.count {
                let half = piece.bytes[place / 8]
                bytes.append(UInt8(truncatingIfNeeded: half >> UInt64(place % 8 * 8)))
            }
        }
        return bytes
    }

    /// The book that bytes hold; nil where they are none.
    package convenience init?(bytes: [UInt8]) {
        var pieces: [Piece] = []
        var place = 0
        while place < bytes.count {
            let count = Int(bytes[place])
            place += 1
            guard (1...Codebook.pieceMax).contains(count), count <= bytes.count - place,
                pieces.count < Codebook.piecesMax
            else { return nil }
            var halves = SIMD2<UInt64>.zero
            for offset in 0..<count {
                halves[offset / 8] |= UInt64(bytes[place + offset]) << UInt64(offset % 8 * 8)
            }
            pieces.append(Piece(halves, prefix: count))
            place += count
        }
        guard Set(pieces).count == pieces.count else { return nil }
        self.init(pieces: pieces)
    }
}
