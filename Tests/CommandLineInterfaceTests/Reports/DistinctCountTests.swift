import Testing

@testable import CommandLineInterface

/// Counts of different values are exact while few and close when many.
///
/// Method: known numbers of values, counted whole and in parts.
@Suite struct DistinctCountTests {
    private func count(_ values: Range<Int>) -> DistinctCount {
        var count = DistinctCount()
        for value in values {
            let text = Array("value \(value)".utf8)
            count.insert(DistinctCount.hash(text.span))
            count.insert(DistinctCount.hash(text.span))
        }
        return count
    }

    @Test(arguments: [0, 1, 7, 4_096])
    func fewAreExact(number: Int) {
        let counted = count(0..<number)
        #expect(counted.isExact)
        #expect(counted.count == number)
    }

    @Test(arguments: [4_097, 9_000, 20_000, 300_000])
    func manyAreClose(number: Int) {
        let counted = count(0..<number)
        #expect(!counted.isExact)
        #expect(abs(Double(counted.count) / Double(number) - 1) < 0.06, "\(counted.count)")
    }

    @Test(arguments: [(100, 50), (6_000, 3_000), (3_000, 1_000)])
    func unionsCountEachValueOnce(number: Int, shared: Int) {
        var left = count(0..<number)
        left.formUnion(count(number - shared..<2 * number - shared))
        let expected = Double(2 * number - shared)
        #expect(abs(Double(left.count) / expected - 1) < 0.06, "\(left.count)")
    }
}
