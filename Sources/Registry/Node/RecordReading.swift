internal import Foundation
internal import Identity
internal import Linkage
internal import RegistryModel
internal import RegistryStore

/// Reads all records of the database on all cores, for an index that is being filled.
///
/// Each thread has a session of its own, all in one exported state of the database. A thread reads a
/// range of record numbers and prepares it; batches are taken in the order of their ranges, and no
/// thread runs further ahead than `aheadMax` ranges.
///
/// It is `@unchecked Sendable` because what changes is reached under the condition's lock alone.
final class RecordReading: @unchecked Sendable {
    /// Records ready for the index, and for the engine.
    struct Prepared: Sendable {
        let records: RecordBatch
        let encoded: EncodedRecords
    }

    private let databaseURL: String
    private let exported: ExportedSnapshot
    private let authorities: AuthorityDirectory
    private let recordCount: Int64
    private let condition = NSCondition()
    private var nextRange = 0
    private var taken = 0
    private var prepared: [Int: Prepared] = [:]
    private var failure: (any Error)?

    private static let rangeRecords: Int64 = 4_096
    private static let aheadMax = 16

    private init(
        _ databaseURL: String, _ exported: ExportedSnapshot, _ authorities: AuthorityDirectory,
        recordCount: Int64
    ) {
        self.databaseURL = databaseURL
        self.exported = exported
        self.authorities = authorities
        self.recordCount = recordCount
    }

    /// Calls a closure with all records that a session sees in its `snapshot`, batch by batch, in the
    /// order of their numbers.
    static func forEachBatch(
        _ session: inout RegistrySession, databaseURL: String, _ authorities: AuthorityDirectory,
        _ body: (Prepared) throws -> Void
    ) throws {
        let recordCount = try session.lastRecord()
        guard recordCount > 0 else { return }
        let reading = RecordReading(
            databaseURL, try session.exportSnapshot(), authorities, recordCount: recordCount)
        let threads = DispatchGroup()
        for _ in 0..<min(ProcessInfo.processInfo.activeProcessorCount, reading.rangeCount) {
            threads.enter()
            let thread = Thread {
                reading.run()
                threads.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        // The state is theirs only while this session keeps it.
        defer { threads.wait() }
        do {
            while let batch = try reading.next() { try body(batch) }
        } catch {
            reading.end(with: error)
            throw error
        }
    }

    private var rangeCount: Int {
        Int((recordCount + Self.rangeRecords - 1) / Self.rangeRecords)
    }

    private func records(of range: Int) -> Range<Int64> {
        let first = Int64(range) * Self.rangeRecords + 1
        return first..<min(first + Self.rangeRecords, recordCount + 1)
    }

    private func run() {
        do {
            var session = try RegistrySession(databaseURL: databaseURL)
            try session.snapshot(of: exported) { session in
                while let range = nextRangeToRead() {
                    offer(try batch(of: records(of: range), &session), of: range)
                }
            }
        } catch {
            end(with: error)
        }
    }

    private func batch(
        of range: Range<Int64>, _ session: inout RegistrySession
    ) throws -> Prepared {
        var batch = RecordBatch(first: UInt32(range.lowerBound - 1))
        var next = range.lowerBound
        try session.readRecords(in: range) { record in
            guard record.record == next else {
                throw StoreError.damaged("record numbers with a gap")
            }
            next += 1
            batch.append(record, authorities)
        }
        guard next == range.upperBound else {
            throw StoreError.damaged("record numbers with a gap")
        }
        return Prepared(records: batch, encoded: batch.encoded())
    }

    /// The range that a thread reads next, as soon as it is near enough; nil where there is none.
    private func nextRangeToRead() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        guard failure == nil, nextRange < rangeCount else { return nil }
        let range = nextRange
        nextRange += 1
        while failure == nil, range >= taken + Self.aheadMax { condition.wait() }
        return failure == nil ? range : nil
    }

    private func offer(_ batch: Prepared, of range: Int) {
        condition.lock()
        prepared[range] = batch
        condition.broadcast()
        condition.unlock()
    }

    private func next() throws -> Prepared? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let failure { throw failure }
            if taken == rangeCount { return nil }
            if let batch = prepared.removeValue(forKey: taken) {
                taken += 1
                condition.broadcast()
                return batch
            }
            condition.wait()
        }
    }

    private func end(with error: any Error) {
        condition.lock()
        failure = failure ?? error
        condition.broadcast()
        condition.unlock()
    }
}
