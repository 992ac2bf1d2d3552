extension NameFolding {
    /// Appends the digits of a text as ASCII, whatever their script, and nothing else.
    package static func foldDigits(_ text: Span<UInt8>, into output: inout [UInt8]) {
        foldNumber(text, keepsLetters: false, into: &output)
    }

    /// Appends the ASCII digits and upper-case letters of an identifier, and nothing else.
    ///
    /// Accented and full-width letters count as their bases; letters of other scripts are kept.
    package static func foldAlphanumerics(_ text: Span<UInt8>, into output: inout [UInt8]) {
        foldNumber(text, keepsLetters: true, into: &output)
    }

    private static func foldNumber(
        _ text: Span<UInt8>, keepsLetters: Bool, into output: inout [UInt8]
    ) {
        let table = FoldingTable.shared
        output.append(addingCapacity: expansionMax * text.count) {
            (folded: inout OutputSpan<UInt8>) in
            var index = 0
            while index < text.count {
                let byte = text[index]
                if byte < 0x80 {
                    index += 1
                    if byte &- 0x30 < 10 {
                        folded.append(byte)
                    } else if keepsLetters, (byte | 0x20) &- 0x61 < 26 {
                        folded.append(byte & 0xDF)
                    }
                    continue
                }
                let codePoint = UTF8Decoding.next(in: text, at: &index)
                guard let entry = table.entry(of: codePoint) else { continue }
                let first = Int(entry.start)
                for place in first..<first + Int(entry.count) {
                    let byte = table.bytes[place]
                    if byte &- 0x30 < 10 {
                        folded.append(byte)
                    } else if keepsLetters {
                        folded.append(byte &- 0x61 < 26 ? byte & 0xDF : byte)
                    }
                }
            }
        }
    }
}
