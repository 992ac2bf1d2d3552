import SeededTesting
import Similarity
import Testing

/// One value against many gives the bits of the reference, and levels that a comparison of scores gives.
///
/// Method: random values of several scripts and lengths that meet each lane width, their order
/// shuffled, compared bit by bit with the scalar reference; thresholds that meet and miss scores exactly.
@Suite struct JaroProbeTests {
    @Test(arguments: [1, 4, 8, 9, 16, 17, 33, 70], [UInt64(1), 2])
    func everyLaneEqualsTheReference(lengthMax: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed &* 1_000 &+ UInt64(lengthMax))
        let (column, rows) = values(lengthMax: lengthMax, count: 100, &generator)
        var candidates = CandidateLanes()
        var probe = JaroProbe()
        for count in [0, 1, 31, 33, rows.count] {
            let rows = Array(rows.shuffled(using: &generator).prefix(count))
            candidates.pack(rows.span, of: column)
            for measure in [JaroWinkler.Measure.jaro, .jaroWinkler] {
                let wrong = differences(
                    rows, column, candidates, &probe, measure, thresholds: [0.6, 0.75, 0.85, 0.93])
                #expect(wrong == 0, "seed \(seed), values up to \(lengthMax), \(count) packed")
            }
        }
    }

    @Test func valuesBeyondTheSymbolsAreCompared() {
        var generator = SeededGenerator(seed: 4)
        var column = TextColumn()
        var rows: [UInt32] = []
        for _ in 0..<300 {
            let length = Int.random(in: 0...20, using: &generator)
            let letters = (0..<length).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0x4E00..<0x4F00, using: &generator) + 0x30)
            }
            rows.append(column.append(String(String.UnicodeScalarView(letters))))
        }
        var candidates = CandidateLanes()
        var probe = JaroProbe()
        candidates.pack(rows.span, of: column)
        let wrong = differences(
            rows, column, candidates, &probe, .jaroWinkler, thresholds: [0.4, 0.8])
        #expect(wrong == 0)
        // What is packed next has symbols of its own.
        let others = rows.filter { $0 % 3 == 0 }
        candidates.pack(others.span, of: column)
        let wrongNext = differences(
            others, column, candidates, &probe, .jaroWinkler, thresholds: [0.4, 0.8])
        #expect(wrongNext == 0)
    }

    @Test func aMissingPlaceForAResultIsRefused() async {
        await #expect(processExitsWith: .failure) {
            var column = TextColumn()
            let rows = [column.append("a"), column.append("b")]
            var candidates = CandidateLanes()
            candidates.pack(rows.span, of: column)
            var probe = JaroProbe()
            var results: [Float] = [0]
            var span = results.mutableSpan
            probe.similarities(of: 0, in: column, with: candidates, into: &span)
        }
    }

    @Test func thresholdsMetExactlyAreReached() {
        // 0.7 exactly, MARTHA's published value, and equal values.
        let scores: [(String, String, Float)] = [
            ("ABCDE", "ABCXYZ", 0.7), ("MARTHA", "MARHTA", 0.96111111), ("ÑANDÚ", "ÑANDÚ", 1),
            ("", "", 1), ("", "A", 0), ("A", "", 0), ("🙂", "🙂", 1),
            (String(repeating: "a", count: 10_000), String(repeating: "a", count: 10_000), 1),
            ("e\u{301}", "e\u{301}", 1), ("محمد", "محمود", 0.95333333),
        ]
        for (left, right, score) in scores {
            var column = TextColumn()
            let rows = [column.append(right)]
            let row = column.append(left)
            var candidates = CandidateLanes()
            var probe = JaroProbe()
            candidates.pack(rows.span, of: column)
            var results: [Float] = [-1]
            var span = results.mutableSpan
            probe.similarities(of: row, in: column, with: candidates, into: &span)
            #expect(results == [score], "\(left.prefix(10))")
            let thresholds = [score.nextDown, score, score.nextUp]
            var levels: [UInt8] = [9]
            var levelSpan = levels.mutableSpan
            probe.levels(
                of: row, in: column, with: candidates, thresholds: thresholds.span,
                into: &levelSpan)
            #expect(levels == [2], "\(left.prefix(10))")
        }
    }

    /// Random values with an edited neighbour each.
    private func values(
        lengthMax: Int, count: Int, _ generator: inout SeededGenerator
    ) -> (TextColumn, [UInt32]) {
        var column = TextColumn()
        var rows: [UInt32] = []
        for _ in 0..<count {
            let text = randomText(lengthMax: lengthMax, &generator)
            rows.append(column.append(text))
            rows.append(column.append(edited(text, edits: 2, &generator)))
        }
        return (column, rows)
    }

    /// Results that are not the reference's, every value of the column against the packed rows.
    private func differences(
        _ rows: [UInt32], _ column: TextColumn, _ candidates: CandidateLanes,
        _ probe: inout JaroProbe, _ measure: JaroWinkler.Measure, thresholds: [Float]
    ) -> Int {
        let units = (0..<UInt32(column.count)).map(column.units(of:))
        var wrong = 0
        var results = [Float](repeating: -1, count: rows.count)
        var levels = [UInt8](repeating: 99, count: rows.count)
        for row in 0..<UInt32(column.count) {
            var span = results.mutableSpan
            probe.similarities(
                of: row, in: column, with: candidates, measure: measure, into: &span)
            var levelSpan = levels.mutableSpan
            probe.levels(
                of: row, in: column, with: candidates, thresholds: thresholds.span,
                measure: measure, into: &levelSpan)
            for (index, other) in rows.enumerated() {
                let expected = JaroReference.similarity(
                    units[Int(row)], units[Int(other)], winkler: measure == .jaroWinkler)
                if results[index].bitPattern != expected.bitPattern { wrong += 1 }
                if Int(levels[index]) != thresholds.count(where: { expected >= $0 }) { wrong += 1 }
            }
        }
        return wrong
    }
}
