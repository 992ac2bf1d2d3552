import Extracts
import Foundation
import Identity
import RegistryClient
import RegistryModel
import Synchronization

/// Requests of many connections at once, and how long each was waited for.
struct RequestStream {
    /// What came of it.
    struct Outcome {
        var answered = 0
        var failed = 0
        var seconds = 0.0
        /// Microseconds that each group of pipelined requests was waited for, in order.
        var waits: [UInt32] = []

        var rate: Double { Double(answered) / max(seconds, 0.001) }

        /// The wait below which a share of all lie, in milliseconds.
        func milliseconds(_ share: Double) -> Double {
            guard !waits.isEmpty else { return 0 }
            return Double(waits[min(waits.count - 1, Int(Double(waits.count) * share))]) / 1_000
        }
    }

    var port: UInt16
    var token: String
    var connections: Int
    /// Requests that each connection sends before it reads their replies.
    var depth = 1

    /// Sends requests one after the other, each once, until they or the time end.
    ///
    /// `isOver` is asked between requests.
    func run(
        _ requests: [String], seconds: Double, isOver: @escaping @Sendable () -> Bool = { false }
    ) throws(BenchmarkError) -> Outcome {
        let next = Atomic(0)
        let gathered = Mutex<(outcome: Outcome, failure: String?)>((Outcome(), nil))
        let clock = ContinuousClock()
        let start = clock.now
        let deadline = start + .seconds(seconds)
        let threads = DispatchGroup()
        for _ in 0..<connections {
            threads.enter()
            let thread = Thread {
                defer { threads.leave() }
                do {
                    let part = try self.converse(requests, next: next) {
                        clock.now >= deadline || isOver()
                    }
                    gathered.withLock { gathered in
                        gathered.outcome.answered += part.answered
                        gathered.outcome.failed += part.failed
                        gathered.outcome.waits += part.waits
                    }
                } catch {
                    gathered.withLock { $0.failure = "\(error)" }
                }
            }
            thread.stackSize = 512 << 10
            thread.start()
        }
        threads.wait()
        let elapsed = (clock.now - start) / .seconds(1)
        var (outcome, failure) = gathered.withLock { $0 }
        if let failure { throw BenchmarkError(message: failure, status: 1) }
        outcome.seconds = elapsed
        outcome.waits.sort()
        return outcome
    }

    /// One connection's share.
    private func converse(
        _ requests: [String], next: borrowing Atomic<Int>, isOver: () -> Bool
    ) throws -> Outcome {
        var outcome = Outcome()
        let clock = ContinuousClock()
        var connection = try RegistryConnection.connect(
            host: "127.0.0.1", port: port, timeoutMilliseconds: 30_000)
        try connection.authenticate(token: token, purpose: "benchmark")
        while !isOver() {
            let first = next.wrappingAdd(depth, ordering: .relaxed).oldValue
            guard first + depth <= requests.count else { break }
            let start = clock.now
            for place in first..<first + depth { try connection.send(requests[place]) }
            for _ in 0..<depth {
                do throws(RegistryConnectionError) {
                    _ = try connection.receive()
                    outcome.answered += 1
                } catch .refused {
                    outcome.failed += 1
                } catch {
                    throw error
                }
            }
            let wait = (clock.now - start) / .microseconds(1)
            outcome.waits.append(UInt32(clamping: Int(wait)))
        }
        return outcome
    }
}

/// The requests that rows of an extract make.
enum RowRequests {
    /// Reads rows of an extract, at most as many as asked for.
    static func rows(_ path: String, max: Int) throws -> [ExtractRow] {
        var reader = try ExtractReader(path: path)
        var rows: [ExtractRow] = []
        while rows.count < max, let batch = try reader.nextBatch(rowsMax: 8_192) {
            rows += batch.rows.prefix(max - rows.count)
        }
        return rows
    }

    /// Registers a row; `prefix` makes its local identifier one of its own.
    static func put(_ row: ExtractRow, prefix: String = "") -> String {
        var line = "PUT patient source=\(row.source) local_id=\(prefix)\(row.localID)"
        append(row.person, DemographicField.allCases, to: &line)
        for identifier in row.person.identifiers {
            var writer = JSONWriter()
            writer.string(identifier.value)
            line += " id.\(identifier.authority)=\(writer.text)"
        }
        return line
    }

    /// Asks for a person by names and date.
    static func match(_ row: ExtractRow) -> String {
        var line = "MATCH limit=3"
        append(row.person, [.given, .family, .mothersFamily, .birthDate], to: &line)
        return line
    }

    /// Asks for a record's person.
    static func get(_ row: ExtractRow) -> String { "GET patient \(row.source):\(row.localID)" }

    private static func append(
        _ person: PersonRecord, _ fields: [DemographicField], to line: inout String
    ) {
        for field in fields {
            for value in person.values(of: field) {
                var writer = JSONWriter()
                writer.string(value)
                line += " \(field.name)=\(writer.text)"
            }
        }
    }
}
