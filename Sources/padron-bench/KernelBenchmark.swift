import Foundation
import Similarity

/// Pairs a second and sums of the kernels over a list of distinct names, all against all.
///
/// The sum is over the ordered pairs, as `cdist` of rapidfuzz gives it on the same list, so that answers
/// can be compared and not speeds alone.
enum KernelBenchmark {
    static let entry = Benchmark(
        name: "kernels", usage: "[--names FILE] [--write-names FILE]",
        summary: "name kernels on one core: million pairs a second, and the sum of the results",
        run: run)

    /// Runs of each kernel, of which the fastest counts.
    private static let roundsMax = 3

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let names = try names(options)
        if let path = options["--write-names"] {
            do {
                try names.joined(separator: "\n").write(
                    toFile: path, atomically: true, encoding: .utf8)
            } catch {
                throw BenchmarkError(message: "could not write \(path)", status: 1)
            }
        }
        var column = TextColumn()
        for name in names { column.append(name) }
        print("\(column.count) names, \(column.byteCount / max(1, column.count)) bytes each")
        for measure in [JaroWinkler.Measure.jaro, .jaroWinkler] {
            oneAgainstMany(column, measure)
        }
        levels(column)
        distances(column)
        grams(column)
        tokenSets()
        digitStrings()
        dates()
    }

    private static func names(_ options: BenchmarkOptions) throws(BenchmarkError) -> [String] {
        guard let path = options["--names"] else { return GeneratedNames.make(count: 5_000) }
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return text.split(separator: "\n").map(String.init)
        } catch {
            throw BenchmarkError(message: "could not read \(path)", status: 1)
        }
    }

    /// Prints the fastest of a few rounds with the sum of the results, which is not timed.
    static func report(_ name: String, count: Int, _ work: (inout Stopwatch) -> Double) {
        var fastest = Double.infinity
        var sum = 0.0
        for _ in 0..<roundsMax {
            var stopwatch = Stopwatch()
            sum = work(&stopwatch)
            fastest = min(fastest, stopwatch.elapsed / .seconds(1))
        }
        let rate = Double(count) / fastest / 1e6
        let padded = name.padding(toLength: 32, withPad: " ", startingAt: 0)
        print("\(padded) \(String(format: "%7.1f million pairs/s, sum %.3f", rate, sum))")
    }

    /// The sum of the results, in double precision so that its rounding does not matter.
    static func total(_ values: Span<Float>) -> Double {
        var sum = 0.0
        for index in values.indices { sum += Double(values[index]) }
        return sum
    }

    /// The sum of levels or distances.
    static func total(_ values: Span<UInt8>) -> Double {
        var sum = 0
        for index in values.indices { sum &+= Int(values[index]) }
        return Double(sum)
    }
}

/// Adds up the processor time of the calls that count, which other work of the machine does not change.
struct Stopwatch {
    private(set) var elapsed = Duration.zero

    mutating func time(_ work: () -> Void) {
        let start = Self.now()
        work()
        elapsed += Self.now() - start
    }

    private static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
