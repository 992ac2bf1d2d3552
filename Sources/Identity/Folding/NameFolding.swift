/// Folding of names, addresses and numbers to the form that matching compares.
///
/// Two spellings of one name that differ in case, accents, script variants or punctuation fold to
/// the same bytes. Folding is idempotent, does not depend on whether text came composed or
/// decomposed, and accepts any bytes.
///
/// - Latin: lower case without accents; ß is ss, æ ae, œ oe, ø o, ł l, đ and ð d, þ th, ə e.
/// - Greek and Cyrillic: lower case without accents. Other scripts: lower case.
/// - Arabic script: Persian forms (ی ک ه و ا), for the larger part of what arrives is Persian and
///   Unicode's own normal forms unify nothing here. Vowel signs, tatweel and hamza are dropped;
///   presentation forms become their letters. The zero-width non-joiner is a space, so that
///   علی‌رضا reads like علی رضا, just as Jean-Luc reads like Jean Luc.
/// - Digits of every script are ASCII digits.
/// - Apostrophes, hyphens, dots and all other separators become one space, never at the ends.
/// - Control, bidi and other invisible characters are dropped.
/// - Malformed UTF-8 and U+FFFD stay as U+FFFD: one lost letter is one edit, not a new word.
package enum NameFolding {
    /// The largest growth of a text by folding: one malformed byte becomes the three of U+FFFD.
    package static let expansionMax = 3

    /// Appends the folded form of UTF-8 text.
    package static func fold(_ text: Span<UInt8>, into output: inout [UInt8]) {
        let table = FoldingTable.shared
        output.append(addingCapacity: expansionMax * text.count) {
            (folded: inout OutputSpan<UInt8>) in
            var wordEnded = false
            var index = 0
            while index < text.count {
                let byte = text[index]
                let lower = byte | 0x20
                if lower &- 0x61 < 26 || byte &- 0x30 < 10 {
                    if wordEnded { folded.append(0x20) }
                    wordEnded = false
                    // Setting the bit of lower case leaves a digit what it is.
                    folded.append(lower)
                    index += 1
                    continue
                }
                let codePoint = UTF8Decoding.next(in: text, at: &index)
                guard let entry = table.entry(of: codePoint) else {
                    if wordEnded { folded.append(0x20) }
                    wordEnded = false
                    append(codePoint, to: &folded)
                    continue
                }
                if entry.isSeparator {
                    wordEnded = folded.count > 0
                } else if entry.count > 0 {
                    if wordEnded { folded.append(0x20) }
                    wordEnded = false
                    let first = Int(entry.start)
                    for place in first..<first + Int(entry.count) {
                        folded.append(table.bytes[place])
                    }
                }
            }
        }
    }

    /// The folded form of a string; for single values, not for columns.
    package static func folded(_ text: String) -> String {
        var output: [UInt8] = []
        fold(text.utf8.span, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends the UTF-8 form of a code point above U+07FF.
    private static func append(_ codePoint: UInt32, to folded: inout OutputSpan<UInt8>) {
        if codePoint < 0x1_0000 {
            folded.append(UInt8(0xE0 | codePoint >> 12))
        } else {
            folded.append(UInt8(0xF0 | codePoint >> 18))
            folded.append(UInt8(0x80 | codePoint >> 12 & 0x3F))
        }
        folded.append(UInt8(0x80 | codePoint >> 6 & 0x3F))
        folded.append(UInt8(0x80 | codePoint & 0x3F))
    }
}
