import Foundation
import Similarity

/// Pairs a second and sums of the kernels over a list of distinct names, all against all.
///
/// The sum is over the ordered pairs, as `cdist` of rapidfuzz gives it on the same list, so that answers
/// can be compared and not speeds alone.
enum KernelBenchmark {
    static let entry = Benchmark(
        name: "kernels", usage: "[--names FILE] [--write-names FILE] [--peers FOLDER]",
        summary: "kernels on one core: million pairs a second, sum of results, beside rapidfuzz",
        run: run)

    /// Runs of each kernel, of which the fastest counts.
    private static let roundsMax = 3

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let names = try names(options)
        if let path = options["--write-names"] { try write(names, to: path) }
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
        try compareWithPeer(names, column, options)
    }

    /// Writes names, one a line.
    static func write(_ names: [String], to path: String) throws(BenchmarkError) {
        do {
            try names.joined(separator: "\n").write(
                toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw BenchmarkError(message: "could not write \(path)", status: 1)
        }
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

    /// How fast a kernel is, and what its results add up to.
    struct Rate {
        var millionPairs: Double
        var sum: Double
    }

    /// Prints the fastest of a few rounds with the sum of the results, which is not timed.
    @discardableResult
    static func report(_ name: String, count: Int, _ work: (inout Stopwatch) -> Double) -> Rate {
        var fastest = Double.infinity
        var sum = 0.0
        for _ in 0..<roundsMax {
            var stopwatch = Stopwatch()
            sum = work(&stopwatch)
            fastest = min(fastest, stopwatch.elapsed / .seconds(1))
        }
        let rate = Rate(millionPairs: Double(count) / fastest / 1e6, sum: sum)
        let padded = name.padding(toLength: 32, withPad: " ", startingAt: 0)
        let figures = String(
            format: "%7.1f million pairs/s, sum %.3f", rate.millionPairs, rate.sum)
        print("\(padded) \(figures)")
        return rate
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
