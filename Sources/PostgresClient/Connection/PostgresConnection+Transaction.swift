/// How far a transaction is kept apart from others.
package enum IsolationLevel: String, Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after another; be ready to try again.
    case serializable = "SERIALIZABLE"
}

extension PostgresConnection {
    /// Runs a closure in a transaction: committed when it returns, rolled back when it throws.
    ///
    ///     try connection.transaction { connection in
    ///         try connection.execute("UPDATE …")
    ///     }
    ///
    /// - Throws: what the closure throws; a `PostgresError` whose `isCommitOutcomeUnknown` is set when
    ///   the connection was lost while COMMIT was under way.
    @discardableResult
    package mutating func transaction<Value>(
        _ isolation: IsolationLevel = .readCommitted, readOnly: Bool = false,
        _ body: (inout PostgresConnection) throws -> Value
    ) throws -> Value {
        precondition(transactionStatus != .inTransaction, "a transaction is already open")
        let access = readOnly ? "READ ONLY" : "READ WRITE"
        try query("BEGIN ISOLATION LEVEL \(unsafeSQL: isolation.rawValue) \(unsafeSQL: access)")
        let value: Value
        do {
            value = try body(&self)
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return value
    }

    /// Commits the open transaction.
    package mutating func commit() throws(PostgresError) {
        let tag: String
        do {
            tag = try query("COMMIT").commandTag
        } catch {
            throw error.duringCommit
        }
        guard tag == "COMMIT" else {
            throw PostgresError(.server, "the transaction had failed and was rolled back")
        }
    }

    /// Rolls the open transaction back; a lost connection has done so by itself.
    package mutating func rollBack() {
        guard !isLost, transactionStatus != .idle else { return }
        _ = try? query("ROLLBACK")
    }
}

extension PostgresError {
    /// The same error, known to have come between COMMIT and its answer.
    var duringCommit: PostgresError {
        var error = self
        error.isCommitOutcomeUnknown = isConnectionLost
        return error
    }
}
