/// How a country's clerks mistype, mishear and misread.
struct LetterErrorRules {
    /// Rows of the keyboard; neighbours in a row are hit for one another.
    let keyboard: [[UInt16]]
    /// Groups of letters that sound the same to a clerk.
    let respellings: [(from: [UInt16], to: [UInt16])]
    /// Shapes that a scanner takes for one another.
    let misreadings: [(from: [UInt16], to: [UInt16])]

    /// Creates rules from rows of keys and words of the form `from>to`.
    init(keyboard: String, respellings: String, misreadings: String) {
        self.keyboard = keyboard.split(separator: " ").map { Array($0.utf16) }
        self.respellings = Self.rules(respellings)
        self.misreadings = Self.rules(misreadings)
    }

    private static func rules(_ list: String) -> [(from: [UInt16], to: [UInt16])] {
        list.split(whereSeparator: \.isWhitespace).compactMap { rule in
            let sides = rule.split(separator: ">", omittingEmptySubsequences: false)
            guard sides.count == 2 else { return nil }
            return (Array(sides[0].utf16), Array(sides[1].utf16))
        }
    }
}

/// Makes errors in single letters of a value.
///
/// Letters are the 16-bit code units; all scripts here lie in the basic plane.
struct LetterErrors {
    let rules: LetterErrorRules
    private var letters: [UInt16] = []
    private var matches: [(rule: Int, place: Int)] = []

    init(rules: LetterErrorRules) { self.rules = rules }

    /// A slip of the finger; false, and nothing done, where the value is too short.
    mutating func type(_ value: inout [UInt8], _ random: inout RandomStream) -> Bool {
        read(value)
        guard letters.count >= 3 else { return false }
        // First letters are rarely wrong: people look at them.
        let place = random.chance(800) ? 0 : random.pick(1...letters.count - 1)
        switch random.below(100) {
        case 0..<40: hitNeighbour(of: place, &random)
        case 40..<65:
            let left = min(place, letters.count - 2)
            letters.swapAt(left, left + 1)
        case 65..<85: letters.remove(at: place)
        default: letters.insert(letters[place], at: place)
        }
        write(to: &value)
        return true
    }

    /// A group of letters written as it sounds; false where no group of the rules occurs.
    mutating func mishear(_ value: inout [UInt8], _ random: inout RandomStream) -> Bool {
        apply(rules.respellings, to: &value, &random)
    }

    /// A shape taken for another one; false where no shape of the rules occurs.
    mutating func misread(_ value: inout [UInt8], _ random: inout RandomStream) -> Bool {
        apply(rules.misreadings, to: &value, &random)
    }

    private mutating func hitNeighbour(of place: Int, _ random: inout RandomStream) {
        let letter = Self.lowered(letters[place])
        for row in rules.keyboard {
            guard let key = row.firstIndex(of: letter) else { continue }
            let neighbour =
                key == 0
                ? 1
                : key == row.count - 1
                    ? key - 1
                    : key + (random.below(2) == 0 ? 1 : -1)
            letters[place] =
                letter == letters[place] ? row[neighbour] : Self.raised(row[neighbour])
            return
        }
        letters.remove(at: place)
    }

    private mutating func apply(
        _ list: [(from: [UInt16], to: [UInt16])], to value: inout [UInt8],
        _ random: inout RandomStream
    ) -> Bool {
        read(value)
        matches.removeAll(keepingCapacity: true)
        for (number, rule) in list.enumerated() where rule.from.count <= letters.count {
            for place in 0...(letters.count - rule.from.count) {
                var equal = true
                for offset in rule.from.indices
                where Self.lowered(letters[place + offset]) != Self.lowered(rule.from[offset]) {
                    equal = false
                    break
                }
                if equal { matches.append((number, place)) }
            }
        }
        guard !matches.isEmpty else { return false }
        let match = matches[random.below(matches.count)]
        let rule = list[match.rule]
        let end = match.place + rule.from.count
        let capital = letters[match.place] != Self.lowered(letters[match.place])
        let rest = end < letters.count ? letters[end] : 0
        letters.replaceSubrange(match.place..<end, with: rule.to)
        if capital, match.place < letters.count {
            letters[match.place] = Self.raised(letters[match.place])
        }
        if letters.isEmpty { letters.append(rest == 0 ? rule.from[0] : rest) }
        write(to: &value)
        return true
    }

    // MARK: - Letters

    private static func lowered(_ letter: UInt16) -> UInt16 {
        switch letter {
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE: letter + 0x20
        default: letter
        }
    }

    private static func raised(_ letter: UInt16) -> UInt16 {
        switch letter {
        case 0x61...0x7A, 0xE0...0xF6, 0xF8...0xFE: letter - 0x20
        default: letter
        }
    }

    /// Decodes UTF-8 of one to three bytes a letter.
    private mutating func read(_ value: [UInt8]) {
        letters.removeAll(keepingCapacity: true)
        var place = 0
        while place < value.count {
            let lead = UInt16(value[place])
            switch lead {
            case ..<0x80:
                letters.append(lead)
                place += 1
            case ..<0xE0:
                letters.append((lead & 0x1F) << 6 | UInt16(value[place + 1]) & 0x3F)
                place += 2
            default:
                letters.append(
                    (lead & 0x0F) << 12 | (UInt16(value[place + 1]) & 0x3F) << 6
                        | UInt16(value[place + 2]) & 0x3F)
                place += 3
            }
        }
    }

    private func write(to value: inout [UInt8]) {
        value.removeAll(keepingCapacity: true)
        for letter in letters {
            switch letter {
            case ..<0x80:
                value.append(UInt8(letter))
            case ..<0x800:
                value.append(UInt8(0xC0 | letter >> 6))
                value.append(UInt8(0x80 | letter & 0x3F))
            default:
                value.append(UInt8(0xE0 | letter >> 12))
                value.append(UInt8(0x80 | letter >> 6 & 0x3F))
                value.append(UInt8(0x80 | letter & 0x3F))
            }
        }
    }
}
