internal import Similarity

/// The distinct words of a catalog, which rows have them, and where they stand there.
struct WordIndex: Sendable {
    /// Words of some lengths, packed for the kernel that measures edits.
    fileprivate struct Lanes {
        var lengths: ClosedRange<Int>
        var words: [UInt32]
        var packed: CandidateLanes
    }

    private(set) var words = SortedKeys()
    private var column = TextColumn()
    private var lanes: [Lanes] = []
    private(set) var postings = Postings(keys: [], rows: [], keyCount: 0)
    /// The words of each row, each with its class below it, ascending.
    private var rowWords: [UInt32] = []
    private var rowEnds: [UInt32] = []

    /// An index without words.
    init() {}

    fileprivate init(
        _ words: SortedKeys, _ postings: Postings, rowWords: [UInt32], rowEnds: [UInt32]
    ) {
        self.words = words
        self.postings = postings
        self.rowWords = rowWords
        self.rowEnds = rowEnds
        column.reserveCapacity(words.count)
        for place in 0..<words.count { words.withBytes(place) { _ = column.append(utf8: $0) } }
        lanes = WordIndex.packed(column)
    }

    /// Bytes that a packed word takes in the kernel's lanes, about, and those that lanes take besides.
    private static let (laneBytes, lanesBytes) = (80, 1 << 16)

    /// The bytes held, those of the packed words by an estimate.
    var byteCount: Int {
        let packed = lanes.reduce(0) { $0 + $1.words.count * (Self.laneBytes + 4) }
        return words.byteCount + column.byteCount + postings.byteCount + packed
            + lanes.count * Self.lanesBytes
            + (rowWords.count + rowEnds.count) * MemoryLayout<UInt32>.stride
    }

    /// The words of a row, each with its class below it, ascending.
    func words(ofRow row: Int) -> ArraySlice<UInt32> {
        rowWords[Int(row == 0 ? 0 : rowEnds[row - 1])..<Int(rowEnds[row])]
    }

    /// The words that a word of a question may be.
    func matches(_ word: QuestionWord) -> WordMatches {
        let bytes = word.text.utf8
        let prefixed = words.places(prefix: bytes.span)
        let exact = words.place(of: bytes.span)
        var typos: [WordMatches.Typo] = []
        let bound = word.typosMax
        guard bound > 0 else { return WordMatches(exact: exact, prefixed: prefixed, typos: []) }
        var probe = TextColumn()
        let row = probe.append(word.text)
        let length = probe.length(of: row)
        var distances: [UInt8] = []
        for lane in lanes
        where lane.lengths.upperBound >= length - bound
            && lane.lengths.lowerBound <= length + bound
        {
            distances = [UInt8](repeating: 0, count: lane.words.count)
            var span = distances.mutableSpan
            OptimalStringAlignment.distances(
                of: row, in: probe, with: lane.packed, bound: bound, into: &span)
            Self.forEach(in: distances, upTo: UInt8(bound)) { place in
                let number = lane.words[place]
                guard !prefixed.contains(Int(number)) else { return }
                typos.append(WordMatches.Typo(word: number, distance: distances[place]))
            }
        }
        typos.sort { $0.word < $1.word }
        return WordMatches(exact: exact, prefixed: prefixed, typos: typos)
    }

    /// Calls a closure with the place of each number that is not above a bound, of which there are few.
    private static func forEach(
        in numbers: [UInt8], upTo bound: UInt8, _ body: (Int) -> Void
    ) {
        numbers.withUnsafeBytes { bytes in
            var start = 0
            while start + 32 <= bytes.count {
                let some = bytes.loadUnaligned(fromByteOffset: start, as: SIMD32<UInt8>.self)
                if some.min() <= bound {
                    for place in start..<start + 32 where bytes[place] <= bound { body(place) }
                }
                start += 32
            }
            for place in start..<bytes.count where bytes[place] <= bound { body(place) }
        }
    }

    /// Lengths of words that are measured together: what cannot be near is not looked at.
    private static let lengthBands: [ClosedRange<Int>] = [
        3...5, 6...6, 7...7, 8...8, 9...10, 11...13, 14...TextColumn.unitsMax,
    ]
    /// Words below which bands are not worth their memory.
    private static let bandedWordsMin = 4_096

    /// Letters by which words are put in order.
    private static let orderingLetters = 20

    /// Words of like letters side by side, so that a look at the letters of a group settles most groups.
    ///
    /// The letter that parts them most evenly, which half of them have, comes first.
    private static func byLetters(_ words: [UInt32], _ column: TextColumn) -> [UInt32] {
        var counts = [Int](repeating: 0, count: 64)
        for word in words {
            let letters = column.signature(of: word)
            for bit in 0..<64 { counts[bit] += Int(letters >> UInt64(bit) & 1) }
        }
        let bits = (0..<64).sorted { left, right in
            let (left, right) = (counts[left] * 2 - words.count, counts[right] * 2 - words.count)
            return left.magnitude < right.magnitude
        }.prefix(orderingLetters)
        let keys = words.map { word in
            let letters = column.signature(of: word)
            let key = bits.reduce(UInt64(0)) { $0 << 1 | letters >> UInt64($1) & 1 }
            return key << 32 | UInt64(word)
        }
        return keys.sorted().map { UInt32(truncatingIfNeeded: $0) }
    }

    private static func packed(_ column: TextColumn) -> [Lanes] {
        let bands =
            column.count < bandedWordsMin ? [3...TextColumn.unitsMax] : Self.lengthBands
        return bands.compactMap { lengths in
            let found = (0..<UInt32(column.count)).filter {
                lengths.contains(column.length(of: $0))
            }
            guard !found.isEmpty else { return nil }
            let words = byLetters(found, column)
            var packed = CandidateLanes()
            packed.pack(words.span, of: column, keepsOrder: true)
            return Lanes(lengths: lengths, words: words, packed: packed)
        }
    }
}

/// A word that is looked for, folded.
struct QuestionWord: Hashable {
    let text: String
    /// The edits by which a word may differ: none for short ones and for numbers, two for long ones.
    let typosMax: Int

    /// A folded word.
    init(_ text: String) {
        self.text = text
        let hasDigit = text.unicodeScalars.contains { ("0"..."9").contains($0) }
        switch text.unicodeScalars.count {
        case _ where hasDigit: typosMax = 0
        case ..<4: typosMax = 0
        case ..<8: typosMax = 1
        default: typosMax = 2
        }
    }
}

/// The words of a catalog that a word of a question may be.
struct WordMatches {
    /// A word within a few edits.
    struct Typo {
        var word: UInt32
        var distance: UInt8
    }

    var exact: Int?
    /// The words that begin with it, itself among them.
    var prefixed: Range<Int>
    /// Others, ascending.
    var typos: [Typo]

    /// How a word answers: 0 exact, 1 begun, 2 and 3 with one and two typing errors; nil not at all.
    func grade(_ word: UInt32) -> Int? {
        if prefixed.contains(Int(word)) { return Int(word) == exact ? 0 : 1 }
        var (low, high) = (0, typos.count)
        while low < high {
            let middle = (low + high) / 2
            if typos[middle].word < word { low = middle + 1 } else { high = middle }
        }
        return low < typos.count && typos[low].word == word ? Int(typos[low].distance) + 1 : nil
    }

    /// The best grade that any word has; nil where none answers.
    var bestGrade: Int? {
        if exact != nil { return 0 }
        if !prefixed.isEmpty { return 1 }
        return typos.map(\.distance).min().map { Int($0) + 1 }
    }

    /// The words, each once.
    var words: [Int] { Array(prefixed) + typos.map { Int($0.word) } }
}

/// Gathers the words of rows.
struct WordIndexBuilder {
    private var rowEnds: [UInt32] = []

    /// Ends a row, of which the words end at a place.
    mutating func endRow(at end: Int) { rowEnds.append(UInt32(end)) }

    /// The index of words that came as numbers of a dictionary, each with its class below it.
    func finish(_ dictionary: PackedDictionary, _ numbers: [UInt32]) -> WordIndex {
        let (words, places) = dictionary.sorted()
        let bits = EntryIndexing.classBits
        let mask: UInt32 = 1 << bits - 1
        var rowWords = numbers.map { places[Int($0 >> bits)] << bits | $0 & mask }
        var rows: [UInt32] = []
        rows.reserveCapacity(rowWords.count)
        var start = 0
        for (row, end) in rowEnds.enumerated() {
            rowWords[start..<Int(end)].sort()
            for _ in start..<Int(end) { rows.append(UInt32(row)) }
            start = Int(end)
        }
        let postings = Postings(
            keys: rowWords.map { $0 >> bits }, rows: rows, keyCount: words.count)
        return WordIndex(words, postings, rowWords: rowWords, rowEnds: rowEnds)
    }
}
