/// Where a database is: a URL (`postgresql://…`) or libpq's `keyword=value` form.
package struct DatabaseAddress: Hashable, Sendable {
    /// The text as libpq reads it; it may hold a password.
    package let connectionString: String

    /// Creates an address from what a user gave.
    package init(_ connectionString: String) { self.connectionString = connectionString }

    /// Creates the address of a database behind a unix socket.
    package init(socketDirectory: String, database: String, user: String) {
        func quoted(_ value: String) -> String {
            var text = "'"
            for scalar in value.unicodeScalars {
                if scalar == "'" || scalar == "\\" { text.append("\\") }
                text.unicodeScalars.append(scalar)
            }
            return text + "'"
        }
        connectionString =
            "host=\(quoted(socketDirectory)) port=5432 dbname=\(quoted(database))"
            + " user=\(quoted(user))"
    }
}

extension DatabaseAddress: CustomStringConvertible, CustomReflectable {
    /// The address up to what may be a password.
    package var description: String {
        var text = connectionString
        if let scheme = text.firstRange(of: "://"),
            let at = text[scheme.upperBound...].lastIndex(of: "@")
        {
            text.replaceSubrange(scheme.upperBound..<at, with: "…")
        }
        guard let password = text.firstRange(of: "password") else { return text }
        return text[..<password.lowerBound] + "password=…"
    }
    /// The description alone: reflection must not print a password either.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
