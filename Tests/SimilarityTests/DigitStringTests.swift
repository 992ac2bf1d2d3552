import SeededTesting
import Similarity
import Testing

/// Differences of numbers are what the distance matrix and a look at the digits say.
///
/// Method: literal numbers, then random numbers and their edits of up to 32 digits, few and many
/// different ones, against the alignment matrix and counts made digit by digit.
@Suite struct DigitStringTests {
    static let known: [(String, String, DigitString.Difference)] = [
        ("0", "0", .none), ("12345678", "12345678", .none), ("12345678", "12354678", .exchange),
        ("12345678", "12345679", .substitution), ("12345678", "1234578", .insertion),
        ("1234567", "01234567", .insertion), ("7", "77", .insertion), ("11", "1", .insertion),
        ("12", "21", .exchange), ("123", "321", .several), ("1", "123", .several),
        ("0012", "12", .several), ("1", "2", .substitution), ("10", "01", .exchange),
    ]

    @Test(arguments: known)
    func knownDifferences(left: String, right: String, expected: DigitString.Difference) throws {
        let numbers = try (number(left), number(right))
        #expect(numbers.0.difference(from: numbers.1) == expected)
        #expect(numbers.1.difference(from: numbers.0) == expected)
        #expect(numbers.0.count == left.count)
    }

    @Test(arguments: ["", "12a", "٣", "-1", String(repeating: "1", count: 33)])
    func otherTextIsNoNumber(text: String) {
        let number = DigitString(utf8: text.utf8.span)
        #expect(number == nil)
    }

    @Test(arguments: [2, 9, 20, 32], [UInt64(1), 2])
    func everyDifferenceEqualsTheMatrix(digitsMax: Int, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &* 1_000 &+ UInt64(digitsMax))
        for _ in 0..<3_000 {
            let digits: ClosedRange<Int> = Bool.random(using: &generator) ? 0...9 : 0...1
            let length = Int.random(in: 1...digitsMax, using: &generator)
            let left = (0..<length).map { _ in Int.random(in: digits, using: &generator) }
            let right = edited(left, &generator)
            let numbers = try (number(left), number(right))
            let difference = numbers.0.difference(from: numbers.1)
            #expect(difference == expected(left, right), "seed \(seed): \(left) \(right)")
            let shared = zip(left, right).count { $0 == $1 }
            #expect(
                numbers.0.substitutions(from: numbers.1) == max(left.count, right.count) - shared)
            var differences = [DigitString.Difference.several]
            var span = differences.mutableSpan
            let others = [numbers.1]
            numbers.0.differences(from: others.span, into: &span)
            #expect(differences == [difference])
        }
    }

    private func number(_ text: String) throws -> DigitString {
        let number = DigitString(utf8: text.utf8.span)
        return try #require(number)
    }

    private func number(_ digits: [Int]) throws -> DigitString {
        try number(digits.map(String.init).joined())
    }

    /// Up to three edits of the kinds that are told apart.
    private func edited(_ digits: [Int], _ generator: inout SeededGenerator) -> [Int] {
        var digits = digits
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            let place = Int.random(in: 0..<digits.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0 where digits.count < DigitString.digitsMax: digits.insert(1, at: place)
            case 1 where digits.count > 1: digits.remove(at: place)
            case 2 where place + 1 < digits.count: digits.swapAt(place, place + 1)
            default: digits[place] = Int.random(in: 0...9, using: &generator)
            }
        }
        return digits
    }

    private func expected(_ left: [Int], _ right: [Int]) -> DigitString.Difference {
        let units = (left.map(UInt16.init), right.map(UInt16.init))
        switch OptimalStringAlignmentTests.matrix(units.0, units.1) {
        case 0: return .none
        case 1 where left.count != right.count: return .insertion
        case 1: return zip(left, right).count { $0 != $1 } == 1 ? .substitution : .exchange
        default: return .several
        }
    }
}
