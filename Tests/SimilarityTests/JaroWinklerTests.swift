import SeededTesting
import Similarity
import Testing

/// Jaro-Winkler of a pair gives published values and the bits of the reference.
///
/// Method: literal expectations from Winkler's papers, then random pairs of several scripts and
/// lengths, compared bit by bit with a reference written as the definition reads.
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
            let similarity = JaroWinkler.similarity(
                rows.0, in: column, rows.1, in: column, measure: measure)
            #expect(similarity == expected)
        }
    }

    @Test(arguments: [1, 4, 8, 9, 16, 17, 40, 70], [UInt64(1), 2, 3])
    func everyPairEqualsTheReference(lengthMax: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed &* 1_000 &+ UInt64(lengthMax))
        var column = TextColumn()
        for _ in 0..<200 {
            let text = randomText(lengthMax: lengthMax, &generator)
            column.append(text)
            column.append(edited(text, edits: 2, &generator))
        }
        let rows = 0..<UInt32(column.count)
        var wrong = 0
        for _ in 0..<5_000 {
            let left = UInt32.random(in: rows, using: &generator)
            // Half of them neighbours, which are edits of one value.
            let right =
                Bool.random(using: &generator) ? left ^ 1 : .random(in: rows, using: &generator)
            for measure in [JaroWinkler.Measure.jaro, .jaroWinkler] {
                let expected = JaroReference.similarity(
                    column.units(of: left), column.units(of: right),
                    winkler: measure == .jaroWinkler)
                let found = JaroWinkler.similarity(
                    left, in: column, right, in: column, measure: measure)
                if found.bitPattern != expected.bitPattern { wrong += 1 }
            }
        }
        #expect(wrong == 0, "seed \(seed), values up to \(lengthMax)")
    }

    @Test func aRowOutsideItsColumnIsRefused() async {
        await #expect(processExitsWith: .failure) {
            var column = TextColumn()
            column.append("a")
            _ = JaroWinkler.similarity(0, in: column, 1, in: column)
        }
    }
}
