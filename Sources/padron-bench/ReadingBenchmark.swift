import Extracts
import Foundation
import Identity
import Linkage

/// Rows a second of each step between a file and the engine, on one core.
///
/// Each line contains the steps above it, so that a step's own cost is the difference.
enum ReadingBenchmark {
    static let entry = Benchmark(
        name: "reading", usage: "[--extract FILE]",
        summary: "an extract's rows, records, ids and encoding: time of this thread", run: run)

    private static let batchRows = 4_096

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        guard let path = options["--extract"] else {
            throw BenchmarkError(message: "reading needs --extract FILE", status: 2)
        }
        do {
            try report("rows") { try rows(path) }
            try report("records") { try records(path) { _ in } }
            var ids = RecordIDs()
            try report("records, ids") {
                try records(path) { batch in
                    for index in batch.rows.indices { _ = ids.insert(batch.rows[index].recordID) }
                }
            }
            var builder = PopulationBuilder()
            try report("records, encoding") {
                try records(path) { batch in
                    builder.append(batch.rows.map(\.person), sources: batch.rows.map(\.source))
                }
            }
        } catch {
            throw BenchmarkError(message: "\(error)", status: 1)
        }
    }

    private static func rows(_ path: String) throws -> Int {
        var reader = try DelimitedReader.opened(path: path)
        var count = 0
        while try reader.next() != .end { count += 1 }
        return count
    }

    private static func records(_ path: String, _ body: (ExtractBatch) -> Void) throws -> Int {
        var reader = try ExtractReader(path: path)
        var count = 0
        var batch = ExtractBatch()
        while try reader.nextBatch(rowsMax: batchRows, into: &batch) {
            count += batch.rows.count
            body(batch)
        }
        return count
    }

    private static func report(_ name: String, _ work: () throws -> Int) throws {
        let start = threadSeconds()
        let count = try work()
        let seconds = threadSeconds() - start
        let padded = name.padding(toLength: 20, withPad: " ", startingAt: 0)
        print(
            padded
                + String(
                    format: "%9d rows, %6.3f s, %6.0f ns a row", count, seconds,
                    seconds / Double(max(1, count)) * 1e9))
    }

    /// Time that this thread has had of a core, which other programs do not disturb.
    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
