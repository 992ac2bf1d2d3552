/// Spellings of a word that stand for another, or for two words written together.
///
/// Each is told from the word alone, once for each distinct word, so that records which write a name
/// differently have the same words:
///
/// - the vowels of German that a writer without umlauts spells with two letters: Mueller for Müller,
///   which folds to muller;
/// - Persian second surnames, such as those of a town, written together with the first: چراغی تهرانی
///   without the space or the joiner between;
/// - Seyyed written together with the given name: سیدعلی.
enum NameSpelling {
    /// What a word stands for.
    enum Meaning: Equatable {
        /// The word itself.
        case itself
        /// The same name as another writes it.
        case respelled([UInt8])
        /// Two surnames; the first has this many bytes.
        case joined(Int)
        /// A title of this many bytes and a given name.
        case titled(Int)
    }

    /// What a folded word stands for.
    static func meaning(of word: Span<UInt8>) -> Meaning {
        guard word.count >= 5 else { return .itself }
        return word[0] < 0x80 ? latin(word) : persian(word)
    }

    /// Without the e behind a, o or u where two consonants follow, or one and an e.
    ///
    /// So Mueller, Goetz and Schroeder lose it; Manuel, Michaela, Guerra and Saeed do not. A word of
    /// another language that loses it does so wherever it is written.
    private static func latin(_ word: Span<UInt8>) -> Meaning {
        // Most words have none, and every new word of a table is asked.
        guard word.indices.contains(where: { isUmlautE(word, $0) }) else { return .itself }
        var respelled: [UInt8] = []
        for index in word.indices where !isUmlautE(word, index) { respelled.append(word[index]) }
        return .respelled(respelled)
    }

    private static func isUmlautE(_ word: Span<UInt8>, _ index: Int) -> Bool {
        guard word[index] == UInt8(ascii: "e"), index > 0, index + 2 < word.count else {
            return false
        }
        let before = word[index - 1]
        return
            (before == UInt8(ascii: "a") || before == UInt8(ascii: "o")
            || isGermanU(word, index)) && isConsonant(word[index + 1])
            && (isConsonant(word[index + 2]) || word[index + 2] == UInt8(ascii: "e"))
            && (index < 2 || isConsonant(word[index - 2]))
    }

    /// Whether a u stands before a place and is not the silent one of gue and que.
    private static func isGermanU(_ word: Span<UInt8>, _ index: Int) -> Bool {
        guard word[index - 1] == UInt8(ascii: "u") else { return false }
        guard index > 1,
            word[index - 2] == UInt8(ascii: "g") || word[index - 2] == UInt8(ascii: "q")
        else { return true }
        // Guenther and Guertler, but not Guerra and Miguelez.
        return word[index - 2] == UInt8(ascii: "g") && isConsonant(word[index + 2])
            && word[index + 1] != word[index + 2]
    }

    private static func isConsonant(_ letter: UInt8) -> Bool {
        guard letter &- 0x61 < 26 else { return false }
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"), UInt8(ascii: "y"):
            return false
        default: return true
        }
    }

    private static func persian(_ word: Span<UInt8>) -> Meaning {
        for title in titles where starts(word, with: title) {
            return .titled(title.count)
        }
        for second in seconds where ends(word, with: second) {
            return .joined(word.count - second.count)
        }
        return .itself
    }

    /// Whether a word is a title and three letters or more behind it.
    private static func starts(_ word: Span<UInt8>, with title: [UInt8]) -> Bool {
        guard word.count >= title.count + 6 else { return false }
        for index in title.indices where word[index] != title[index] { return false }
        return true
    }

    /// Whether a word is three letters or more and a second surname behind them.
    private static func ends(_ word: Span<UInt8>, with second: [UInt8]) -> Bool {
        guard word.count >= second.count + 6 else { return false }
        let start = word.count - second.count
        for index in second.indices where word[start + index] != second[index] { return false }
        return true
    }

    private static let titles = ["سید"].map { Array($0.utf8) }

    /// Words that stand behind another surname, each of four letters or more; shorter ones also end
    /// words by chance.
    private static let seconds = """
        تهرانی اصفهانی شیرازی تبریزی کرمانی یزدی مشهدی کاشانی همدانی گیلانی مازندرانی خراسانی \
        اردبیلی زنجانی قزوینی سمنانی بوشهری خوزستانی لرستانی کردستانی اراکی نیشابوری سبزواری \
        بیرجندی شوشتری دزفولی کرمانشاهی گرگانی اهوازی ابادی نجفی کربلایی طباطبایی بختیاری \
        مقدم تبار
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Array($0.utf8) }
}
