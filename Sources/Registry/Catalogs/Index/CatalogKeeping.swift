internal import Foundation
internal import RegistryModel
internal import Synchronization

/// The thread that fills a node's catalogs when it starts, beside the patients, and follows releases from
/// then on.
///
/// A large catalog takes a second; neither the committer nor who follows the log waits for it.
final class CatalogKeeping: Sendable {
    private let databaseURL: String
    private let catalogs: CatalogIndex
    private let isClosed = Atomic(false)
    private let ended = DispatchGroup()

    private static let pauseSeconds = 0.02
    private static let retrySeconds = 0.2

    /// Prepares the keeping of an index.
    init(databaseURL: String, catalogs: CatalogIndex) {
        self.databaseURL = databaseURL
        self.catalogs = catalogs
    }

    /// Fills the index on threads of its own, and answers how to wait for it.
    static func fill(_ catalogs: CatalogIndex, databaseURL: String) -> @Sendable () throws -> Void {
        let holder = FailureHolder()
        let isDone = DispatchGroup()
        isDone.enter()
        startThread {
            do {
                let (tables, sequence) = try CatalogReading.read(databaseURL: databaseURL)
                catalogs.take(tables, of: sequence)
            } catch {
                holder.failure.withLock { $0 = error }
            }
            isDone.leave()
        }
        return {
            isDone.wait()
            if let failure = holder.failure.withLock({ $0 }) { throw failure }
        }
    }

    /// Begins to follow.
    func start() {
        ended.enter()
        Self.startThread { [self] in
            while !isClosed.load(ordering: .acquiring) { follow() }
            ended.leave()
        }
    }

    /// Ends the thread after what it is at.
    func close() {
        isClosed.store(true, ordering: .releasing)
        ended.wait()
    }

    private func follow() {
        guard catalogs.missing != nil else {
            return Thread.sleep(forTimeInterval: Self.pauseSeconds)
        }
        do {
            let (tables, sequence) = try CatalogReading.read(
                databaseURL: databaseURL, known: catalogs.tables)
            catalogs.take(tables, of: sequence)
        } catch {
            // The database is away: look-ups go on from memory, and the next round tries again.
            Thread.sleep(forTimeInterval: Self.retrySeconds)
        }
    }

    private static func startThread(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.stackSize = 8 << 20
        thread.start()
    }
}

/// Why a thread has failed; nil while it has not.
private final class FailureHolder: Sendable {
    let failure = Mutex<(any Error)?>(nil)
}
