import SeededTesting
import Similarity
import Testing

/// Bounded distances are those of the matrix, cut off above the bound.
///
/// Method: literal distances, then random values and their edits of several scripts and lengths, by each
/// path, against the dynamic programme as it is defined.
@Suite struct OptimalStringAlignmentTests {
    static let known: [(String, String, Int)] = [
        ("", "", 0), ("", "AB", 2), ("A", "", 1), ("MARIA", "MARIA", 0), ("MARIA", "MAIRA", 1),
        ("PEREZ", "PERES", 1), ("GONZALEZ", "GONSALES", 2), ("CA", "ABC", 3), ("MAR", "ROSA", 4),
        ("ab", "ba", 1), ("🙂é", "é🙂", 1), ("محمد", "محمود", 1), ("abcdefgh", "badcfegh", 3),
        ("e\u{301}", "e", 1),
        (String(repeating: "a", count: 10_000), String(repeating: "a", count: 63), 1),
    ]

    @Test(arguments: known)
    func knownDistances(left: String, right: String, expected: Int) {
        var column = TextColumn()
        let rows = [column.append(left), column.append(right)]
        for bound in 1...3 {
            let wrong = differences(rows, column, bound: bound) { $0 == $1 ? 0 : expected }
            #expect(wrong == 0, "bound \(bound)")
        }
    }

    @Test(arguments: [3, 8, 12, 16, 17, 30, 64], [UInt64(1), 2])
    func everyPathEqualsTheMatrix(lengthMax: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed &* 1_000 &+ UInt64(lengthMax))
        var column = TextColumn()
        var rows: [UInt32] = []
        for _ in 0..<50 {
            let text = randomText(lengthMax: lengthMax, &generator)
            rows.append(column.append(text))
            for edits in 1...3 {
                rows.append(column.append(edited(text, edits: edits, &generator)))
            }
        }
        rows.shuffle(using: &generator)
        let units = (0..<UInt32(column.count)).map(column.units(of:))
        let bound = Int.random(in: 1...3, using: &generator)
        let wrong = differences(rows, column, bound: bound) { Self.matrix(units[$0], units[$1]) }
        #expect(wrong == 0, "seed \(seed), values up to \(lengthMax), bound \(bound)")
    }

    /// Results that differ from `expected`, by both paths, of all rows against all.
    private func differences(
        _ rows: [UInt32], _ column: TextColumn, bound: Int, _ expected: (Int, Int) -> Int
    ) -> Int {
        var candidates = CandidateLanes()
        candidates.pack(rows.span, of: column)
        var distances = [UInt8](repeating: 99, count: rows.count)
        var wrong = 0
        for row in rows {
            var span = distances.mutableSpan
            OptimalStringAlignment.distances(
                of: row, in: column, with: candidates, bound: bound, into: &span)
            for (index, other) in rows.enumerated() {
                let cut = UInt8(min(expected(Int(row), Int(other)), bound + 1))
                let single = OptimalStringAlignment.distance(
                    row, in: column, other, in: column, bound: bound)
                if distances[index] != cut { wrong += 1 }
                if single != cut { wrong += 1 }
            }
        }
        return wrong
    }

    /// The distance by its recurrence.
    static func matrix(_ left: [UInt16], _ right: [UInt16]) -> Int {
        var rows = [[Int]](
            repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for place in 0...right.count { rows[0][place] = place }
        for index in 0..<left.count {
            rows[index + 1][0] = index + 1
            for place in 0..<right.count {
                var best = min(rows[index][place + 1], rows[index + 1][place]) + 1
                best = min(best, rows[index][place] + (left[index] == right[place] ? 0 : 1))
                if index > 0, place > 0, left[index] == right[place - 1],
                    left[index - 1] == right[place]
                {
                    best = min(best, rows[index - 1][place - 1] + 1)
                }
                rows[index + 1][place + 1] = best
            }
        }
        return rows[left.count][right.count]
    }
}
