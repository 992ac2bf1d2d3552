/// What one code point becomes when names are folded; consulted once for each, to fill the table.
///
/// The rules lean on the Unicode character data of the standard library: general categories tell
/// letters from separators, and character names tell a base letter from its accents ("LATIN SMALL
/// LETTER A WITH CIRCUMFLEX AND ACUTE" is an a, "ARABIC LETTER BEH INITIAL FORM" is a ب). What
/// names do not tell is listed by hand.
struct FoldingRules {
    /// What a code point becomes.
    enum Outcome: Equatable {
        /// The end of a word.
        case separator
        /// Nothing: the code point carries no sound, like a vowel sign or a bidi mark.
        case dropped
        case text(String)
    }

    /// Base letters of the scripts whose accented or presentation forms are folded, by name.
    private let lettersByName: [String: Unicode.Scalar]

    init() {
        var letters: [String: Unicode.Scalar] = [:]
        for block: ClosedRange<UInt32> in [0x370...0x3FF, 0x400...0x45F, 0x600...0x6FF] {
            for scalar in block.lazy.compactMap(Unicode.Scalar.init) {
                if let name = scalar.properties.name { letters[name] = scalar }
            }
        }
        lettersByName = letters
    }

    /// The rule for one code point.
    func outcome(for scalar: Unicode.Scalar) -> Outcome {
        if let text = FoldingRules.listed[scalar] { return text.isEmpty ? .dropped : .text(text) }
        let properties = scalar.properties
        if FoldingRules.isListedSeparator(scalar) || properties.isWhitespace { return .separator }
        if FoldingRules.isAccent(scalar) { return .dropped }
        if properties.numericType == .decimal || properties.numericType == .digit,
            let value = properties.numericValue
        {
            return .text(String(Int(value)))
        }
        switch properties.generalCategory {
        case .control, .format: return .dropped
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator, .lineSeparator,
            .paragraphSeparator:
            return .separator
        default: return letter(scalar)
        }
    }

    /// The rule for a letter: lower case, then the base under its accents.
    private func letter(_ scalar: Unicode.Scalar) -> Outcome {
        let mapping = scalar.properties.lowercaseMapping.unicodeScalars
        let lower = mapping.first ?? scalar
        if lower != scalar, let text = FoldingRules.listed[lower] { return .text(text) }
        guard let name = lower.properties.name else { return .text(String(lower)) }
        switch lower.value {
        case 0xFB50...0xFEFC: return arabicPresentationForm(named: name) ?? .text(String(lower))
        case 0xFF21...0xFF5A:
            return .text(Unicode.Scalar(lower.value - 0xFEE0).map(String.init) ?? "")
        default:
            return .text(latinBase(named: name) ?? otherBase(named: name) ?? String(lower))
        }
    }

    /// The letters that a Latin letter's name spells, where it spells one or two of them.
    private func latinBase(named name: String) -> String? {
        for prefix in ["LATIN SMALL LETTER ", "LATIN SMALL LIGATURE "]
        where name.hasPrefix(prefix) {
            let base = name.dropFirst(prefix.count).prefix { $0 != " " }
            let rest = name.dropFirst(prefix.count + base.count)
            guard base.utf8.count <= 3, rest.isEmpty || rest.hasPrefix(" WITH ") else { return nil }
            // Of the names of three letters only those of ligatures (FFI, FFL) spell letters.
            guard base.utf8.count <= 2 || prefix.hasSuffix("LIGATURE ") else { return nil }
            return base.lowercased()
        }
        return nil
    }

    /// The unaccented letter of a Greek or Cyrillic one.
    private func otherBase(named name: String) -> String? {
        guard let (base, accent) = FoldingRules.split(name, at: " WITH ") else { return nil }
        if name.hasPrefix("CYRILLIC"), !FoldingRules.cyrillicAccents.contains(accent) { return nil }
        guard let letter = lettersByName[base], !name.hasPrefix("ARABIC") else { return nil }
        return FoldingRules.listed[letter] ?? String(letter)
    }

    /// The letters of a positional form or ligature of Arabic script.
    private func arabicPresentationForm(named name: String) -> Outcome? {
        let forms = [" ISOLATED FORM", " FINAL FORM", " INITIAL FORM", " MEDIAL FORM"]
        guard let form = forms.first(where: name.hasSuffix) else { return nil }
        let stem = String(name.dropLast(form.count))
        if let letter = lettersByName[stem] { return outcome(for: letter) }
        guard stem.hasPrefix("ARABIC LIGATURE ") else { return .dropped }
        var rest = String(stem.dropFirst("ARABIC LIGATURE ".count))
        var text = ""
        while !rest.isEmpty {
            let (part, remainder) = FoldingRules.split(rest, at: " WITH ") ?? (rest, "")
            if let letter = lettersByName["ARABIC LETTER " + part],
                case .text(let folded) = outcome(for: letter)
            {
                text += folded
            }
            rest = remainder
        }
        return text.isEmpty ? .dropped : .text(text)
    }

    /// The parts of `text` before and behind the first `separator`.
    private static func split(_ text: String, at separator: String) -> (String, String)? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(separator) {
                let rest = text[start...].dropFirst(separator.count)
                return (String(text[..<start]), String(rest))
            }
            start = text.index(after: start)
        }
        return nil
    }
}

extension FoldingRules {
    /// Accents of Latin, Greek and Cyrillic, and the vowel and reading signs of Arabic script.
    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0300...0x036F, 0x0483...0x0489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
            0xFE00...0xFE0F, 0xFE20...0xFE2F:
            true
        case 0x0610...0x061A, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC, 0x06DF...0x06E8,
            0x06EA...0x06ED:
            true
        default: false
        }
    }

    /// Separators that Unicode counts as letters, controls or formats.
    private static func isListedSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Tab to carriage return, the information separators and next line.
        case 0x09...0x0D, 0x1C...0x1F, 0x85: true
        // Modifier letters that serve as apostrophes.
        case 0x02B9...0x02DF, 0x0374: true
        // The zero-width non-joiner of Persian compounds, and the zero-width space.
        case 0x200B, 0x200C: true
        default: false
        }
    }

    private static let cyrillicAccents: Set<String> = [
        "GRAVE", "DIAERESIS", "BREVE", "MACRON", "DOUBLE ACUTE", "DOUBLE GRAVE ACCENT",
    ]

    /// Letters whose base their name does not tell; an empty text drops the letter.
    private static let listed: [Unicode.Scalar: String] = {
        var listed: [Unicode.Scalar: String] = [
            "\u{FFFD}": "\u{FFFD}", "ª": "a", "º": "o", "ß": "ss", "ẞ": "ss", "ð": "d", "þ": "th",
            "ŋ": "ng", "ĸ": "q", "ı": "i", "ſ": "s", "ŉ": "n", "ə": "e", "ﬅ": "st", "ς": "σ",
            "ǯ": "ʒ", "\u{1E9B}": "s",
            // Greek letters that have a second form, and iota set beside its vowel.
            "\u{B5}": "μ", "ϐ": "β", "ϑ": "θ", "ϕ": "φ", "ϖ": "π", "ϰ": "κ", "ϱ": "ρ", "ϵ": "ε",
            "ϒ": "υ", "\u{3D3}": "υ", "\u{3D4}": "υ", "\u{1FBE}": "ι", "ѷ": "ѵ",
            "й": "и", "ё": "е", "ѐ": "е", "ї": "і", "ў": "у", "ѓ": "г", "ќ": "к", "ѝ": "и",
            // Two words written as one character, then tatweel and the hamzas.
            "\u{FDF2}": "الله", "\u{FDF4}": "محمد", "\u{0640}": "", "ء": "", "\u{0674}": "",
        ]
        let persian: [(String, [UInt32])] = [
            ("ا", [0x622, 0x623, 0x625, 0x671, 0x672, 0x673, 0x675]),
            ("و", [0x624, 0x676, 0x677, 0x6C4, 0x6C5, 0x6C6, 0x6C7, 0x6C8, 0x6C9, 0x6CA, 0x6CB]),
            ("ی", [0x626, 0x649, 0x64A, 0x678, 0x6CD, 0x6CE, 0x6D0, 0x6D1, 0x6D2, 0x6D3]),
            ("ک", [0x643, 0x6AA, 0x6AC]),
            ("گ", [0x6AB, 0x6B0]),
            ("ه", [0x629, 0x6BE, 0x6C0, 0x6C1, 0x6C2, 0x6C3, 0x6D5]),
        ]
        for (letter, variants) in persian {
            for scalar in variants.compactMap(Unicode.Scalar.init) { listed[scalar] = letter }
        }
        return listed
    }()
}
