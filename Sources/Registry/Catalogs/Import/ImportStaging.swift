internal import Foundation
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// Copies the entries of codes into a release, in bounded transactions on several sessions.
struct ImportStaging: @unchecked Sendable {
    // Unchecked for the spool, of which threads read what was written before there were any.
    let databaseURL: String
    let release: Int64
    let table: ImportTable
    let spool: EntrySpool

    /// How far the sessions are together.
    private struct Work {
        var next = 0
        var done = 0
        var failure: (any Error)?
    }

    /// Codes that one session takes at once.
    private static let codesMax = 2_048
    private static let sessions = 2

    /// Copies all entries of some codes.
    func copy(_ codes: [Int32], _ progress: (ImportProgress) -> Void) throws {
        guard !codes.isEmpty else { return }
        let work = Mutex(Work())
        let ended = DispatchGroup()
        for _ in 0..<min(Self.sessions, (codes.count - 1) / Self.codesMax + 1) {
            ended.enter()
            Thread.detachNewThread {
                do {
                    try copyParts(of: codes, work)
                } catch {
                    work.withLock { $0.failure = $0.failure ?? error }
                }
                ended.leave()
            }
        }
        while ended.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
            let done = work.withLock { $0.done }
            progress(ImportProgress(phase: .staging, done: done, total: codes.count))
        }
        if let failure = work.withLock({ $0.failure }) { throw failure }
        progress(ImportProgress(phase: .staging, done: codes.count, total: codes.count))
    }

    private func copyParts(of codes: [Int32], _ work: borrowing Mutex<Work>) throws {
        var session = try RegistrySession(databaseURL: databaseURL)
        var rows = EntryRows(release: release)
        while true {
            let start = work.withLock { work in
                defer { work.next += Self.codesMax }
                return work.failure == nil ? work.next : .max
            }
            guard start < codes.count else { break }
            let end = min(start + Self.codesMax, codes.count)
            for code in codes[start..<end] {
                try append(code, to: &rows)
                if rows.count >= StoreLimits.stagedEntriesMax { try send(&rows, &session) }
            }
            work.withLock { $0.done += end - start }
        }
        try send(&rows, &session)
    }

    private func send(_ rows: inout EntryRows, _ session: inout RegistrySession) throws {
        guard rows.count > 0 else { return }
        try session.stage(rows)
        rows.removeAll()
    }

    private func append(_ code: Int32, to rows: inout EntryRows) throws {
        let stated = table.statedRows(of: Int(code))
        let text = table.numbers[Int(code)]
        for row in stated {
            let content = try spool.read(at: row.start, count: Int(row.length))
            rows.append(
                code: text, period: row.period, entries: Int32(stated.count),
                position: row.position < 0 ? nil : table.positions[Int(row.position)],
                content: content.span)
        }
    }

    /// Closes codes on a day.
    func close(_ codes: [Int32], on day: Int32, _ session: inout RegistrySession) throws {
        var start = 0
        while start < codes.count {
            let end = min(start + StoreLimits.entryCodesMax, codes.count)
            let part = codes[start..<end].map { number in
                (code: table.numbers[Int(number)], release: table.codes[Int(number)].knownRelease)
            }
            try session.close(part, in: release, on: day)
            start = end
        }
    }
}
