import Identity
import Similarity

/// The distinct name words of a population: text, phonetic code, role, and what comparison needs.
///
/// Word 0 is the absent word. Numbers depend on the order in which words came; nothing that is
/// written or decided may depend on them, only on `hash`.
struct TokenTable: Sendable {
    private(set) var column = TextColumn()
    private(set) var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// Open addressing: the number of a word, or 0 where the place is free.
    private var places: [UInt32]
    private var growth = Growth()
    /// What the words of the role ``NameRole/spelling`` stand for.
    private var spellings: [UInt32: Spelling] = [:]

    /// Set in the number of a word that only a query has: the rest is its number in the query's
    /// table.
    static let queryBit: UInt32 = 1 << 31
    /// A table without words, shared where none are needed.
    static let empty = TokenTable()

    /// The words that a spelling stands for.
    struct Spelling {
        var first: UInt32
        /// The second of two surnames written together; 0 for a single word.
        var second: UInt32
        /// Whether it is one only as a given name.
        var isGiven: Bool
    }

    struct Entry {
        var hash: UInt64
        /// What appending this word multiplies a hash by.
        var power: UInt64
        var textStart: UInt32
        var textLength: UInt16
        /// The number of characters.
        var characters: UInt8
        var role: NameRole
        var phonetic: UInt32
        /// The word's group of short forms, 0 for none.
        var nickname: UInt32
        /// The first character's bytes, as a number.
        var initial: UInt32
        /// Hashes of the first two characters, the first three, and the last two.
        var start: UInt32
        var longStart: UInt32
        var end: UInt32
        /// Which characters the word has, and how often, see ``LetterSet``.
        var letters: UInt32

        /// Whether all characters are ASCII, as those of folded Latin words are.
        @inline(__always) var isLatin: Bool { characters == textLength }
    }

    init(capacity: Int = 512) {
        places = Array(repeating: 0, count: max(16, (capacity * 2).nextPowerOfTwo))
        column.append("")
        entries.append(
            Entry(
                hash: 0, power: 1, textStart: 0, textLength: 0, characters: 0, role: .unknown,
                phonetic: 0, nickname: 0, initial: 0, start: 0, longStart: 0, end: 0,
                letters: 0))
    }

    /// The number of words, the absent one included.
    var count: Int { entries.count }

    /// The longest word kept, in bytes; the rest of a longer one is cut off.
    static let wordBytesMax = 256

    /// The number of a folded word, which is added where it is new.
    mutating func intern(_ word: Span<UInt8>) -> UInt32 {
        let word = word.count > Self.wordBytesMax ? word.extracting(0..<Self.wordBytesMax) : word
        guard word.count > 0 else { return 0 }
        return intern(word, hash: TextHash.of(word))
    }

    /// The number of a word whose hash is known.
    mutating func intern(_ word: Span<UInt8>, hash: UInt64) -> UInt32 {
        var place = Int(truncatingIfNeeded: TextHash.mix(hash)) & (places.count - 1)
        while places[place] != 0 {
            let number = places[place]
            if entries[Int(number)].hash == hash { return number }
            place = (place + 1) & (places.count - 1)
        }
        let number = UInt32(entries.count)
        places[place] = number
        column.append(utf8: word)
        entries.append(makeEntry(word, hash: hash))
        for index in word.indices { bytes.append(word[index]) }
        if entries.count * 2 > places.count { grow() }
        noteSpelling(of: number, word)
        return number
    }

    /// What a word of the role ``NameRole/spelling`` stands for.
    func spelling(_ number: UInt32) -> Spelling {
        spellings[number] ?? Spelling(first: number, second: 0, isGiven: false)
    }

    /// Adds the words that a new word stands for, if it stands for others.
    private mutating func noteSpelling(of number: UInt32, _ word: Span<UInt8>) {
        guard entries[Int(number)].role == .name else { return }
        var spelling = Spelling(first: 0, second: 0, isGiven: false)
        switch NameSpelling.meaning(of: word) {
        case .itself: return
        case .respelled(let other): spelling.first = intern(other.span)
        case .joined(let length):
            spelling.first = intern(word.extracting(0..<length))
            spelling.second = intern(word.extracting(length..<word.count))
        case .titled(let length):
            spelling.first = intern(word.extracting(length..<word.count))
            spelling.isGiven = true
        }
        entries[Int(number)].role = .spelling
        spellings[number] = spelling
    }

    /// The number of a word that may be absent from the table, 0 then.
    func find(hash: UInt64) -> UInt32 {
        guard hash != 0 else { return 0 }
        var place = Int(truncatingIfNeeded: TextHash.mix(hash)) & (places.count - 1)
        while places[place] != 0 {
            if entries[Int(places[place])].hash == hash { return places[place] }
            place = (place + 1) & (places.count - 1)
        }
        return 0
    }

    /// The text of a word.
    func text(_ number: UInt32) -> String {
        let entry = entries[Int(number)]
        let start = Int(entry.textStart)
        return String(decoding: bytes[start..<start + Int(entry.textLength)], as: UTF8.self)
    }

    /// Appends the length of a word in two bytes, and its text.
    func appendText(_ number: UInt32, to image: inout [UInt8]) {
        let entry = entries[Int(number)]
        let start = Int(entry.textStart)
        withUnsafeBytes(of: entry.textLength.littleEndian) { image.append(contentsOf: $0) }
        image.append(contentsOf: bytes[start..<start + Int(entry.textLength)])
    }

    /// Adds another table's words and returns this table's number of each.
    mutating func merge(_ other: TokenTable) -> [UInt32] {
        var numbers: [UInt32] = [0]
        numbers.reserveCapacity(other.count)
        for entry in other.entries.dropFirst() {
            let start = Int(entry.textStart)
            let word = other.bytes.span.extracting(start..<start + Int(entry.textLength))
            numbers.append(intern(word, hash: entry.hash))
        }
        return numbers
    }

    /// Makes words strangers to words that are written otherwise.
    mutating func forgetRelations(nicknames: Bool, phoneticCodes: Bool) {
        for number in entries.indices.dropFirst() {
            if nicknames { entries[number].nickname = 0 }
            if phoneticCodes { entries[number].phonetic = TextHash.short(entries[number].hash) }
        }
    }

    private func makeEntry(_ word: Span<UInt8>, hash: UInt64) -> Entry {
        var characters = 0
        for index in word.indices where word[index] & 0xC0 != 0x80 { characters += 1 }
        var initial = UInt32(word[0])
        var index = 1
        while index < word.count, index < 4, word[index] & 0xC0 == 0x80 {
            initial = initial &<< 8 | UInt32(word[index])
            index += 1
        }
        return Entry(
            hash: hash, power: TextHash.power(word.count), textStart: UInt32(bytes.count),
            textLength: UInt16(word.count), characters: UInt8(min(255, characters)),
            role: NameLexicon.roles[hash] ?? .name, phonetic: PhoneticCode.of(word),
            nickname: Nicknames.groups[hash] ?? 0, initial: initial,
            start: Self.hash(of: word, first: 2), longStart: Self.hash(of: word, first: 3),
            end: Self.hash(of: word, last: 2),
            letters: LetterSet.of(column.units(of: UInt32(column.count - 1))))
    }

    /// The hash of a word's first characters.
    private static func hash(of word: Span<UInt8>, first count: Int) -> UInt32 {
        var left = count
        var end = 0
        while end < word.count {
            if word[end] & 0xC0 != 0x80 {
                if left == 0 { break }
                left -= 1
            }
            end += 1
        }
        return TextHash.short(TextHash.of(word.extracting(0..<end)))
    }

    /// The hash of a word's last characters.
    private static func hash(of word: Span<UInt8>, last count: Int) -> UInt32 {
        var left = count
        var start = word.count
        while start > 0, left > 0 {
            start -= 1
            if word[start] & 0xC0 != 0x80 { left -= 1 }
        }
        return TextHash.short(TextHash.of(word.extracting(start..<word.count)))
    }

    private mutating func grow() {
        growth.abandonPlaces()
        places = Array(repeating: 0, count: places.count * 2)
        for number in 1..<entries.count {
            Self.place(UInt32(number), entries[number].hash, in: &places)
        }
    }
}

extension TokenTable {
    /// The next, larger storage of the table, filled a little with each word.
    private struct Growth {
        var entries = ArrayAhead<Entry>()
        var bytes = ArrayAhead<UInt8>()
        /// Zeros first, then the words with numbers below `placed`.
        var places: [UInt32] = []
        var placed = 1

        mutating func abandonPlaces() {
            places = []
            placed = 1
        }
    }

    /// The bytes held.
    var byteCount: Int {
        column.byteCount + entries.capacity * MemoryLayout<Entry>.stride + bytes.capacity
            + (places.capacity + growth.places.capacity) * MemoryLayout<UInt32>.stride
            + growth.entries.byteCount + growth.bytes.byteCount
    }

    /// Prepares the next growth of a table that must not pause, after some words were added.
    mutating func growAhead(words: Int) {
        column.growAhead(rows: words)
        growth.entries.advance(&entries, by: 8 * words)
        growth.bytes.advance(&bytes, by: 8 * words * 16)
        growPlacesAhead(words)
    }

    /// Clears, then fills, twice the places; begun at three quarters of what `grow` waits for.
    private mutating func growPlacesAhead(_ words: Int) {
        let target = places.count * 2
        guard entries.count * 8 >= places.count * 3, target >= ArrayAhead<UInt32>.elementsMin
        else { return }
        if growth.places.capacity < target { growth.places.reserveCapacity(target) }
        guard growth.places.count == target else {
            let cleared = min(64 * words, target - growth.places.count)
            growth.places.append(contentsOf: repeatElement(0, count: cleared))
            return
        }
        let end = min(entries.count, growth.placed + 8 * words)
        for number in growth.placed..<end {
            Self.place(UInt32(number), entries[number].hash, in: &growth.places)
        }
        growth.placed = end
        guard end == entries.count else { return }
        swap(&places, &growth.places)
        growth.abandonPlaces()
    }

    private static func place(_ number: UInt32, _ hash: UInt64, in places: inout [UInt32]) {
        var place = Int(truncatingIfNeeded: TextHash.mix(hash)) & (places.count - 1)
        while places[place] != 0 { place = (place + 1) & (places.count - 1) }
        places[place] = number
    }
}

extension Int {
    /// The smallest power of two that is not below this number.
    var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
