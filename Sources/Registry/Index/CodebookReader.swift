/// What the codes of a book stand for, in two tables that lie close together.
///
/// Nearly each look-up reads some record, and between two of them all else is in the processor's cache: so
/// what is used most lies first in both tables, a code costs one short load before the next one can be
/// read, and none is told from another by a branch.
///
/// It is `@unchecked Sendable` because nobody changes the tables. They are their book's, and whoever
/// reads by them holds that.
struct CodebookReader: BitwiseCopyable, @unchecked Sendable {
    /// Codes: those of one byte, then those of two, of which the first 256 are bytes behind the escape.
    private static let codes = Codebook.shortCodes + (256 - Codebook.shortCodes) * 256
    private static let lengthBits: UInt32 = 5

    /// Of each code where its piece begins in `texts`, above its length; 0 for a code of no piece.
    private let places: UnsafeMutablePointer<UInt32>
    /// The pieces one behind the other, and `pieceMax` bytes more.
    private let texts: UnsafeMutableRawPointer
    private let textBytes: Int

    /// Lays pieces out in the order of their codes.
    init(_ pieces: [Codebook.Piece]) {
        textBytes = pieces.reduce(256 + Codebook.pieceMax) { $0 + $1.count }
        texts = .allocate(byteCount: textBytes, alignment: 16)
        texts.initializeMemory(as: UInt8.self, repeating: 0, count: textBytes)
        places = .allocate(capacity: Self.codes)
        places.initialize(repeating: 0, count: Self.codes)
        var end = 0
        for (number, piece) in pieces.enumerated() {
            let code = number < Codebook.shortCodes ? number : number + 256
            enter(piece, under: code, &end)
        }
        for byte in 0..<256 {
            let piece = Codebook.Piece(SIMD2(UInt64(byte), 0), prefix: 1)
            enter(piece, under: Codebook.shortCodes + byte, &end)
        }
    }

    private func enter(_ piece: Codebook.Piece, under code: Int, _ end: inout Int) {
        texts.storeBytes(of: piece.bytes, toByteOffset: end, as: SIMD2<UInt64>.self)
        places[code] = UInt32(end) << Self.lengthBits | UInt32(piece.count)
        end += piece.count
    }

    /// Frees the tables.
    func deallocate() {
        texts.deallocate()
        places.deallocate()
    }

    /// The bytes of the tables.
    var byteCount: Int { textBytes + Self.codes * MemoryLayout<UInt32>.stride }

    /// Writes some bytes of a string at least, and less than `pieceMax` more, behind which as many may
    /// be overwritten; nil where the codes end before or are none.
    @inline(__always)
    func unpack(
        _ codes: UnsafeBufferPointer<UInt8>, atLeast count: Int, to text: UnsafeMutableRawPointer
    ) -> (place: Int, done: Int)? {
        guard let codesStart = codes.baseAddress else { return count <= 0 ? (0, 0) : nil }
        var (place, done) = (0, 0)
        // All codes but one in the last byte are read as if they had two.
        let last = codes.count &- 1
        while done < count, place < last {
            let first = Int(codesStart[place])
            let long =
                ((first &- Codebook.shortCodes) &<< 8 | Int(codesStart[place &+ 1]))
                &+ Codebook.shortCodes
            // All bits where the code has two bytes, none where it has one: as likely as not, so that a
            // branch would be guessed wrongly every other time.
            let isLong = ~((first &- Codebook.shortCodes) &>> (Int.bitWidth - 1))
            place &+= 1 &- isLong
            let code = first ^ ((first ^ long) & isLong)
            guard copy(code, to: text, &done) else { return nil }
        }
        guard done < count else { return (place, done) }
        guard place == last, Int(codesStart[place]) < Codebook.shortCodes,
            copy(Int(codesStart[place]), to: text, &done), done >= count
        else { return nil }
        return (place &+ 1, done)
    }

    /// Writes the piece of a code; false where it has none.
    @inline(__always)
    private func copy(_ code: Int, to text: UnsafeMutableRawPointer, _ done: inout Int) -> Bool {
        let piece = places[code]
        text.storeBytes(
            of: texts.loadUnaligned(
                fromByteOffset: Int(piece &>> Self.lengthBits), as: SIMD2<UInt64>.self),
            toByteOffset: done, as: SIMD2<UInt64>.self)
        done &+= Int(piece & (1 &<< Self.lengthBits &- 1))
        return piece != 0
    }
}
