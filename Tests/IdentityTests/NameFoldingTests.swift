import SeededTesting
import Foundation
import Identity
import Testing

/// Writings of one name that differ in case, accents, script variants or punctuation fold alike.
///
/// Method: literal expectations; equality of composed and decomposed text, against Foundation's
/// normal forms; random bytes with a fixed seed, for idempotence and bounds.
@Suite struct NameFoldingTests {
    @Test(arguments: [
        ("MUÑOZ", "munoz"), ("Peñaloza Ñancupil", "penaloza nancupil"),
        ("José-María", "jose maria"),
        ("O'Higgins", "o higgins"), ("D’Angelo", "d angelo"), ("  Ana   María ", "ana maria"),
        ("Mª José", "ma jose"), ("Ma. del Carmen", "ma del carmen"), ("Straße", "strasse"),
        ("Lætitia Œuvrard", "laetitia oeuvrard"), ("Łukasz Søren Đorđe", "lukasz soren dorde"),
        ("Þór Guðrún", "thor gudrun"), ("Nguyễn Thị Hường", "nguyen thi huong"),
        ("İbrahim Işık", "ibrahim isik"), ("Ǆ ŀ ﬃ ﬆ", "dz l ffi st"), ("ＡＢｃ１", "abc1"),
        ("Leƒ", "lef"), ("ẞ Ĳ ŉ ſ Ŋ Ə", "ss ij n s ng e"), ("x\u{AD}y\u{200D}z", "xyz"),
        ("a\tb\nc\u{1F}d\u{0}e", "a b c de"), ("\u{FEFF}\u{202B}Ana\u{202C}", "ana"),
        ("", ""), (" .-' ", ""), ("N° 12 bis", "n 12 bis"), ("Ἀθήνα ΣΊΣΥΦΟΣ", "αθηνα σισυφοσ"),
        ("Ёлкин Андрей", "елкин андреи"), ("山田", "山田"), ("मोहन १२", "मोहन 12"),
        ("ʿAlī al-Ḥasan", "ali al hasan"), ("x²", "x2"), ("😀 Ana", "😀 ana"),
    ])
    func latinAndOthers(name: String, folded: String) {
        #expect(NameFolding.folded(name) == folded)
    }

    @Test(arguments: [
        ("علي", "علی"), ("كريم", "کریم"), ("فاطمة", "فاطمه"), ("موسى", "موسی"),
        ("آرش", "ارش"), ("أحمد إبراهيم", "احمد ابراهیم"), ("مؤمن", "مومن"),
        ("رئيس", "رییس"), ("ر\u{64A}\u{654}يس", "رییس"), ("علاء", "علا"), ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"), ("علی\u{200C}رضا", "علی رضا"), ("۱۳۷۰/٠٥", "1370 05"),
        ("ﻋﻠﻲ", "علی"), ("ﻻله", "لاله"), ("ﷲ", "الله"), ("خانۀ", "خانه"), ("پژمان گچ", "پژمان گچ"),
        ("\u{200F}حسین\u{200E}", "حسین"), ("رضا؛ نوری،", "رضا نوری"), ("ﯿ ﮏ", "ی ک"),
    ])
    func persianAndArabic(name: String, folded: String) {
        #expect(NameFolding.folded(name) == folded)
    }

    @Test func composedAndDecomposedTextFoldAlike() {
        let blocks: [ClosedRange<UInt32>] = [
            0xA0...0x24F, 0x370...0x3FF, 0x400...0x481, 0x600...0x6FF, 0x1E00...0x1FFF,
        ]
        for scalar in blocks.joined().lazy.compactMap(Unicode.Scalar.init) {
            // U+1FBD and its like decompose into spacing marks: separators either way.
            let text = "a" + String(scalar) + "b"
            let decomposed = text.decomposedStringWithCanonicalMapping
            #expect(
                NameFolding.folded(decomposed) == NameFolding.folded(text),
                "U+\(String(scalar.value, radix: 16))")
        }
    }

    @Test func upperCaseFoldsLikeLowerCase() {
        for scalar in (0x41...0x52F).lazy.compactMap({ Unicode.Scalar(UInt32($0)) }) {
            // The iota under a vowel is an accent that has an upper-case letter.
            guard scalar.value != 0x345 else { continue }
            let text = String(scalar)
            #expect(NameFolding.folded(text.uppercased()) == NameFolding.folded(text))
        }
    }

    @Test func everyCodePointFoldsToAFixedPoint() {
        for value in UInt32(0)...0x1_1000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = NameFolding.folded(String(scalar))
            #expect(NameFolding.folded(once) == once, "U+\(String(value, radix: 16))")
        }
    }

    @Test func anyBytesFold() {
        let seed: UInt64 = 20_261_121
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...24, using: &random)
            let bytes = (0..<length).map { _ in
                UInt8.random(in: 0...255, using: &random) | (Bool.random(using: &random) ? 0xC0 : 0)
            }
            var once: [UInt8] = [7]
            NameFolding.fold(bytes.span, into: &once)
            #expect(once[0] == 7)
            once.removeFirst()
            #expect(String(validating: once, as: UTF8.self) != nil, "seed \(seed): \(bytes)")
            #expect(once.first != 0x20 && once.last != 0x20)
            // The standard library repairs malformed text by the same rule.
            let repaired = NameFolding.folded(String(decoding: bytes, as: UTF8.self))
            #expect(Array(repaired.utf8) == once, "seed \(seed): \(bytes)")
            #expect(NameFolding.folded(repaired) == repaired)
        }
    }

    @Test func numbersKeepDigitsAndLetters() {
        func digits(_ text: String) -> String {
            var output: [UInt8] = []
            NameFolding.foldDigits(text.utf8.span, into: &output)
            return String(decoding: output, as: UTF8.self)
        }
        func alphanumerics(_ text: String) -> String {
            var output: [UInt8] = []
            NameFolding.foldAlphanumerics(text.utf8.span, into: &output)
            return String(decoding: output, as: UTF8.self)
        }
        #expect(digits("+56 (9) 8765-4321 ext. ۱٢") == "569876543211" + "2")
        #expect(digits("abc é") == "")
        #expect(alphanumerics(" kmc-819 708/ñé ") == "KMC819708NE")
        #expect(alphanumerics("۰۰۸۴۵۷۵۹۴۸") == "0084575948")
    }
}
