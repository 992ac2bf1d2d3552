/// Where the given names and the surnames stand in a name written as one text.
///
/// The conventions of writing decide, in this order:
///
/// - with a comma, surnames stand before it: `Soto Vera, Ana María`;
/// - words in capitals beside words that are not are surnames: `DUPONT Jean`, `Jean DUPONT`;
/// - otherwise the order is the one that the column's name tells (`apellidos y nombres`), unless of
///   the first and the last word one alone is a given name that hardly anybody has as a surname;
/// - the words are counted: of four, two are given names where persons have two surnames, and three
///   where they have one. A word known as a second given name is one, and a particle begins the
///   surnames, but not in María de los Ángeles.
///
/// A word on the wrong side is not lost: matching compares names across their places.
package struct FullName: Hashable, Sendable {
    /// The bytes of the given names.
    package let given: Range<Int>
    /// The bytes of the surnames, empty where there is one word only.
    package let family: Range<Int>

    /// Words looked at; the rest of a longer name belongs to the surnames.
    private static let wordsMax = 12

    /// Splits a name.
    ///
    /// - Parameters:
    ///   - text: The name in UTF-8.
    ///   - surnames: How many surnames persons have where the name comes from, 1 or 2.
    ///   - isFamilyFirst: Whether surnames stand first where the words do not tell.
    package init(_ text: Span<UInt8>, surnames: Int, isFamilyFirst: Bool = false) {
        if let comma = FullName.comma(in: text) {
            family = FullName.trimmed(0..<comma.lowerBound, in: text)
            given = FullName.trimmed(comma.upperBound..<text.count, in: text)
            return
        }
        var words = FullName.words(of: text)
        while words.count > 2, let last = words.last,
            FullName.generations.contains(FullName.folded(text.extracting(last)))
        {
            words.removeLast()
        }
        guard let first = words.first, let last = words.last, words.count > 1 else {
            (given, family) = (0..<text.count, text.count..<text.count)
            return
        }
        if let surnamesFirst = FullName.capitals(words, text) {
            if surnamesFirst.isFirst {
                family = first.lowerBound..<words[surnamesFirst.count - 1].upperBound
                given = words[surnamesFirst.count].lowerBound..<last.upperBound
                return
            }
            let count = words.count - surnamesFirst.count
            given = first.lowerBound..<words[count - 1].upperBound
            family = words[count].lowerBound..<last.upperBound
            return
        }
        let folded = words.map { FullName.folded(text.extracting($0)) }
        if FullName.isFamilyFirst(folded, surnames) ?? isFamilyFirst {
            let count = FullName.familyCount(folded, surnames)
            family = first.lowerBound..<words[count - 1].upperBound
            given = words[count].lowerBound..<last.upperBound
            return
        }
        let count = FullName.givenCount(folded, surnames)
        given = first.lowerBound..<words[count - 1].upperBound
        family = words[count].lowerBound..<last.upperBound
    }

    /// The comma between two parts that both hold something.
    private static func comma(in text: Span<UInt8>) -> Range<Int>? {
        for index in text.indices {
            let width: Int
            if text[index] == UInt8(ascii: ",") {
                width = 1
            } else if text[index] == 0xD8, index + 1 < text.count, text[index + 1] == 0x8C {
                width = 2
            } else {
                continue
            }
            let hasBoth =
                !words(of: text.extracting(0..<index)).isEmpty
                && !words(of: text.extracting(index + width..<text.count)).isEmpty
            return hasBoth ? index..<index + width : nil
        }
        return nil
    }

    /// A part without the blanks at its ends.
    private static func trimmed(_ part: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
        let words = words(of: text.extracting(part))
        guard let first = words.first, let last = words.last else { return part }
        return part.lowerBound + first.lowerBound..<part.lowerBound + last.upperBound
    }

    private static func words(of text: Span<UInt8>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = 0
        for index in 0...text.count where index == text.count || text[index] <= 0x20 {
            if index > start {
                if words.count == wordsMax, let last = words.popLast() {
                    words.append(last.lowerBound..<index)
                } else {
                    words.append(start..<index)
                }
            }
            start = index + 1
        }
        return words
    }

    private static func folded(_ text: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        NameFolding.fold(text, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How many words at one end stand in capitals, if the others do not.
    private static func capitals(
        _ words: [Range<Int>], _ text: Span<UInt8>
    ) -> (isFirst: Bool, count: Int)? {
        let shout = words.map {
            isCapital(text.extracting($0)) && !givenInCapitals.contains(folded(text.extracting($0)))
        }
        guard shout.contains(true), shout.contains(false) else { return nil }
        let (start, end) = (shout.prefix { $0 }.count, shout.reversed().prefix { $0 }.count)
        if start + shout.dropFirst(start).prefix(while: { !$0 }).count == shout.count, start > 0 {
            return (true, start)
        }
        if end + shout.dropLast(end).count(where: { !$0 }) == shout.count, end > 0 {
            return (false, end)
        }
        return nil
    }

    /// Whether a word has two capitals or more and no small letter; an initial does not count.
    private static func isCapital(_ word: Span<UInt8>) -> Bool {
        var capitals = 0
        for index in word.indices {
            if word[index] &- 0x61 < 26 { return false }
            if word[index] &- 0x41 < 26 { capitals += 1 }
        }
        return capitals > 1
    }

    /// The number of words that are given names, at least 1 and fewer than all.
    private static func givenCount(_ words: [String], _ surnames: Int) -> Int {
        let most = words.count - 1
        if words.count == 2 { return 1 }
        var start = placeholderCount(words)
        if start >= most { return most }
        // María de los Ángeles and Juan de la Cruz are given names; de la Fuente is a surname.
        if start == 1, words[1] == "de",
            words[0].hasPrefix("mari") || words[0] == "ma" || words[0] == "juan"
        {
            var index = 2
            while index < most, particles.contains(words[index]) { index += 1 }
            if index < most { start = index + 1 }
        }
        if let particle = words[start...].firstIndex(where: { particles.contains($0) }) {
            return min(particle, most)
        }
        if newborns.contains(words[0]) { return start }
        if surnames == 2, words.count - start >= 3 { return max(start, words.count - 2) }
        var count = start
        while count < most, seconds.contains(words[count]) { count += 1 }
        // Persian surnames of two words (Mohammadi Nejad) are more common than middle names.
        let isLatin = words[0].utf8.allSatisfy { $0 < 0x80 }
        return surnames == 2 || !isLatin ? count : most
    }

    /// The words that stand for the name of a newborn, such as RN de María or Baby Boy 2; else 1.
    private static func placeholderCount(_ words: [String]) -> Int {
        guard newborns.contains(words[0]) else { return 1 }
        var count = 1
        while count < words.count {
            if newborns.contains(words[count]) || words[count].utf8.allSatisfy({ $0 < 0x3A }) {
                count += 1
            } else if ["de", "of", "von"].contains(words[count]) {
                count += 2
            } else {
                break
            }
        }
        return count
    }

    /// What is written in capitals without being a surname: María, and a newborn.
    private static let givenInCapitals: Set<String> = ["ma", "rn", "nn"]

    static let newborns: Set<String> = [
        "rn", "nn", "hijo", "hija", "recien", "nacido", "nacida", "bebe", "baby", "boy", "girl",
        "newborn", "infant", "nouveau", "ne", "enfant", "neugeborenes", "saugling", "نوزاد",
        "فرزند",
    ]

    static let particles: Set<String> = [
        "san", "santa", "mc", "mac", "st", "saint",
        "de", "del", "la", "las", "los", "da", "do", "dos", "das", "di", "du", "des", "der", "den",
        "von", "vom", "zu", "zum", "zur", "van", "le", "al", "el", "bin", "ibn", "ben",
    ]

    private static let generations: Set<String> = [
        "jr", "sr", "ii", "iii", "iv", "junior", "senior",
    ]

    /// Words that as second word of three are far more often a given name than a surname.
    static let seconds: Set<String> = Set(
        """
        alberto alejandra alejandro alexander alfonso alfredo alicia alonso amanda amelia ana andrea \
        andres angel angela angelica antonia antonio ariel armando arturo augusto beatriz belen \
        benjamin bernarda camila carlos carmen carolina catalina cecilia cesar claudia claudio \
        constanza cristian cristina cristobal daniel daniela david del diego eduardo elena eliana \
        elisa elizabeth emilia emilio enrique ernesto esteban eugenia eugenio eva fabian felipe \
        fernanda fernando florencia francisca francisco gabriel gabriela gerardo gloria gonzalo \
        graciela guadalupe guillermo gustavo hector hernan hugo humberto ignacia ignacio ines irene \
        isabel isidora ivan jacqueline jaime javier javiera jesus joaquin jorge jose josefa josefina \
        juan juana julia julieta julio karina laura leonardo leonor lorena lucia luis luisa luz \
        magdalena manuel manuela marcela marcelo margarita maria mariana mario marta martin martina \
        mauricio maximiliano mercedes miguel miriam monica nicolas nicole norma octavio olga orlando \
        oscar pablo pamela paola patricia patricio paul paula paulina paz pedro pilar rafael ramon \
        raquel raul rebeca renato ricardo rene roberto rocio rodrigo rosa rosario ruben ruth salvador \
        samuel santiago sara sebastian sergio silvia simon sofia soledad susana teresa tomas trinidad \
        valentina valeria vanessa veronica vicente victor victoria virginia viviana ximena yolanda \
        علی محمد حسین حسن رضا مهدی زهرا فاطمه صادق طاها امین جواد کاظم
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}

extension PersonRecord {
    /// Sets given names and surnames to the parts of a name written as one text.
    ///
    /// - Parameters:
    ///   - text: The name in UTF-8; an empty one changes nothing.
    ///   - surnames: How many surnames persons have where the name comes from, 1 or 2.
    ///   - isFamilyFirst: Whether surnames stand first where the words do not tell.
    package mutating func setFullName(
        _ text: Span<UInt8>, surnames: Int, isFamilyFirst: Bool = false
    ) {
        guard text.count > 0 else { return }
        let name = FullName(text, surnames: surnames, isFamilyFirst: isFamilyFirst)
        set(.given, to: text.extracting(name.given))
        set(.family, to: text.extracting(name.family))
    }
}
