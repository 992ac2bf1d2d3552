import SeededTesting
import Extracts
import Foundation
import Identity
import Testing

/// Reading in pieces on several threads finds what reading row by row finds.
///
/// Method: files of several blocks with line ends, quotes and damaged text everywhere, from a printed
/// seed, read both ways and compared row by row.
@Suite struct ExtractPieceTests {
    /// Keeps the records as they come.
    private struct Keeper: RecordTaker {
        var persons: [PersonRecord] = []

        mutating func take(_ person: PersonRecord) { persons.append(person) }
        mutating func takePiece() -> [PersonRecord] {
            defer { persons = [] }
            return persons
        }
    }

    private struct Row: Hashable {
        var id: String
        var source: String
        var line: Int
        var person: PersonRecord
    }

    private func inPieces(
        _ path: String, threads: Int
    ) throws -> (rows: [Row], rejected: [RejectedRow], pieces: Int) {
        var takers = (0..<(threads > 1 ? threads + 1 : 1)).map { _ in Keeper() }
        var (rows, rejected, pieces) = ([Row](), [RejectedRow](), 0)
        try ExtractReader(path: path, defaultSource: "south").forEachPiece(takers: &takers) {
            piece in
            #expect(piece.count == piece.taken.count)
            for row in 0..<piece.count {
                rows.append(
                    Row(
                        id: piece.recordID(of: row),
                        source: piece.sourceNames[Int(piece.sources[row])],
                        line: piece.lineNumber(of: row), person: piece.taken[row]))
            }
            rejected += piece.rejected
            pieces += 1
        }
        #expect(takers.count == (threads > 1 ? threads + 1 : 1))
        return (rows, rejected, pieces)
    }

    private func rowByRow(_ path: String) throws -> (rows: [Row], rejected: [RejectedRow]) {
        var reader = try ExtractReader(path: path, defaultSource: "south")
        var (rows, rejected) = ([Row](), [RejectedRow]())
        while let batch = try reader.nextBatch(rowsMax: 1_000) {
            rows += batch.rows.map {
                Row(id: $0.recordID, source: $0.source, line: $0.lineNumber, person: $0.person)
            }
            rejected += batch.rejected
        }
        return (rows, rejected)
    }

    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".csv"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func compare(_ bytes: [UInt8], _ note: Comment, piecesMin: Int) throws {
        try withFile(bytes) { path in
            let expected = try rowByRow(path)
            for threads in 1...3 {
                let found = try inPieces(path, threads: threads)
                #expect(found.rows == expected.rows, note)
                #expect(found.rejected == expected.rejected, note)
                #expect(found.pieces >= piecesMin, note)
            }
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 1, 2, 3])
    func anyTextIsReadTheSame(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        // With and without record ids, and sometimes with text that is not UTF-8.
        let header = ["id,source,given,family\n", "given,family,source,x\n"][Int(seed % 2)]
        let latin = seed % 3 != 0 ? [0xF1] : Array("ñ".utf8)
        let alphabet = [Array("ab".utf8), Array(" \"".utf8), Array("\n".utf8), latin]
        var bytes = Array(header.utf8)
        while bytes.count < 1_200_000 {
            for column in 0..<4 {
                if column > 0 { bytes += Array(",".utf8) }
                let isQuoted = Int.random(in: 0..<3, using: &random) == 0
                if isQuoted { bytes += Array("\"".utf8) }
                for _ in 0..<Int.random(in: 0..<30, using: &random) {
                    let choice = Int.random(in: 0..<(isQuoted ? 60 : 50), using: &random)
                    bytes +=
                        choice > 56
                        ? alphabet[2]
                        : choice > 53
                            ? Array("\"\"".utf8)
                            : choice == 7 && column > 1 ? alphabet[3] : alphabet[0]
                }
                if isQuoted { bytes += Array("\"".utf8) }
            }
            bytes += Array("\n".utf8)
            if Int.random(in: 0..<2_000, using: &random) == 0 { bytes += Array("9,\"open".utf8) }
        }
        try compare(bytes, "seed \(seed)", piecesMin: 4)
    }

    @Test func encodingIsThatOfTheFileSoFar() throws {
        var bytes = Array("id,given\n".utf8)
        for row in 0..<60_000 {
            bytes += Array("\(row),Mu".utf8)
            // Damaged text before and behind the first that is UTF-8.
            if row % 50 == 0 { bytes += [0xF1] }
            bytes += Array(row == 35_000 ? "ñoz\n".utf8 : "oz\n".utf8)
        }
        try compare(bytes, "one line in UTF-8", piecesMin: 2)
    }

    @Test func longFieldsAndLinesAreRejectedTheSame() throws {
        let long = String(repeating: "x", count: ExtractLimits.rowBytesMax)
        let longer = String(repeating: "y\n", count: 5 * ExtractLimits.rowBytesMax)
        let lines = (0..<2_000).map { "\($0),north,Ana,Soto\n" }.joined()
        for row in ["2,\"\(long)", "2,\(long),\(long),", "2,\"\(long)\",,", "2,\"\(longer)\",,"] {
            let bytes = Array("id,source,given,family\n\(lines)\(row)\n\(lines)".utf8)
            try withFile(bytes) { path in
                let alone = try inPieces(path, threads: 1)
                let together = try inPieces(path, threads: 2)
                #expect(alone.rows == together.rows && alone.rejected == together.rejected)
                #expect(alone.rows.count == 4_000 && !alone.rejected.isEmpty)
            }
        }
    }

    @Test(arguments: ["id,given", "id,given\n", "id,given\n\n\n", "id,given\n1,Ana"])
    func filesOfNextToNothing(text: String) throws {
        try compare(Array(text.utf8), "\(text)", piecesMin: 0)
    }

    @Test(arguments: [1, 2])
    func anErrorOfTheTakerEndsReading(threads: Int) throws {
        struct Enough: Error {}
        var bytes = Array("id,given\n".utf8)
        for row in 0..<200_000 { bytes += Array("\(row),Ana\n".utf8) }
        try withFile(bytes) { path in
            var takers = (0...threads).map { _ in Keeper() }
            #expect(throws: Enough.self) {
                try ExtractReader(path: path).forEachPiece(takers: &takers) { _ in throw Enough() }
            }
            #expect(takers.count == threads + 1)
        }
    }
}
