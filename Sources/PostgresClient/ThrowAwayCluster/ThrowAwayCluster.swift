internal import Foundation
internal import Glibc
internal import Synchronization

/// A PostgreSQL of its own for tests, made from a template in a fraction of a second.
///
/// It is a real server by the code of the private cluster, without fsync. It is stopped and deleted with its
/// last reference, or when the process exits; what a killed process left is deleted by the next one.
///
///     let cluster = try ThrowAwayCluster()
///     var connection = try PostgresConnection(cluster.address)
///
/// Most tests need only a database: `ThrowAwayCluster.withDatabase`.
package final class ThrowAwayCluster: Sendable {
    /// The database `padron` of the cluster.
    package let address: DatabaseAddress
    let folder: ServerFolder
    let root: String
    private let lock: FileLock
    private let isDeleted = Mutex(false)

    /// Makes and starts a cluster.
    package init() throws(ClusterError) {
        let store = try ThrowAwayStore()
        let place = try store.makePlace()
        root = place.path
        lock = place.lock
        folder = ServerFolder(
            path: "\(place.path)/data", log: "\(place.path)/data/server.log", user: store.user,
            binaries: store.binaries)
        address = DatabaseAddress(
            socketDirectory: place.path, database: "padron", user: ServerFolder.databaseUser)
        try store.copyTemplate(to: folder.path)
        try folder.start(socketFolder: place.path, isThrowAway: true)
        ThrowAwayStore.deleteAtExit(root)
    }

    deinit { delete() }

    /// The address of another database of the cluster.
    package func address(ofDatabase name: String) -> DatabaseAddress {
        DatabaseAddress(socketDirectory: root, database: name, user: ServerFolder.databaseUser)
    }

    /// The server's first process, for tests that kill it.
    package var postmasterProcess: Int32? { folder.process.postmaster }

    /// Starts the server again after a test has stopped or killed it.
    package func restart() throws(ClusterError) {
        try folder.start(socketFolder: root, isThrowAway: true)
    }

    /// Kills the server's first process as `kill -9` does, and returns once it is gone.
    package func killServer() throws(ClusterError) {
        try folder.process.stop(signal: SIGKILL, timeoutMilliseconds: 10_000)
    }

    /// Stops the server and deletes its files.
    package func delete() {
        let isFirst = isDeleted.withLock { deleted in
            defer { deleted = true }
            return !deleted
        }
        if isFirst { ThrowAwayStore.delete(root) }
    }
}
