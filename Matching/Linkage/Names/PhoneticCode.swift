/// One consonant skeleton for Spanish, French, English, German and romanised or written Persian.
///
/// Up to eight classes of four bits, first class highest. Vowels count only at the beginning;
/// doubled classes count once; b, v and w are one class, as are t and d, and s, z and soft c. A
/// code is for finding candidates and for a comparison level below equality; it is deliberately
/// coarse.
///
/// `hernandez` and `ernandes`, `jimenez` and `gimenez` and `ximenez`, `quispe` and `kispe`,
/// `huaman` and `guaman`, `ghasemi` and `qasemi` and قاسمی each share a code.
enum PhoneticCode {
    private static let vowel: UInt32 = 1
    private static let labial: UInt32 = 2
    private static let p: UInt32 = 3
    private static let f: UInt32 = 4
    private static let dental: UInt32 = 5
    private static let velar: UInt32 = 6
    private static let g: UInt32 = 7
    private static let jota: UInt32 = 8
    private static let sibilant: UInt32 = 9
    private static let palatal: UInt32 = 10
    private static let l: UInt32 = 11
    private static let m: UInt32 = 12
    private static let n: UInt32 = 13
    private static let r: UInt32 = 14
    private static let y: UInt32 = 15
    private static let silent: UInt32 = 0

    /// The code of one folded token; a token without a codable letter is coded by its bytes.
    static func of(_ token: Span<UInt8>) -> UInt32 {
        var code: UInt32 = 0
        var last: UInt32 = 0
        var position = 0
        while position < token.count, code < 1 &<< 28 {
            let isFirst = code == 0
            var sound: UInt32
            if token[position] < 0x80 {
                sound = latin(token, &position, isFirst: isFirst)
            } else {
                sound = arabic(token, &position, isFirst: isFirst)
            }
            if sound == vowel, !isFirst { sound = silent }
            if sound == silent {
                last = silent
            } else if sound != last {
                code = code &<< 4 | sound
                last = sound
            }
        }
        return code == 0 || code == vowel ? TextHash.short(TextHash.of(token)) | 1 &<< 31 : code
    }

    /// The sound of the Latin letters at a position, which moves behind them.
    private static func latin(
        _ token: Span<UInt8>, _ position: inout Int, isFirst: Bool
    ) -> UInt32 {
        let letter = token[position]
        let next = position + 1 < token.count ? token[position + 1] : 0
        position += 1
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            return vowel
        case UInt8(ascii: "b"), UInt8(ascii: "v"), UInt8(ascii: "w"): return labial
        case UInt8(ascii: "p"):
            guard next == UInt8(ascii: "h") else { return p }
            position += 1
            return f
        case UInt8(ascii: "f"): return f
        case UInt8(ascii: "t"), UInt8(ascii: "d"):
            // The tz of Fritz and Schultz is a z.
            return letter == UInt8(ascii: "t") && next == UInt8(ascii: "z") ? silent : dental
        case UInt8(ascii: "k"), UInt8(ascii: "q"): return velar
        case UInt8(ascii: "c"), UInt8(ascii: "s"), UInt8(ascii: "z"):
            return hissing(token, &position)
        case UInt8(ascii: "x"): return isFirst ? jota : sibilant
        case UInt8(ascii: "j"): return jota
        case UInt8(ascii: "g"), UInt8(ascii: "h"):
            return guttural(letter, next, &position, isFirst: isFirst)
        case UInt8(ascii: "l"): return isFirst && next == letter ? y : l
        case UInt8(ascii: "m"): return m
        case UInt8(ascii: "n"): return n
        case UInt8(ascii: "r"): return r
        case UInt8(ascii: "y"): return isFirst && isVowel(next) ? y : vowel
        default: return silent
        }
    }

    /// The sound of c, s or z, before which the position stands behind it.
    private static func hissing(_ token: Span<UInt8>, _ position: inout Int) -> UInt32 {
        let letter = token[position - 1]
        let next = position < token.count ? token[position] : 0
        let third = position + 1 < token.count ? token[position + 1] : 0
        if next == UInt8(ascii: "h") {
            position += 1
            // Christina, Khloé and Chloé begin alike; zh is how ژ is written.
            if letter == UInt8(ascii: "z") { return jota }
            let isHard = third == UInt8(ascii: "r") || third == UInt8(ascii: "l")
            return letter == UInt8(ascii: "c") && isHard ? velar : palatal
        }
        if letter == UInt8(ascii: "s"), next == UInt8(ascii: "c"), third == UInt8(ascii: "h") {
            position += 2
            return palatal
        }
        guard letter == UInt8(ascii: "c") else { return sibilant }
        return next == UInt8(ascii: "e") || next == UInt8(ascii: "i") ? sibilant : velar
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            true
        default: false
        }
    }

    private static func guttural(
        _ letter: UInt8, _ next: UInt8, _ position: inout Int, isFirst: Bool
    ) -> UInt32 {
        if isFirst, next == UInt8(ascii: "u") {
            position += 1
            return labial
        }
        guard letter == UInt8(ascii: "g") else { return silent }
        if next == UInt8(ascii: "h") {
            position += 1
            return velar
        }
        return next == UInt8(ascii: "e") || next == UInt8(ascii: "i") ? jota : g
    }

    /// The sound of the Arabic letter at a position, in its folded Persian form.
    private static func arabic(
        _ token: Span<UInt8>, _ position: inout Int, isFirst: Bool
    ) -> UInt32 {
        let lead = token[position]
        let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let trail = position + 1 < token.count ? token[position + 1] : 0
        position = min(position + width, token.count)
        guard width == 2 else { return silent }
        switch UInt32(lead & 0x1F) &<< 6 | UInt32(trail & 0x3F) {
        case 0x627, 0x622: return vowel
        // Ain, and the h of Hossein and Hadi, are a vowel in Latin writing.
        case 0x639, 0x62D, 0x647: return isFirst ? vowel : silent
        case waw: return isFirst || isConsonantWaw(token, position) ? labial : silent
        case 0x6CC, 0x64A: return isFirst ? y : silent
        case 0x628: return labial
        case 0x67E: return p
        case 0x641: return f
        case 0x62A, 0x637, 0x62F: return dental
        case 0x642, 0x6A9, 0x643, 0x63A: return velar
        case 0x6AF: return g
        // Nejad and Mojgan are written with j in Latin.
        case 0x62C, 0x698: return jota
        case 0x62E: return velar
        case 0x633, 0x635, 0x62B, 0x632, 0x630, 0x636, 0x638: return sibilant
        case 0x634, 0x686: return palatal
        case 0x644: return l
        case 0x645: return m
        case 0x646: return n
        case 0x631: return r
        default: return silent
        }
    }

    private static let alef: UInt32 = 0x627
    private static let waw: UInt32 = 0x648
    private static let yeh: UInt32 = 0x6CC

    /// Whether the و before a position is a v and not a vowel: beside an ا, as in Javad and Davoud,
    /// but not in Khajeh; and in the وی at the end of Mousavi.
    private static func isConsonantWaw(_ token: Span<UInt8>, _ position: Int) -> Bool {
        let next = letter(token, position)
        let before = letter(token, position - 4)
        if before == alef { return true }
        if next == alef { return before != 0x62E }
        return next == yeh && position + 2 == token.count && before != 0x62E
    }

    /// The letter of two bytes at a position, 0 where there is none.
    private static func letter(_ token: Span<UInt8>, _ position: Int) -> UInt32 {
        guard position >= 0, position + 1 < token.count, token[position] & 0xE0 == 0xC0 else {
            return 0
        }
        return UInt32(token[position] & 0x1F) &<< 6 | UInt32(token[position + 1] & 0x3F)
    }
}
