/// Makes databases in a cluster.
enum ClusterDatabase {
    /// Makes a database unless it is there.
    static func make(_ name: String, socketFolder: String) throws(ClusterError) {
        do {
            var connection = try PostgresConnection(
                DatabaseAddress(
                    socketDirectory: socketFolder, database: "postgres",
                    user: ServerFolder.databaseUser))
            let found = try connection.query("SELECT FROM pg_database WHERE datname = \(name)")
            if found.isEmpty { try connection.query("CREATE DATABASE \(identifier: name)") }
        } catch {
            throw ClusterError(.server, "cannot make the database \(name): \(error)")
        }
    }
}
