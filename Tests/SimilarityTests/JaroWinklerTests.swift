import Similarity
import Testing

/// Jaro-Winkler gives published values, and every path gives the bits of the reference.
///
/// Method: literal expectations from Winkler's papers, then random pairs of several scripts and of
/// lengths that meet each kernel, compared bit by bit with a scalar reference.
@Suite struct JaroWinklerTests {
    static let published: [(String, String, Float, Float)] = [
        ("MARTHA", "MARHTA", 0.94444444, 0.96111111),
        ("DIXON", "DICKSONX", 0.76666667, 0.81333333),
        ("DWAYNE", "DUANE", 0.82222222, 0.84),
        ("JONES", "JOHNSON", 0.79047619, 0.83238095),
        ("", "", 1, 1),
        ("", "A", 0, 0),
        ("A", "", 0, 0),
        ("A", "A", 1, 1),
        ("A", "B", 0, 0),
        ("AB", "BA", 0, 0),
        ("ABCD", "EFGH", 0, 0),
        // Exactly 0.7 is not above 0.7: no boost for the common prefix.
        ("ABCDE", "ABCXYZ", 0.7, 0.7),
    ]

    @Test(arguments: published)
    func publishedValues(left: String, right: String, jaro: Float, jaroWinkler: Float) {
        var column = TextColumn()
        let rows = (column.append(left), column.append(right))
        for (measure, expected) in [
            (JaroWinkler.Measure.jaro, jaro), (JaroWinkler.Measure.jaroWinkler, jaroWinkler),
        ] {
            let scalar = JaroWinkler.similarity(
                rows.0, in: column, rows.1, in: column, measure: measure)
            #expect(scalar == expected)
            let lefts = [rows.0]
            let rights = [rows.1]
            var result: [Float] = [-1]
            var span = result.mutableSpan
            JaroWinkler.similarities(
                left: lefts.span, right: rights.span, leftColumn: column, rightColumn: column,
                measure: measure, into: &span)
            #expect(result == [expected])
        }
    }

    @Test(arguments: [1, 4, 8, 9, 16, 17, 40, 70], [UInt64(1), 2, 3])
    func everyPathEqualsTheReference(lengthMax: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed &* 1_000 &+ UInt64(lengthMax))
        var column = TextColumn()
        for _ in 0..<200 {
            let text = randomText(lengthMax: lengthMax, &generator)
            column.append(text)
            column.append(edited(text, edits: 2, &generator))
        }
        let pairs = PairSample(column: column, count: 5_003, &generator)
        var grader = JaroPairGrader()
        let thresholds: [Float] =
            [[0.3, 0.7], [0.75, 0.85, 0.93]].randomElement(
                using: &generator) ?? []
        for measure in [JaroWinkler.Measure.jaro, .jaroWinkler] {
            var results = [Float](repeating: -1, count: pairs.left.count)
            var span = results.mutableSpan
            JaroWinkler.similarities(
                left: pairs.left.span, right: pairs.right.span, leftColumn: column,
                rightColumn: column, measure: measure, into: &span)
            var levels = [UInt8](repeating: 99, count: pairs.left.count)
            var levelSpan = levels.mutableSpan
            grader.levels(
                left: pairs.left.span, right: pairs.right.span, leftColumn: column,
                rightColumn: column, thresholds: thresholds.span, measure: measure,
                into: &levelSpan)
            var wrong = 0
            for index in pairs.left.indices {
                let expected = JaroReference.similarity(
                    column.units(of: pairs.left[index]), column.units(of: pairs.right[index]),
                    winkler: measure == .jaroWinkler)
                let scalar = JaroWinkler.similarity(
                    pairs.left[index], in: column, pairs.right[index], in: column,
                    measure: measure)
                if results[index].bitPattern != expected.bitPattern { wrong += 1 }
                if scalar.bitPattern != expected.bitPattern { wrong += 1 }
                if Int(levels[index]) != thresholds.count(where: { expected >= $0 }) { wrong += 1 }
            }
            #expect(wrong == 0, "seed \(seed), values up to \(lengthMax)")
        }
    }

    @Test func aCallMayHaveNoPairs() {
        var results: [Float] = []
        var span = results.mutableSpan
        let none: [UInt32] = []
        JaroWinkler.similarities(
            left: none.span, right: none.span, leftColumn: TextColumn(),
            rightColumn: TextColumn(), into: &span)
        #expect(results.isEmpty)
    }

    @Test func aRowOutsideItsColumnIsRefused() async {
        await #expect(processExitsWith: .failure) {
            var column = TextColumn()
            column.append("a")
            let lefts: [UInt32] = [0]
            let rights: [UInt32] = [1]
            var results: [Float] = [0]
            var span = results.mutableSpan
            JaroWinkler.similarities(
                left: lefts.span, right: rights.span, leftColumn: column, rightColumn: column,
                into: &span)
        }
    }
}

/// Random pairs of rows, half of them neighbours, which are edits of one value.
struct PairSample {
    var left: [UInt32] = []
    var right: [UInt32] = []

    init(column: TextColumn, count: Int, _ generator: inout SeededGenerator) {
        for _ in 0..<count {
            let row = UInt32.random(in: 0..<UInt32(column.count), using: &generator)
            left.append(row)
            right.append(
                Bool.random(using: &generator)
                    ? row ^ 1 : UInt32.random(in: 0..<UInt32(column.count), using: &generator))
        }
    }
}
