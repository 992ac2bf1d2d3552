internal import CLibPQ

/// What went wrong in talking to PostgreSQL.
///
/// It never holds a bound value nor the server's DETAIL or CONTEXT, which quote rows: those fields
/// are not even read, and messages of the data exceptions (class 22) are cut before what they quote.
package struct PostgresError: Error, Hashable, Sendable {
    /// The side on which it went wrong.
    package enum Kind: Hashable, Sendable {
        /// No connection could be made.
        case connectionFailed
        /// The connection existed and is gone; a new one is needed.
        case connectionLost
        /// The server refused a statement.
        case server
        /// A result is not of the shape that the caller reads.
        case unexpectedResult
        /// A request that cannot be sent.
        case invalidRequest
    }

    /// The side on which it went wrong.
    package var kind: Kind
    /// The five characters of the SQL standard's error code, when the server gave one.
    package var sqlState: String?
    /// The server's primary message, lower-case and without values.
    package var message: String
    /// The server's hint.
    package var hint: String?
    /// The constraint that a statement would have broken.
    package var constraint: String?
    /// The table that the error is about.
    package var table: String?
    /// Whether the connection was lost while COMMIT was under way, so that nobody knows its outcome.
    package var isCommitOutcomeUnknown = false

    /// Creates an error that the server had no part in.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension PostgresError {
    /// Whether the connection is gone, before or during the statement.
    package var isConnectionLost: Bool { kind == .connectionLost }
    /// Whether a row with the same key exists (23505).
    package var isUniqueViolation: Bool { sqlState == "23505" }
    /// Whether a referred row is missing, or a row is still referred to (23503).
    package var isForeignKeyViolation: Bool { sqlState == "23503" }
    /// Whether a row breaks a check constraint (23514).
    package var isCheckViolation: Bool { sqlState == "23514" }
    /// Whether a row breaks an exclusion constraint (23P01).
    package var isExclusionViolation: Bool { sqlState == "23P01" }
    /// Whether the same transaction may succeed when tried again (40001).
    package var isSerializationFailure: Bool { sqlState == "40001" }
    /// Whether the transaction was ended to break a deadlock (40P01).
    package var isDeadlock: Bool { sqlState == "40P01" }
    /// Whether a lock was not to be had at once or in time (55P03).
    package var isLockNotAvailable: Bool { sqlState == "55P03" }
    /// Whether the statement was cancelled, by request or by a timeout (57014).
    package var isCancelled: Bool { sqlState == "57014" }
    /// Whether the server cannot write, being a replica (25006).
    package var isReadOnly: Bool { sqlState == "25006" }
    /// Whether a table does not exist (42P01).
    package var isUndefinedTable: Bool { sqlState == "42P01" }
    /// Whether the server's disk is full (53100).
    package var isDiskFull: Bool { sqlState == "53100" }
}

extension PostgresError: CustomStringConvertible {
    /// The message, the error code and the hint; no values.
    package var description: String {
        var text = message
        if let sqlState { text += " (\(sqlState))" }
        if let constraint { text += ", constraint \(constraint)" }
        if let hint { text += "; \(hint)" }
        if isCommitOutcomeUnknown { text += "; whether it was committed is not known" }
        return text
    }
}

extension PostgresError {
    /// Reads the error of a failed result.
    init(result: OpaquePointer, connection: OpaquePointer) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue,
                let text = unsafe PQresultErrorField(result, Int32(ascii))
            else { return nil }
            return unsafe String(cString: text)
        }
        let state = field("C")
        guard let primary = field("M") else {
            unsafe self.init(connection: connection)
            return
        }
        let isClosed = unsafe PQstatus(connection) == CONNECTION_BAD
        let severity = field("V") ?? ""
        let isGone =
            severity == "FATAL" || severity == "PANIC" || state?.hasPrefix("08") == true
            || isClosed
        self.init(
            isGone ? .connectionLost : .server, Self.withoutValues(primary, sqlState: state))
        sqlState = state
        hint = field("H")
        constraint = field("n")
        table = field("t")
    }

    /// Reads the last error of a connection that gave no result.
    init(connection: OpaquePointer) {
        let isGone = unsafe PQstatus(connection) == CONNECTION_BAD
        let text = unsafe PQerrorMessage(connection).map { unsafe String(cString: $0) } ?? ""
        self.init(isGone ? .connectionLost : .server, Self.firstLine(text))
    }

    /// The first line of a message of libpq, without the severity in front.
    static func firstLine(_ text: String) -> String {
        var line = text.prefix { !$0.isNewline }
        for severity in ["FATAL:  ", "ERROR:  "] {
            if let found = line.firstRange(of: severity) { line.removeSubrange(found) }
        }
        return line.isEmpty ? "the connection was closed" : String(line)
    }

    /// A primary message without the value that data exceptions quote after a colon or in quotes.
    static func withoutValues(_ message: String, sqlState: String?) -> String {
        guard let sqlState, sqlState.hasPrefix("22"),
            let end = message.firstIndex(where: { $0 == ":" || $0 == "\"" })
        else { return message }
        return message[..<end] + "…"
    }
}
