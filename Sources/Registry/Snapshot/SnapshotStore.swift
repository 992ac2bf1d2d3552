internal import Foundation
internal import Glibc
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// The folder in which a node keeps what its index held, so that its next start is short.
///
/// What lies there is personal data: the folder is its owner's alone, and so is each file. An erasure
/// deletes all files in it before it is answered, those of other databases too, and a file that is
/// being written meanwhile never gets its name.
package final class SnapshotStore: Sendable {
    private struct Standing {
        /// Rises with each erasure, so that a file begun before it is given up.
        var generation = 0
        /// Erasures under way.
        var erasures = 0
        /// Whether a file is still to be deleted.
        var isRemovalPending = false
        /// The changes of the index that the last file has; nil where there is no file that fits.
        var savedChanges: Int?
        var savedAt = NodeState.now()
        var isSaving = false
    }

    private let folder: String
    private let standing = Mutex(Standing())
    private static let suffix = ".index"

    /// The snapshots of a folder, which is made when it is needed.
    package init(folder: String) { self.folder = folder }

    /// Where the snapshot of a database lies.
    func path(system: Int64, database: Int64) -> String {
        "\(folder)/\(UInt64(bitPattern: system))-\(database)\(Self.suffix)"
    }

    /// Makes the folder.
    func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw SnapshotUnfit("its folder \(folder) cannot be made")
        }
        guard chmod(folder, 0o700) == 0 else {
            throw SnapshotUnfit("its folder \(folder) belongs to another user")
        }
    }

    // MARK: Erasing

    /// Deletes all snapshots, and lets none be made until `endErasure`.
    ///
    /// - Throws: `unavailable` where a file cannot be deleted.
    func beginErasure() throws {
        standing.withLock { standing in
            standing.erasures += 1
            standing.generation += 1
            standing.savedChanges = nil
        }
        do {
            try removeAll()
        } catch {
            endErasure()
            throw error
        }
    }

    /// As `beginErasure`, for what another node has erased: a file that cannot be deleted now is tried
    /// again by `removePending`.
    func beginErasureElsewhere() {
        standing.withLock { standing in
            standing.erasures += 1
            standing.generation += 1
            standing.savedChanges = nil
            standing.isRemovalPending = true
        }
        removePending()
    }

    /// Deletes what should have been deleted before.
    func removePending() {
        guard standing.withLock({ $0.isRemovalPending }), (try? removeAll()) != nil else { return }
        standing.withLock { $0.isRemovalPending = false }
    }

    /// Lets snapshots be made again, of what the index holds from now on.
    func endErasure() {
        standing.withLock { standing in
            standing.erasures -= 1
            standing.generation += 1
        }
    }

    /// Deletes all snapshots, those that were begun too.
    ///
    /// - Throws: `unavailable` where a file cannot be deleted.
    package func removeAll() throws {
        for name in names() {
            guard unlink("\(folder)/\(name)") == 0 || errno == ENOENT else {
                throw RegistryError(
                    .unavailable,
                    "the snapshot in \(folder) cannot be deleted; delete it and try again")
            }
        }
    }

    /// Deletes the snapshot of a database, which is of no use.
    func remove(system: Int64, database: Int64) { unlink(path(system: system, database: database)) }

    /// Deletes what killed programs have left unfinished.
    func removeUnfinished() {
        for name in names() where name.hasSuffix(SnapshotFileWriter.unfinishedSuffix) {
            let path = "\(folder)/\(name)"
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
            close(descriptor)
        }
    }

    private func names() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { name in
            name.hasSuffix(Self.suffix) || name.hasSuffix(SnapshotFileWriter.unfinishedSuffix)
        }
    }

    // MARK: Saving

    /// Why a snapshot could not be kept, for an operator.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as SnapshotUnfit: error.description
        case let error as RegistryError: error.message
        default: StoreError.isConnectionLost(error) ? "the database is away" : "\(error)"
        }
    }

    /// Whether the last snapshot is as old as said, and so much of the index has changed since, as a
    /// part of all records, that a new one is worth writing; not while one is being written.
    func isDue(changes: Int, records: Int, share: Double, millisecondsMin: Int) -> Bool {
        guard records >= RegistryLimits.snapshotRecordsMin else { return false }
        return standing.withLock { standing in
            guard !standing.isSaving,
                NodeState.now() - standing.savedAt >= Int64(millisecondsMin) * 1_000
            else { return false }
            guard let saved = standing.savedChanges else { return true }
            return Double(changes - saved) > Double(records) * share
        }
    }

    /// Takes note that the index has what a snapshot holds.
    func noteRead(changes: Int) { standing.withLock { $0.savedChanges = changes } }

    /// Makes a snapshot, unless one is being made; it replaces the last one when it is whole.
    ///
    /// The closure writes the file and answers how many changes the index had then.
    func save(
        system: Int64, database: Int64,
        _ write: (inout SnapshotFileWriter) throws -> Int
    ) throws {
        let generation = standing.withLock { standing -> Int? in
            guard !standing.isSaving, standing.erasures == 0 else { return nil }
            standing.isSaving = true
            standing.savedAt = NodeState.now()
            return standing.generation
        }
        guard let generation else { return }
        defer { standing.withLock { $0.isSaving = false } }
        try makeFolder()
        let path = path(system: system, database: database)
        var file = try SnapshotFileWriter(path: path)
        let changes = try write(&file)
        try standing.withLock { standing in
            // Decided under the lock, so that no erasure comes in between.
            guard standing.generation == generation, standing.erasures == 0 else { return }
            try file.publish(as: path)
            standing.savedChanges = changes
        }
    }
}
