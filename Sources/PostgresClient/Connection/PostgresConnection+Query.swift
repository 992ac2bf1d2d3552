internal import CLibPQ

extension PostgresConnection {
    /// Runs one statement with bound values.
    ///
    ///     let rows = try connection.query("SELECT euid FROM padron.link WHERE record = \(record)")
    @discardableResult
    package mutating func query(_ statement: SQL, format: PostgresFormat = .text)
        throws(PostgresError) -> PostgresResult
    {
        try run(statement.text, statement.parameters, format)
    }

    /// Runs one statement of fixed text with `$1`, `$2`, ….
    ///
    ///     let rows = try connection.query("SELECT … WHERE id = ANY($1)", [identifiers])
    @discardableResult
    package mutating func query(
        _ statement: StaticString, _ parameters: PostgresParameters, format: PostgresFormat = .text
    ) throws(PostgresError) -> PostgresResult {
        try run(statement.description, parameters, format)
    }

    /// Runs a prepared statement, preparing it at its first use on this connection.
    @discardableResult
    package mutating func query(
        _ statement: PreparedStatement, _ parameters: PostgresParameters = [],
        format: PostgresFormat = .text
    ) throws(PostgresError) -> PostgresResult {
        try prepare(statement, types: parameters.types)
        try Self.check(parameters)
        let handle = unsafe handle
        let result = unsafe parameters.withPointers { values in
            unsafe PQexecPrepared(
                handle, statement.name, Int32(parameters.count), values, parameters.lengths,
                parameters.formats, format.rawValue)
        }
        return unsafe try take(result)
    }

    /// Runs one statement and answers how many rows it touched.
    @discardableResult
    package mutating func execute(_ statement: SQL) throws(PostgresError) -> Int {
        try query(statement).affectedRowCount
    }

    /// Runs several statements of raw text, as one transaction unless they say otherwise.
    package mutating func executeScript(_ text: StaticString) throws(PostgresError) {
        try executeScript(unsafeSQL: text.description)
    }

    /// Runs several statements of raw text; no part of it may come from outside.
    package mutating func executeScript(unsafeSQL text: String) throws(PostgresError) {
        guard !text.utf8.contains(0) else { throw Self.zeroByte }
        _ = unsafe try take(unsafe PQexec(handle, text))
    }

    /// Prepares a statement if this connection has not done so.
    mutating func prepare(_ statement: PreparedStatement, types: [UInt32]) throws(PostgresError) {
        guard try !Self.isPrepared(statement, types: types, known: preparedTypes) else { return }
        _ = unsafe try take(
            unsafe PQprepare(handle, statement.name, statement.text, Int32(types.count), types))
        preparedTypes[statement.number] = types
    }

    /// Whether a statement is prepared; the types of its parameters cannot change from then on.
    static func isPrepared(
        _ statement: PreparedStatement, types: [UInt32], known: [Int: [UInt32]]
    ) throws(PostgresError) -> Bool {
        guard let before = known[statement.number] else {
            guard known.count < PostgresLimits.preparedStatementsMax else {
                throw PostgresError(.invalidRequest, "too many prepared statements")
            }
            return false
        }
        guard before == types else {
            throw PostgresError(
                .invalidRequest, "a prepared statement was used with other parameter types")
        }
        return true
    }

    /// Checks what libpq would cut short or refuse.
    static func check(_ parameters: PostgresParameters) throws(PostgresError) {
        guard !parameters.hasZeroInText else { throw zeroByte }
        guard parameters.count <= PostgresLimits.parametersMax else {
            throw PostgresError(.invalidRequest, "too many parameters in one statement")
        }
    }

    static var zeroByte: PostgresError {
        PostgresError(.invalidRequest, "a text holds a zero byte, which PostgreSQL cannot store")
    }

    private mutating func run(
        _ text: String, _ parameters: PostgresParameters, _ format: PostgresFormat
    ) throws(PostgresError) -> PostgresResult {
        try Self.check(parameters)
        let handle = unsafe handle
        let result = unsafe parameters.withPointers { values in
            unsafe PQexecParams(
                handle, text, Int32(parameters.count), parameters.types, values,
                parameters.lengths, parameters.formats, format.rawValue)
        }
        return unsafe try take(result)
    }

    /// Takes over a result, or throws the error that it tells.
    mutating func take(_ result: OpaquePointer?) throws(PostgresError) -> PostgresResult {
        guard let result = unsafe result else { throw unsafe PostgresError(connection: handle) }
        let status = unsafe PQresultStatus(result)
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            return unsafe PostgresResult(handle: result)
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            unsafe PQclear(result)
            leaveCopy(status)
            throw PostgresError(.invalidRequest, "COPY has calls of its own")
        default:
            defer { unsafe PQclear(result) }
            throw unsafe PostgresError(result: result, connection: handle)
        }
    }

    /// Ends a COPY that was begun by mistake.
    private mutating func leaveCopy(_ status: ExecStatusType) {
        if status == PGRES_COPY_IN { unsafe PQputCopyEnd(handle, "not wanted") }
        drain()
    }

    /// Reads and drops all that the server still sends for the current statement.
    mutating func drain() {
        while let result = unsafe PQgetResult(handle) {
            if unsafe PQresultStatus(result) == PGRES_COPY_OUT {
                var row: UnsafeMutablePointer<CChar>?
                while unsafe PQgetCopyData(handle, &row, 0) > 0 { unsafe PQfreemem(row) }
            }
            unsafe PQclear(result)
            if isLost { return }
        }
    }
}

extension PostgresParameters {
    /// Calls a closure with one pointer per value, nil for null.
    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        guard count > 0 else { return body(nil) }
        return unsafe bytes.withUnsafeBytes { buffer in
            unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) {
                pointers in
                // An empty buffer has no address, yet a pointer of nil would mean null.
                let empty = UnsafeRawPointer(pointers.baseAddress)
                let base = unsafe buffer.baseAddress ?? empty
                for index in 0..<count {
                    let offset = offsets[index]
                    unsafe pointers.initializeElement(
                        at: index,
                        to: offset < 0
                            ? nil : base?.advanced(by: offset).assumingMemoryBound(to: CChar.self))
                }
                return unsafe body(UnsafePointer(pointers.baseAddress))
            }
        }
    }
}
