internal import Foundation
internal import RegistryStore

/// Tells the database how a large load has changed its tables, on a thread of its own.
///
/// Its planner knows nothing of new tables until it looks by itself, a minute later or never on some servers, and
/// what comes first after a load, its revert for example, would be planned as if they were empty. It takes
/// a second of processor time for some millions of rows, while the node that wrote them closes.
final class TableAnalysis: Sendable {
    private let isEnded = DispatchSemaphore(value: 0)

    /// Begins.
    init(databaseURL: String) {
        Thread.detachNewThread { [self] in
            // Without it the database looks later.
            if var session = try? RegistrySession(databaseURL: databaseURL) {
                try? session.analyzePatients()
            }
            isEnded.signal()
        }
    }

    /// Waits until it has ended.
    func wait() { isEnded.wait() }
}
