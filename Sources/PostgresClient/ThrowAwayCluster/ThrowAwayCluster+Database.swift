internal import Synchronization

/// What every database made from it begins with, for example the migrated schema.
///
///     static let migrated = DatabaseTemplate("migrated") { address in … }
package struct DatabaseTemplate: Sendable {
    let name: String
    let prepare: @Sendable (DatabaseAddress) throws -> Void

    /// Creates a template; it is prepared once in a process, at its first use.
    package init(
        _ name: String, prepare: @escaping @Sendable (DatabaseAddress) throws -> Void
    ) {
        self.name = "template_\(name)"
        self.prepare = prepare
    }
}

extension ThrowAwayCluster {
    private struct SharedCluster {
        var cluster: ThrowAwayCluster?
        var templates: Set<String> = []
        var databaseCount = 0
    }

    /// The process's shared cluster; a test that breaks a server takes one of its own.
    private static let shared = Mutex(SharedCluster())

    /// Calls a closure with a new database of the process's shared cluster, which is dropped afterwards.
    ///
    ///     try ThrowAwayCluster.withDatabase { address in
    ///         var connection = try PostgresConnection(address)
    ///     }
    package static func withDatabase<Value>(
        from template: DatabaseTemplate? = nil, _ body: (DatabaseAddress) throws -> Value
    ) throws -> Value {
        let (name, cluster) = try makeDatabase(from: template)
        defer { cluster.dropDatabase(name) }
        return try body(cluster.address(ofDatabase: name))
    }

    /// Calls an asynchronous closure with a new database, which is dropped afterwards.
    package static func withDatabase<Value>(
        from template: DatabaseTemplate? = nil,
        _ body: (DatabaseAddress) async throws -> Value
    ) async throws -> Value {
        let (name, cluster) = try makeDatabase(from: template)
        defer { cluster.dropDatabase(name) }
        return try await body(cluster.address(ofDatabase: name))
    }

    private static func makeDatabase(
        from template: DatabaseTemplate?
    ) throws -> (name: String, cluster: ThrowAwayCluster) {
        try shared.withLock { shared in
            let cluster = try shared.cluster ?? ThrowAwayCluster()
            shared.cluster = cluster
            if let template, !shared.templates.contains(template.name) {
                try cluster.create(template.name, from: "template1")
                try template.prepare(cluster.address(ofDatabase: template.name))
                shared.templates.insert(template.name)
            }
            shared.databaseCount += 1
            let name = "test_\(shared.databaseCount)"
            try cluster.create(name, from: template?.name ?? "template1")
            return (name, cluster)
        }
    }

    private func create(_ name: String, from template: String) throws {
        // A session of the template that has just been closed may still be leaving: ask again.
        for _ in 0..<3 {
            if try isCreated(name, from: template) { return }
        }
        _ = try isCreated(name, from: template, mayBeRefused: false)
    }

    /// Makes a database; false where a session of the template stood in the way.
    private func isCreated(
        _ name: String, from template: String, mayBeRefused: Bool = true
    ) throws -> Bool {
        var connection = try PostgresConnection(address)
        let statement: SQL = """
            CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)
            STRATEGY FILE_COPY
            """
        let result = Result { () throws(PostgresError) in try connection.query(statement) }
        if case .failure(let error) = result {
            guard mayBeRefused, error.sqlState == "55006" else { throw error }
            return false
        }
        return true
    }

    private func dropDatabase(_ name: String) {
        guard var connection = try? PostgresConnection(address) else { return }
        _ = try? connection.query("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
    }
}
