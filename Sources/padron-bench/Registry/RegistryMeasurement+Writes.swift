import Extracts
import Foundation
import Identity
import PostgresClient
import RegistryModel
import Synchronization

// Live writes: alone, through a node that follows, and beside a load and a rematch.
extension RegistryMeasurement {
    /// Measures live writes, no request of them twice.
    mutating func measureWrites(
        _ extracts: RegistryExtracts, _ database: DatabaseAddress, _ stream: RequestStream,
        _ known: [ExtractRow]
    ) throws {
        var requests = try Self.writes(extracts, known)[...]
        let count = requests.count
        func share(_ part: Double) -> [String] {
            let taken = requests.prefix(Int(Double(count) * part))
            requests = requests.dropFirst(taken.count)
            return Array(taken)
        }
        let alone = try stream.run(share(0.3), seconds: Double(seconds))
        add("PUT, \(connections) connections", rate(alone), "4,000/s")
        add("PUT, median and 99 %", waits(alone), "99 %: 20 ms")
        if let pgbench = try PgbenchRun(database, clients: connections, seconds: seconds) {
            add(
                "pgbench -N, \(connections) clients, prepared, same cluster",
                "\(Figures.grouped(Int(pgbench.rate)))/s,"
                    + " mean \(Figures.decimal(pgbench.milliseconds, 1)) ms")
        } else {
            add("pgbench -N", "skipped, it is not installed")
        }
        try measureWritesThroughFollower(database, stream, share(0.2))
        let load = try measureWrites(
            beside: "a load", ["load", extracts.bulk], stream, share(0.25))
        add("the load meanwhile", "\(Figures.decimal(load.seconds, 1)) s")
        try measureRematch(stream, share(0.25))
    }

    /// One write of five is a known record's, under a new telephone number.
    private static func writes(
        _ extracts: RegistryExtracts, _ known: [ExtractRow]
    ) throws -> [String] {
        var changes = known.makeIterator()
        var requests: [String] = []
        for (number, row) in try RowRequests.rows(extracts.live, max: 300_000).enumerated() {
            requests.append(RowRequests.put(row))
            guard number % 4 == 0, var changed = changes.next() else { continue }
            changed.person[.phone] = String(900_000_000 + number)
            requests.append(RowRequests.put(changed))
        }
        return requests
    }

    private mutating func measureWritesThroughFollower(
        _ database: DatabaseAddress, _ stream: RequestStream, _ requests: [String]
    ) throws {
        let follower = try ServerProgram(padron: padron, following: database)
        var stream = stream
        stream.port = follower.port
        let forwarded = try stream.run(requests, seconds: Double(seconds))
        add("PUT through a follower", rate(forwarded))
        add("PUT through a follower, median and 99 %", waits(forwarded))
    }

    /// Looks at a rematch with a higher threshold, then carries it out beside live writes.
    private mutating func measureRematch(_ stream: RequestStream, _ requests: [String]) throws {
        let forecast = try ChildProgram([padron, "rematch", "--json", "--data", home])
        guard let plan = try? JSONParser.parse(forecast.output),
            let text = plan["automatic_threshold"], let threshold = Self.number(text)
        else { throw BenchmarkError(message: "padron rematch told no threshold", status: 1) }
        add("rematch looked at, nothing changed", "\(Figures.decimal(forecast.seconds, 1)) s")
        let rematch = try measureWrites(
            beside: "a rematch",
            [
                "rematch", "--apply", "--yes", "--reason", "benchmark", "--threshold",
                Figures.decimal(threshold + 2, 2), "--samples", "0",
            ], stream, requests)
        add(
            "the rematch meanwhile, planned and applied", "\(Figures.decimal(rematch.seconds, 1)) s"
        )
    }

    private static func number(_ value: JSONValue) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    /// Measures writes while a command of the program works.
    private mutating func measureWrites(
        beside name: String, _ command: [String], _ stream: RequestStream, _ requests: [String]
    ) throws -> ChildProgram {
        let ended = Mutex<Result<ChildProgram, BenchmarkError>?>(nil)
        let arguments = [padron] + command + ["--data", home]
        let thread = Thread {
            let result = Result { () throws(BenchmarkError) in try ChildProgram(arguments) }
            ended.withLock { $0 = result }
        }
        thread.start()
        let beside = try stream.run(requests, seconds: Double(seconds) * 10) {
            ended.withLock { $0 != nil }
        }
        while ended.withLock({ $0 == nil }) { usleep(10_000) }
        add("PUT beside \(name)", rate(beside))
        add("PUT beside \(name), median and 99 %", waits(beside), "99 %: 100 ms")
        guard let result = ended.withLock({ $0 }) else {
            throw BenchmarkError(message: "\(name) did not end", status: 1)
        }
        return try result.get()
    }

    private func rate(_ outcome: RequestStream.Outcome) -> String {
        let rate = "\(Figures.grouped(Int(outcome.rate)))/s"
        return outcome.failed == 0
            ? rate : "\(rate), \(Figures.grouped(outcome.failed)) refused"
    }
}
