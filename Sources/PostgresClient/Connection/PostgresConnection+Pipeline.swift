internal import CLibPQ
internal import Glibc

/// Statements that are sent one behind the other without waiting for their results.
@safe package struct PostgresPipeline: ~Copyable {
    /// What a result of the server belongs to.
    enum Expectation {
        case preparation(number: Int, types: [UInt32])
        case statement
    }

    let handle: OpaquePointer
    /// The parameter types of the statements prepared so far, those prepared here included.
    var preparedTypes: [Int: [UInt32]]
    var expectations: [Expectation] = []

    init(handle: OpaquePointer, preparedTypes: [Int: [UInt32]]) {
        unsafe self.handle = handle
        self.preparedTypes = preparedTypes
    }

    /// Sends one statement with bound values.
    package mutating func send(_ statement: SQL) throws(PostgresError) {
        try send(statement.text, statement.parameters, .text)
    }

    /// Sends one statement of fixed text with `$1`, `$2`, ….
    package mutating func send(
        _ statement: StaticString, _ parameters: PostgresParameters, format: PostgresFormat = .text
    ) throws(PostgresError) {
        try send(statement.description, parameters, format)
    }

    /// Sends a prepared statement, behind its preparation where this connection has not met it.
    package mutating func send(
        _ statement: PreparedStatement, _ parameters: PostgresParameters = [],
        format: PostgresFormat = .text
    ) throws(PostgresError) {
        try PostgresConnection.check(parameters)
        let types = parameters.types
        if try !PostgresConnection.isPrepared(statement, types: types, known: preparedTypes) {
            let sent = unsafe PQsendPrepare(
                handle, statement.name, statement.text, Int32(types.count), types)
            try expect(.preparation(number: statement.number, types: types), sent)
            preparedTypes[statement.number] = types
        }
        let handle = unsafe handle
        let sent = unsafe parameters.withPointers { values in
            unsafe PQsendQueryPrepared(
                handle, statement.name, Int32(parameters.count), values, parameters.lengths,
                parameters.formats, format.rawValue)
        }
        try expect(.statement, sent)
    }

    private mutating func send(
        _ text: String, _ parameters: PostgresParameters, _ format: PostgresFormat
    ) throws(PostgresError) {
        try PostgresConnection.check(parameters)
        let handle = unsafe handle
        let sent = unsafe parameters.withPointers { values in
            unsafe PQsendQueryParams(
                handle, text, Int32(parameters.count), parameters.types, values,
                parameters.lengths, parameters.formats, format.rawValue)
        }
        try expect(.statement, sent)
    }

    private mutating func expect(_ expectation: Expectation, _ sent: Int32) throws(PostgresError) {
        guard sent == 1 else { throw unsafe PostgresError(connection: handle) }
        guard expectations.count < PostgresLimits.pipelineStatementsMax else {
            throw PostgresError(.invalidRequest, "too many statements in one pipeline")
        }
        expectations.append(expectation)
    }
}

extension PostgresConnection {
    /// Sends statements without waiting in between, then collects their results in order.
    ///
    ///     let results = try connection.pipeline { pipeline in
    ///         for event in events { try pipeline.send(Self.insertEvent, event.parameters) }
    ///     }
    ///
    /// Outside a transaction the statements are one: the first that fails undoes those before it, and
    /// those behind it are not run. COPY cannot be part of it.
    ///
    /// - Parameters:
    ///   - meanwhile: Work of the caller's own, done after all is sent and before the results are read; again
    ///     and again while it answers true and the server has not answered.
    ///   - body: Sends the statements.
    /// - Returns: the results of the statements.
    /// - Throws: what the closure throws, or the first statement's error.
    @discardableResult
    package mutating func pipeline(
        meanwhile: () -> Bool = { false }, _ body: (inout PostgresPipeline) throws -> Void
    ) throws -> [PostgresResult] {
        // Asked before anything is sent: a connection with statements under way is not idle.
        let beginsTransaction = transactionStatus == .idle
        guard unsafe PQenterPipelineMode(handle) == 1 else {
            throw unsafe PostgresError(connection: handle)
        }
        var pipeline = unsafe PostgresPipeline(handle: handle, preparedTypes: preparedTypes)
        var failure: (any Error)?
        do { try body(&pipeline) } catch { failure = error }
        let expectations = pipeline.expectations
        if failure != nil, beginsTransaction {
            // Nothing has been asked to commit: without its sync the server would wait, so it gets
            // a statement that fails, and the implicit transaction is undone with it.
            unsafe PQsendQueryParams(handle, "ROLLBACK TO padron", 0, nil, nil, nil, nil, 0)
        }
        guard unsafe PQpipelineSync(handle) == 1 else {
            throw unsafe PostgresError(connection: handle)
        }
        if failure == nil { while meanwhile(), !hasAnswer {} }
        let results = try collect(expectations, isSpoiled: failure != nil)
        if let failure { throw failure }
        return results
    }

    /// Runs a pipeline as one transaction with a single round trip, BEGIN and COMMIT included.
    ///
    /// - Parameters:
    ///   - meanwhile: Work of the caller's own, done while the server works; again and again while it answers
    ///     true and the server has not answered.
    ///   - body: Sends the statements.
    /// - Returns: the results of the statements that the closure sent.
    /// - Throws: what made it roll back; `isCommitOutcomeUnknown` is set when the connection was lost
    ///   after COMMIT may have reached the server.
    @discardableResult
    package mutating func pipelinedTransaction(
        meanwhile: () -> Bool = { false }, _ body: (inout PostgresPipeline) throws -> Void
    ) throws -> [PostgresResult] {
        precondition(transactionStatus != .inTransaction, "a transaction is already open")
        var isCommitSent = false
        do {
            var results = try pipeline(meanwhile: meanwhile) { pipeline in
                try pipeline.send("BEGIN")
                try body(&pipeline)
                isCommitSent = true
                try pipeline.send("COMMIT")
            }
            results.removeFirst()
            guard results.popLast()?.commandTag == "COMMIT" else {
                throw PostgresError(.server, "the transaction had failed and was rolled back")
            }
            return results
        } catch {
            rollBack()
            guard isCommitSent, let lost = error as? PostgresError else { throw error }
            throw lost.duringCommit
        }
    }

    /// Whether the server has sent anything that was not read yet, or the connection has broken.
    private var hasAnswer: Bool {
        var entry = unsafe pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) != 0
    }

    /// Ends a pipeline: reads every result up to its sync point, leaves pipeline mode.
    private mutating func collect(
        _ expectations: [PostgresPipeline.Expectation], isSpoiled: Bool
    ) throws(PostgresError) -> [PostgresResult] {
        var results: [PostgresResult] = []
        results.reserveCapacity(expectations.count)
        var failure: PostgresError?
        var position = 0
        reading: while true {
            guard let result = unsafe PQgetResult(handle) else {
                if isLost { throw unsafe failure ?? PostgresError(connection: handle) }
                continue
            }
            switch unsafe PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                unsafe PQclear(result)
                break reading
            case PGRES_PIPELINE_ABORTED:
                unsafe PQclear(result)
            default:
                do {
                    let taken = unsafe try take(result)
                    if case .preparation(let number, let types) = expectations[position] {
                        preparedTypes[number] = types
                    } else {
                        results.append(taken)
                    }
                } catch {
                    failure = failure ?? error
                }
            }
            position += 1
        }
        unsafe PQexitPipelineMode(handle)
        if let failure, !isSpoiled { throw failure }
        return results
    }
}
