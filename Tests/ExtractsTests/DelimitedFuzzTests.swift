import SeededTesting
import Extracts
import Foundation
import Testing

/// Whatever rows are written, and however the file comes in pieces, the same values are read.
///
/// Method: random values, quotes where they need not be and pipes that deliver a few bytes at a time,
/// all from a printed seed; then random bytes, of which each is in a row, rejected or blank.
@Suite struct DelimitedFuzzTests {
    /// Reads all rows of a file whose bytes arrive in pieces of random sizes.
    private func rows(
        of bytes: [UInt8], _ random: inout SeededGenerator
    ) throws -> (rows: [[String]], malformed: Int) {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...3_000, using: &random))
            pieces.append(piece)
            rest = rest.dropFirst(piece.count)
        }
        let pipe = Pipe()
        let writer = Thread { [pieces] in
            for piece in pieces { try? pipe.fileHandleForWriting.write(contentsOf: piece) }
            try? pipe.fileHandleForWriting.close()
        }
        writer.start()
        var reader = try DelimitedReader.opened(
            path: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
        var rows = [reader.header]
        var malformed = 0
        while true {
            switch try reader.next() {
            case .end: return (rows, malformed)
            case .malformed: malformed += 1
            case .row: rows.append((0..<reader.fieldCount).map { reader.text(at: $0) })
            }
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 1, 2, 3, 4])
    func writtenRowsAreRead(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let separator = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
        let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
        let alphabet = Array("abcdefgh ,;|\t\"ñçن").map(String.init) + ["\n", "\r\n", "\"\""]
        var expected = [["a", "b", "c"]]
        var text = "a\(separator)b\(separator)c"
        for _ in 0..<3_000 {
            let row = (0..<3).map { column in
                let count = Int.random(in: column == 0 ? 1...4 : 0...20, using: &random)
                let value = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? "" }
                return (column == 0 ? "x" : "")
                    + value.joined().trimmingCharacters(in: .whitespacesAndNewlines)
            }
            expected.append(row)
            let written = row.map { value in
                let needsQuotes = value.unicodeScalars.contains {
                    "\n\r\"\(separator)".unicodeScalars.contains($0)
                }
                let blanks = String(repeating: " ", count: Int.random(in: 0...2, using: &random))
                guard needsQuotes || Bool.random(using: &random) else { return blanks + value }
                return blanks + "\"" + value.replacingOccurrences(of: "\"", with: "\"\"") + "\""
                    + blanks
            }
            text += lineEnd + written.joined(separator: separator)
        }
        let result = try rows(of: Array(text.utf8), &random)
        #expect(result.malformed == 0, "seed \(seed)")
        #expect(result.rows == expected, "seed \(seed)")
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 5, 6, 7, 8])
    func randomBytesAreSurvived(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("a,\"\n\r ".utf8) + [0xC3, 0xB1, 0xFF]
        let bytes = (0..<100_000).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        let header = Array("a,b\n".utf8)
        let once = try rows(of: header + bytes, &random)
        let again = try rows(of: header + bytes, &random)
        #expect(once.rows == again.rows && once.malformed == again.malformed, "seed \(seed)")
        #expect(once.rows.count > 1_000 && once.malformed > 1_000, "seed \(seed)")
    }
}
