extension Codebook {
    /// Pieces are learned in so many rounds; each may join two of the last round's.
    private static let rounds = 5
    /// The first rounds, which find short pieces, look at about so many strings.
    private static let earlyRounds = 3
    private static let earlyTexts = 2_048
    /// A piece of more than one byte that fewer strings have is none, however often one says it: so that
    /// a book says nothing of anybody, and its codes are worth their room.
    private static let textsMin = 12

    /// Makes a book of the pieces that strings have most of; nil where there are no strings.
    ///
    /// The strings should be some thousand from all over those that are to be packed, no two of them of
    /// one person, whose book it would be otherwise.
    package static func learned(from texts: [[UInt8]]) -> Codebook? {
        guard texts.contains(where: { !$0.isEmpty }) else { return nil }
        var book = Codebook(pieces: [])
        let earlyStep = max(1, texts.count / earlyTexts)
        for round in 0..<rounds {
            let step = round < earlyRounds ? earlyStep : 1
            var counts = PieceCounts()
            for place in stride(from: 0, to: texts.count, by: step) {
                let text = texts[place]
                counts.beginText()
                book.count(text.span, in: &counts)
            }
            // What comes of pieces that few have is looked at once more in the last round.
            let fewest = round < rounds - 1 ? max(2, textsMin / earlyStep) : textsMin
            book = Codebook(pieces: best(of: counts, textsMin: fewest))
        }
        // What is used most gets the codes of one byte.
        var used = [Int](repeating: 0, count: book.pieces.count)
        for text in texts {
            book.forEachPiece(of: text.span) { _, number in
                if let number { used[number] += 1 }
            }
        }
        let order = used.indices.filter { used[$0] > 0 }.sorted { (used[$1], $0) < (used[$0], $1) }
        return Codebook(pieces: order.map { book.pieces[$0] })
    }

    /// Counts the pieces of a string, each also with the one behind it as one piece, and each first byte.
    private func count(_ text: Span<UInt8>, in counts: inout PieceCounts) {
        var last: Piece?
        forEachPiece(of: text) { piece, _ in
            counts.add(piece)
            if piece.count > 1 { counts.add(Piece(piece.bytes, prefix: 1)) }
            if let joined = last?.joined(with: piece) { counts.add(joined) }
            last = piece
        }
    }

    /// The pieces that save most, as many as there are codes.
    private static func best(of counts: PieceCounts, textsMin: Int) -> [Piece] {
        var candidates: [(gain: Int, piece: Piece)] = []
        counts.forEach { piece, occurrences, texts in
            // Bytes that are no piece take two each, a code nearly two.
            if piece.count == 1 {
                candidates.append((occurrences * 4, piece))
            } else if texts >= textsMin {
                candidates.append((occurrences * (2 * piece.count - 3), piece))
            }
        }
        candidates.sort { left, right in
            if left.gain != right.gain { return left.gain > right.gain }
            let (mine, its) = (left.piece, right.piece)
            return (mine.bytes[1], mine.bytes[0], mine.count)
                < (its.bytes[1], its.bytes[0], its.count)
        }
        return candidates.prefix(piecesMax).map(\.piece)
    }
}

extension Codebook.Piece {
    /// This piece and one behind it; nil where they are too long for one.
    fileprivate func joined(with next: Codebook.Piece) -> Codebook.Piece? {
        guard count + next.count <= Codebook.pieceMax else { return nil }
        let shift = UInt64(8 * (count % 8))
        var joined = bytes
        if count >= 8 {
            joined[1] |= next.bytes[0] << shift
        } else {
            joined[0] |= next.bytes[0] << shift
            joined[1] |= next.bytes[1] << shift
            if shift > 0 { joined[1] |= next.bytes[0] >> (64 - shift) }
        }
        return Codebook.Piece(joined, prefix: count + next.count)
    }
}

/// How often pieces occur, and in how many texts.
private struct PieceCounts {
    private struct Entry {
        var bytes = SIMD2<UInt64>.zero
        var length: UInt32 = 0
        var occurrences: UInt32 = 0
        var texts: UInt32 = 0
        /// The last text that had it.
        var lastText: UInt32 = 0

        var piece: Codebook.Piece { Codebook.Piece(bytes, prefix: Int(length)) }

        @inline(__always)
        func isOf(_ piece: Codebook.Piece) -> Bool {
            Int(length) == piece.count && bytes == piece.bytes
        }
    }

    /// Open addressing; free where nothing occurred.
    private var places = [Entry](repeating: Entry(), count: 1 << 14)
    private var used = 0
    /// The number of the present text, from 1.
    private var text: UInt32 = 0

    /// Begins the next text, of which the pieces to come are.
    mutating func beginText() { text += 1 }

    mutating func add(_ piece: Codebook.Piece) {
        let place = place(of: piece)
        places[place].occurrences += 1
        if places[place].lastText != text {
            places[place].lastText = text
            places[place].texts += 1
        }
        guard places[place].occurrences == 1 else { return }
        places[place].bytes = piece.bytes
        places[place].length = UInt32(piece.count)
        used += 1
        if used * 2 > places.count { grow() }
    }

    /// Calls a closure with each piece, how often it occurs, and in how many texts.
    func forEach(_ body: (Codebook.Piece, Int, Int) -> Void) {
        for entry in places where entry.occurrences > 0 {
            body(entry.piece, Int(entry.occurrences), Int(entry.texts))
        }
    }

    private func place(of piece: Codebook.Piece) -> Int {
        var place = Int(truncatingIfNeeded: piece.hash >> 20) & (places.count - 1)
        while places[place].occurrences > 0, !places[place].isOf(piece) {
            place = (place + 1) & (places.count - 1)
        }
        return place
    }

    private mutating func grow() {
        let old = places
        places = Array(repeating: Entry(), count: old.count * 2)
        for entry in old where entry.occurrences > 0 { places[place(of: entry.piece)] = entry }
    }
}
