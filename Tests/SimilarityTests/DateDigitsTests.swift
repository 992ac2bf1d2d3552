import SeededTesting
import Similarity
import Testing

/// Differences of dates are what a look at their numbers says, one by one and sixteen at a time.
///
/// Method: literal dates, then random dates and their edits, whole columns of every length about the
/// width of the lanes, against a reference that works on years, months and days as numbers; all pairs of
/// years of five centuries.
@Suite struct DateDigitsTests {
    /// A date in numbers.
    struct Parts: CustomTestStringConvertible {
        var year: Int
        var month: Int
        var day: Int

        init(_ year: Int, _ month: Int, _ day: Int) {
            (self.year, self.month, self.day) = (year, month, day)
        }

        var digits: DateDigits {
            DateDigits(year: UInt32(year), month: UInt32(month), day: UInt32(day))
        }
        var testDescription: String { "\(year)-\(month)-\(day)" }
    }

    static let known: [(Parts, Parts, DateDigits.Difference)] = [
        (Parts(1980, 2, 11), Parts(1980, 2, 11), .none),
        (Parts(1980, 2, 11), Parts(1980, 11, 2), .exchange),
        (Parts(1980, 2, 11), Parts(1980, 2, 17), .digit),
        (Parts(1980, 2, 12), Parts(1980, 2, 21), .digit),
        (Parts(1980, 2, 9), Parts(1980, 2, 10), .digit),
        (Parts(1980, 2, 30), Parts(1980, 2, 29), .digit),
        (Parts(1980, 2, 11), Parts(1980, 2, 28), .part),
        (Parts(1980, 2, 11), Parts(1980, 9, 11), .digit),
        (Parts(1980, 3, 11), Parts(1980, 12, 11), .part),
        (Parts(1980, 2, 11), Parts(1990, 2, 11), .digit),
        (Parts(1980, 2, 11), Parts(1880, 2, 11), .digit),
        (Parts(1999, 2, 11), Parts(2000, 2, 11), .digit),
        (Parts(1900, 2, 11), Parts(1999, 2, 11), .part),
        (Parts(1900, 2, 11), Parts(1967, 2, 11), .part),
        (Parts(1980, 2, 11), Parts(1967, 2, 11), .part),
        (Parts(1980, 2, 11), Parts(1981, 2, 12), .several),
        (Parts(1980, 2, 11), Parts(1980, 3, 12), .several),
        (Parts(1980, 5, 5), Parts(1980, 6, 6), .several),
        (Parts(1357, 11, 22), Parts(1375, 11, 22), .digit),
    ]

    @Test(arguments: known)
    func knownDifferences(left: Parts, right: Parts, expected: DateDigits.Difference) {
        #expect(left.digits.difference(from: right.digits) == expected)
        #expect(right.digits.difference(from: left.digits) == expected)
        #expect(Self.reference(left, right) == expected)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func everyLaneEqualsTheReference(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for count in [0, 1, 15, 16, 17, 33, 1_000] {
            let date = randomDate(&generator)
            let others = (0..<count).map { _ in
                Int.random(in: 0..<8, using: &generator) == 0
                    ? randomDate(&generator) : edited(date, &generator)
            }
            check(date, others, "seed \(seed), \(count) dates")
        }
    }

    @Test func everyPairOfYearsEqualsTheReference() {
        let years = (1_750...2_250).map { Parts($0, 4, 30) }
        for year in years { check(year, years, "\(year)") }
    }

    private func check(_ date: Parts, _ others: [Parts], _ comment: Comment) {
        var column = DateColumn()
        for other in others { column.append(other.digits) }
        var differences = [DateDigits.Difference](repeating: .none, count: others.count)
        var span = differences.mutableSpan
        column.differences(of: date.digits, into: &span)
        let wrong = zip(others, differences).count { other, difference in
            let expected = Self.reference(date, other)
            return difference != expected
                || date.digits.difference(from: other.digits) != expected
        }
        #expect(wrong == 0, comment)
    }

    @Test func aMissingPlaceForADifferenceIsRefused() async {
        await #expect(processExitsWith: .failure) {
            var column = DateColumn()
            column.append(DateDigits(year: 1980, month: 2, day: 11))
            var differences: [DateDigits.Difference] = []
            var span = differences.mutableSpan
            column.differences(of: DateDigits(year: 1980, month: 2, day: 11), into: &span)
        }
    }

    private func randomDate(_ generator: inout SeededGenerator) -> Parts {
        // Months and days that no calendar has are written too.
        Parts(
            Int.random(in: 1_200..<2_200, using: &generator),
            Int.random(in: 1..<16, using: &generator), Int.random(in: 1..<32, using: &generator))
    }

    private func edited(_ date: Parts, _ generator: inout SeededGenerator) -> Parts {
        let other = randomDate(&generator)
        let years = [-100, -99, -67, -10, -9, -1, 1, 9, 10, 11, 67, 99, 100, 101]
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return Parts(date.year, date.day, date.month)
        case 1: return Parts(date.year, date.month, other.day)
        case 2: return Parts(date.year, other.month, date.day)
        case 3: return Parts(other.year, date.month, date.day)
        case 4:
            let step = years.randomElement(using: &generator) ?? 0
            return Parts(date.year + step, date.month, date.day)
        default: return date
        }
    }

    /// The difference by numbers and their decimal digits.
    private static func reference(_ left: Parts, _ right: Parts) -> DateDigits.Difference {
        let pairs = [(left.month, right.month), (left.day, right.day)]
        let differing = pairs.filter { $0.0 != $0.1 }
        if left.year != right.year {
            guard differing.isEmpty else { return .several }
            let distance = abs(left.year - right.year)
            let isOff =
                distance == 1 || distance % 100 == 0 || isOff(left.year % 100, right.year % 100)
            return isOff ? .digit : .part
        }
        switch differing.count {
        case 0: return .none
        case 1: return isOff(differing[0].0, differing[0].1) ? .digit : .part
        default:
            return left.month == right.day && left.day == right.month ? .exchange : .several
        }
    }

    /// Whether numbers of two digits differ in one of them, in their order, or by 1.
    private static func isOff(_ left: Int, _ right: Int) -> Bool {
        let (tens, ones, otherTens, otherOnes) = (left / 10, left % 10, right / 10, right % 10)
        return tens == otherTens || ones == otherOnes || tens == otherOnes && ones == otherTens
            || abs(left - right) == 1
    }
}
