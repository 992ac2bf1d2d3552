import Dispatch
import Extracts
import Foundation
import Identity
import Linkage
import Synchronization
import Synthesis

/// Times and memory of an index of one record at a time, over a generated Chilean population.
///
/// An index is filled at once, and its held records are asked for as a load does. Another is filled record
/// by record, so that the longest pause of any growth is seen; then noisy versions of held records and
/// strangers are asked for, by one thread and by two, and records are updated, removed and inserted again.
enum OnlineBenchmark {
    static let entry = Benchmark(
        name: "online", usage: "[--records N] [--queries N]",
        summary: "one record at a time: match, insert, update, remove, and bytes a record",
        run: run)

    /// Records generated for each person, about.
    private static let recordsPerPerson = 1.78
    private static let batchRows = 4_096
    /// Held records that a load asks for at a time.
    private static let askedRows = 128
    /// Records encoded together for an index that is filled at once.
    private static let pieceRecords = 32_768

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        guard let records = Int(options["--records"] ?? "1000000"), records >= 1_000,
            let queries = Int(options["--queries"] ?? "20000"), queries >= 100
        else {
            throw BenchmarkError(message: "online needs 1000 records and 100 queries", status: 2)
        }
        guard let model = ShippedModels.named("cl") else {
            throw BenchmarkError(message: "the program holds no model 'cl'", status: 1)
        }
        do {
            try fillAtOnce(OnlineIndex(model: model), records: records)
            var strangers: [PersonRecord] = []
            try forEachRecord(count: queries, seed: 11) { strangers.append($0) }
            try measure(
                OnlineIndex(model: model), records: records, queries: queries,
                strangers: strangers)
        } catch {
            throw BenchmarkError(message: "\(error)", status: 1)
        }
    }

    /// Fills an index as a node that starts does, and asks for records as a load does.
    private static func fillAtOnce(_ index: OnlineIndex, records: Int) throws {
        var pieces: [EncodedRecords] = []
        var piece = EncodedRecords(capacity: pieceRecords)
        try forEachRecord(count: records, seed: 7) { record in
            piece.append(record)
            guard piece.count == pieceRecords else { return }
            pieces.append(piece)
            piece = EncodedRecords(capacity: pieceRecords)
        }
        pieces.append(piece)
        piece = EncodedRecords(capacity: 0)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let filling = ElapsedTime()
        index.insert(pieces, slot: 0, threads: threads)
        print("\(index.count) records at once, \(threads) threads: \(filling.text)")
        print("\(index.byteCount / max(1, index.count)) bytes a record counted")
        pieces = []
        let asking = ElapsedTime()
        var found = 0
        for start in stride(from: 0, to: index.count, by: askedRows) {
            let slots = UInt32(start)..<UInt32(min(start + askedRows, index.count))
            for candidates in index.matchHeld(slots, limit: 16, minimumWeight: 0) {
                found += candidates.count
            }
        }
        print("\(index.count) held records asked for, \(found) found: \(asking.text)")
    }

    private static func measure(
        _ index: OnlineIndex, records: Int, queries: Int, strangers: [PersonRecord]
    ) throws {
        var inserts = LatencySummary(capacity: records)
        var held: [PersonRecord] = []
        held.reserveCapacity(queries)
        let before = ResidentMemory.bytes
        var sampled = 0
        try forEachRecord(count: records, seed: 7) { record in
            let slot = UInt32(inserts.count)
            inserts.time { index.insert(record, slot: slot) }
            if held.count < queries, inserts.count * queries / records > sampled {
                sampled += 1
                held.append(record)
            }
        }
        report(index, ResidentMemory.bytes - before)
        print(LatencySummary.header)
        print(inserts.line("insert, filling"))

        var generator = RandomStream(seed: 3, domain: .benchmark, index: 0)
        let noisy = held.map { RecordNoise.slip($0, &generator) }
        for query in held.prefix(2_000) { _ = index.match(query) }
        matchAll(index, "match, noisy", noisy)
        matchAll(index, "match, strangers", strangers)
        matchOnTwoThreads(index, noisy, strangers)

        var updates = LatencySummary(capacity: queries)
        var removals = LatencySummary(capacity: queries)
        var again = LatencySummary(capacity: queries)
        for (place, record) in noisy.enumerated() {
            let slot = UInt32(place * (inserts.count / queries))
            updates.time { index.update(record, slot: slot) }
            removals.time { index.remove(slot: slot) }
            again.time { index.insert(record, slot: slot) }
        }
        print(updates.line("update"))
        print(removals.line("remove"))
        print(again.line("insert"))
    }

    private static func report(_ index: OnlineIndex, _ resident: Int) {
        let count = max(1, index.count)
        print(
            "\(index.count) records, \(index.byteCount / count) bytes a record counted,"
                + " \(resident / count) resident")
    }

    private static func matchAll(_ index: OnlineIndex, _ name: String, _ queries: [PersonRecord]) {
        var found = 0
        var matches = LatencySummary(capacity: queries.count)
        for query in queries {
            matches.time { if !index.match(query, minimumWeight: 0).isEmpty { found += 1 } }
        }
        print(matches.line(name) + "  \(found * 100 / max(1, queries.count)) % found")
    }

    private static func matchOnTwoThreads(
        _ index: OnlineIndex, _ noisy: [PersonRecord], _ strangers: [PersonRecord]
    ) {
        let results = Mutex<[LatencySummary]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { thread in
            var matches = LatencySummary(capacity: noisy.count + strangers.count)
            for query in thread == 0 ? noisy + strangers : strangers + noisy {
                matches.time { _ = index.match(query, minimumWeight: 0) }
            }
            results.withLock { $0.append(matches) }
        }
        let both = results.withLock { $0 }
        print(LatencySummary(joining: both).line("match, two threads"))
    }

    /// Calls `body` with the first records of a generated population.
    private static func forEachRecord(
        count: Int, seed: UInt64, _ body: (PersonRecord) -> Void
    ) throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("padron-bench-\(ProcessInfo.processInfo.processIdentifier).csv")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let persons = Int(Double(count) / recordsPerPerson * 1.02) + 10
        let synthesizer = PopulationSynthesizer(
            options: SynthesisOptions(persons: persons, locale: .cl, seed: seed))
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BenchmarkError(message: "could not write \(path)", status: 1) }
        _ = try synthesizer.generate(
            extract: { bytes in
                try file.write(contentsOf: bytes.withUnsafeBufferPointer { Data(buffer: $0) })
            },
            truth: { _ in })
        try file.close()
        var reader = try ExtractReader(path: path)
        var batch = ExtractBatch()
        var remaining = count
        while remaining > 0, try reader.nextBatch(rowsMax: batchRows, into: &batch) {
            for row in batch.rows.prefix(remaining) { body(row.person) }
            remaining -= min(remaining, batch.rows.count)
        }
    }
}
