extension Codebook {
    /// Pieces are learned in so many rounds; each may join two of the last round's.
    private static let rounds = 5
    /// The first rounds, which find short pieces, look at one string in `earlyStep`.
    private static let earlyRounds = 3
    private static let earlyStep = 4
    /// A piece of more than one byte that occurs less often is none: so that a book says nothing of
    /// anybody, and its codes are worth their room.
    private static let occurrencesMin = 12

    /// Makes a book of the pieces that strings have most of; nil where there are no strings.
    ///
    /// The strings should be some thousand from all over those that are to be packed.
    package static func learned(from texts: [[UInt8]]) -> Codebook? {
        guard texts.contains(where: { !$0.isEmpty }) else { return nil }
        var book = Codebook(pieces: [])
        for round in 0..<rounds {
            let step = round < earlyRounds ? earlyStep : 1
            var counts = PieceCounts()
            for place in stride(from: 0, to: texts.count, by: step) {
                let text = texts[place]
                book.count(text.span, in: &counts)
            }
            let fewest = round < rounds - 1 ? occurrencesMin / earlyStep : occurrencesMin
            book = Codebook(pieces: best(of: counts, occurrencesMin: fewest))
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
    private static func best(of counts: PieceCounts, occurrencesMin: Int) -> [Piece] {
        var candidates: [(gain: Int, piece: Piece)] = []
        counts.forEach { piece, count in
            // Bytes that are no piece take two each, a code nearly two.
            if piece.count == 1 {
                candidates.append((count * 4, piece))
            } else if count >= occurrencesMin {
                candidates.append((count * (2 * piece.count - 3), piece))
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

/// How often pieces occur.
private struct PieceCounts {
    /// Open addressing; free where the count is 0.
    private var places = [(piece: Codebook.Piece, count: Int)](
        repeating: (Codebook.Piece(.zero, prefix: 0), 0), count: 1 << 12)
    private var used = 0

    mutating func add(_ piece: Codebook.Piece) {
        let place = place(of: piece)
        places[place].count += 1
        guard places[place].count == 1 else { return }
        places[place].piece = piece
        used += 1
        if used * 2 > places.count { grow() }
    }

    func forEach(_ body: (Codebook.Piece, Int) -> Void) {
        for place in places where place.count > 0 { body(place.piece, place.count) }
    }

    private func place(of piece: Codebook.Piece) -> Int {
        var place = Int(truncatingIfNeeded: piece.hash >> 20) & (places.count - 1)
        while places[place].count > 0, places[place].piece != piece {
            place = (place + 1) & (places.count - 1)
        }
        return place
    }

    private mutating func grow() {
        let old = places
        places = Array(
            repeating: (Codebook.Piece(.zero, prefix: 0), 0), count: old.count * 2)
        for entry in old where entry.count > 0 { places[place(of: entry.piece)] = entry }
    }
}
