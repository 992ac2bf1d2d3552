import Similarity
import Synthesis

/// Sets of letter pairs, sets of words, and numbers.
extension KernelBenchmark {
    /// Dice levels of each name's letter pairs with all others; the sum is of levels.
    static func grams(_ column: TextColumn) {
        let signatures = (0..<UInt32(column.count)).map { GramSignature(of: $0, in: column) }
        let thresholds: [Float] = [0.65, 0.8]
        var results = [UInt8](repeating: 0, count: column.count)
        report("gram signatures, Dice from 0.65", count: column.count * column.count) { stopwatch in
            var candidates = GramCandidates()
            var sum = 0.0
            stopwatch.time { candidates.pack(signatures.span) }
            for signature in signatures {
                stopwatch.time {
                    var span = results.mutableSpan
                    candidates.levels(
                        of: signature, thresholds: thresholds.span, measure: .dice, into: &span)
                }
                sum += total(results.span)
            }
            return sum
        }
    }

    /// The tokens that sets of up to eight share, each with all others.
    static func tokenSets() {
        var generator = RandomStream(seed: 3, domain: .benchmark, index: 0)
        let sets = (0..<2_000).compactMap { _ in
            let tokens = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                UInt32.random(in: 1...50, using: &generator)
            }
            return TokenSet(Set(tokens).sorted().span)
        }
        report("token sets of up to 8", count: sets.count * sets.count) { stopwatch in
            var sum = 0
            stopwatch.time {
                for left in sets {
                    for right in sets { sum &+= left.shared(with: right) }
                }
            }
            return Double(sum)
        }
    }

    /// Differences of nine-digit numbers, each with all others; the sum is of those that are one edit.
    static func digitStrings() {
        var generator = RandomStream(seed: 3, domain: .benchmark, index: 0)
        let numbers = (0..<2_000).compactMap { _ in
            let number = String(Int.random(in: 100_000_000..<100_010_000, using: &generator))
            return DigitString(utf8: number.utf8.span)
        }
        var results = [DigitString.Difference](repeating: .none, count: numbers.count)
        report("digit strings", count: numbers.count * numbers.count) { stopwatch in
            var sum = 0
            for number in numbers {
                stopwatch.time {
                    var span = results.mutableSpan
                    number.differences(from: numbers.span, into: &span)
                }
                for difference in results where difference != .none && difference != .several {
                    sum &+= 1
                }
            }
            return Double(sum)
        }
    }

    /// Differences of dates, each from all others; the sum is of those that share two parts or have
    /// day and month exchanged.
    static func dates() {
        var generator = RandomStream(seed: 3, domain: .benchmark, index: 0)
        var column = DateColumn()
        let dates = (0..<5_000).map { _ in
            DateDigits(
                year: UInt32.random(in: 1_930...2_025, using: &generator),
                month: UInt32.random(in: 1...12, using: &generator),
                day: UInt32.random(in: 1...28, using: &generator))
        }
        for date in dates { column.append(date) }
        var results = [DateDigits.Difference](repeating: .none, count: dates.count)
        let count = dates.count * dates.count
        report("dates, one to many", count: count) { stopwatch in
            var sum = 0
            for date in dates {
                stopwatch.time {
                    var span = results.mutableSpan
                    column.differences(of: date, into: &span)
                }
                for difference in results where difference != .several { sum &+= 1 }
            }
            return Double(sum)
        }
        report("dates, pairs", count: count) { stopwatch in
            var sum = 0
            for date in dates {
                stopwatch.time {
                    for (place, other) in dates.enumerated() {
                        results[place] = date.difference(from: other)
                    }
                }
                for difference in results where difference != .several { sum &+= 1 }
            }
            return Double(sum)
        }
    }
}
