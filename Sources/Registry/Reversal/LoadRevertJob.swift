internal import Foundation
package import RegistryModel
internal import RegistryStore
internal import Synchronization

/// Takes a load back from a command: hands it to whoever writes, or writes where nobody does.
///
/// Each transaction takes some records back, between live writes, with the job's step in it. So a
/// revert killed anywhere goes on where it was, by itself where a server writes, else by the next command.
package struct LoadRevertJob {
    private let databaseURL: String
    private let load: Int64
    private let node: RegistryNodeOptions

    /// Prepares to take a load back; `node` is how the command writes itself where no writer lives.
    package init(databaseURL: String, load: Int64, node: RegistryNodeOptions) {
        self.databaseURL = databaseURL
        self.load = load
        self.node = node
    }

    /// Tells what taking the load back would do now.
    ///
    /// A record that returns to a person from whom an earlier decision holds it apart is told as one
    /// that returns; the revert itself leaves it where it is.
    ///
    /// - Throws: `conflict` for a load that cannot be taken back.
    package func preview() throws -> LoadRevertSummary {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        let load = try session.load(load)
        try load.checkRevertible()
        var summary = LoadRevertSummary(load: load.load)
        guard let operation = load.operation else { return summary }
        let constraints = ConstraintTable(try session.standingConstraints())
        var stays: [(record: Int64, operation: Int64)] = []
        var next = try session.revert(of: load.load)?.nextSequence
        while let (event, _) = try session.lastEvent(of: operation, before: next) {
            next = event.position.sequence
            let records = event.touchedRecords
            let moves = Set(
                try session.moves(of: operation, among: records)
                    .filter { $0.heldBy == nil && $0.move.from != $0.move.to }.map(\.move.record))
            for row in try session.revertRows(of: records, loadOperation: operation)
            where row.firstSequence == event.position.sequence {
                switch RevertEffect(of: row, loadOperation: operation, constraints) {
                case .untouched: continue
                case .stays(let holder):
                    summary.counts.stayed += 1
                    if stays.count < StoreLimits.revertSampleMax {
                        stays.append((row.record, holder))
                    }
                    continue
                case .withdrawn: summary.counts.withdrawn += 1
                case .restored: summary.counts.restored += 1
                }
                if moves.contains(row.record) { summary.counts.returned += 1 }
            }
        }
        let names = try session.names(of: stays.map { $0.record })
        summary.stays = stays.compactMap { stay in
            names[stay.record].map { RecordStay(record: $0, operation: stay.operation) }
        }
        return summary
    }

    /// Takes the load back, to its end.
    ///
    /// - Throws: `conflict` for a load that cannot be taken back.
    package func run(
        actor: String, reason: String, progress: (LoadRevertCounts) -> Void = { _ in }
    ) throws -> LoadRevertSummary {
        try SubmissionRules.check(reason: reason)
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        try session.requestRevert(load, actor: actor, reason: reason)
        var writer: RegistryNode?
        defer { writer?.close() }
        while true {
            let isDone = try session.load(load).state == .reverted
            guard let summary = try session.revertSummary(of: load) else {
                throw RegistryError(.internal, "nobody asked to take the load back")
            }
            progress(summary.counts)
            if isDone { return summary }
            if let failure = writer?.state.loadFailure.withLock({ $0 }) {
                throw RegistryError(
                    .unavailable,
                    "taking load \(load) back stopped: \(failure); ask again to go on")
            }
            if writer?.status().role != .writer, try !session.lease().isAlive {
                writer?.close()
                writer = try RegistryNode.openWriter(databaseURL: databaseURL, options: node)
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }
}
