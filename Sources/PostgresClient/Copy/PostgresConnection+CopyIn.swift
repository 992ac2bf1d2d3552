internal import CLibPQ

/// Where the rows of a COPY go while it runs.
@safe package struct CopyWriter: ~Copyable {
    private let handle: OpaquePointer
    /// Builds the rows; `endRow` of the writer sends them.
    package var encoder: CopyRowEncoder
    /// The rows sent or waiting to be sent.
    package private(set) var rowCount = 0

    fileprivate init(handle: OpaquePointer, format: PostgresFormat) {
        unsafe self.handle = handle
        encoder = CopyRowEncoder(format: format)
    }

    /// Ends the encoder's row and sends what has gathered once it fills a buffer.
    package mutating func endRow() throws(PostgresError) {
        encoder.endRow()
        if encoder.bytes.count >= PostgresLimits.copyBufferBytesMax { try flush() }
    }

    /// Sends rows that another encoder of the same format has built.
    package mutating func write(_ rows: borrowing CopyRowEncoder) throws(PostgresError) {
        precondition(rows.format == encoder.format, "the rows are of another format")
        try flush()
        rowCount += rows.rowCount
        try put(rows.bytes)
    }

    fileprivate mutating func flush() throws(PostgresError) {
        guard !encoder.bytes.isEmpty else { return }
        rowCount += encoder.rowCount
        try put(encoder.bytes)
        encoder.removeAll()
    }

    fileprivate func put(_ bytes: [UInt8]) throws(PostgresError) {
        let handle = unsafe handle
        let sent = unsafe bytes.withUnsafeBytes { buffer in
            unsafe PQputCopyData(
                handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(buffer.count))
        }
        guard sent == 1 else { throw unsafe PostgresError(connection: handle) }
    }
}

extension PostgresConnection {
    /// Copies rows into a table.
    ///
    ///     try connection.copyIn(into: "staging", columns: ["id", "name"]) { copy in
    ///         for person in persons {
    ///             copy.encoder.beginRow(columnCount: 2)
    ///             copy.encoder.append(person.id)
    ///             copy.encoder.append(person.name)
    ///             try copy.endRow()
    ///         }
    ///     }
    ///
    /// All or nothing: when the closure throws, no row is kept.
    ///
    /// - Returns: the number of rows that the server took.
    @discardableResult
    package mutating func copyIn(
        into table: StaticString, columns: [StaticString], format: PostgresFormat = .text,
        _ body: (inout CopyWriter) throws -> Void
    ) throws -> Int {
        let columns = columns.map(\.description).joined(separator: ", ")
        return try copyIn(unsafeSQL: "\(table) (\(columns))", format: format, body)
    }

    /// Copies rows into a table named by text that the program puts together, columns in parentheses.
    @discardableResult
    package mutating func copyIn(
        unsafeSQL target: String, format: PostgresFormat = .text,
        _ body: (inout CopyWriter) throws -> Void
    ) throws -> Int {
        try beginCopy("COPY \(target) FROM STDIN (FORMAT \(format))", PGRES_COPY_IN)
        var writer = unsafe CopyWriter(handle: handle, format: format)
        do {
            if format == .binary { try writer.put(Self.binaryCopyHeader) }
            try body(&writer)
            try writer.flush()
            if format == .binary { try writer.put([0xff, 0xff]) }
        } catch {
            try endCopy(afterFailure: error)
        }
        guard unsafe PQputCopyEnd(handle, nil) == 1 else {
            throw unsafe PostgresError(connection: handle)
        }
        return try copyResult().affectedRowCount
    }

    /// The signature, flags and extension length of COPY's binary format.
    private static var binaryCopyHeader: [UInt8] {
        Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00] + [UInt8](repeating: 0, count: 8)
    }

    /// Makes the server drop the rows, and throws what led to it: the server's own error if it had one.
    private mutating func endCopy(afterFailure failure: any Error) throws -> Never {
        unsafe PQputCopyEnd(handle, "the client gave up")
        do {
            _ = try copyResult()
        } catch let error where !error.isCancelled && failure is PostgresError {
            throw error
        } catch {
            throw failure
        }
        throw failure
    }

    /// Starts a COPY.
    mutating func beginCopy(_ text: String, _ wanted: ExecStatusType) throws(PostgresError) {
        guard let result = unsafe PQexec(handle, text) else {
            throw unsafe PostgresError(connection: handle)
        }
        guard unsafe PQresultStatus(result) == wanted else {
            _ = try unsafe take(result)
            throw PostgresError(.invalidRequest, "the statement is not the COPY it should be")
        }
        unsafe PQclear(result)
    }

    /// The result that ends a COPY.
    mutating func copyResult() throws(PostgresError) -> PostgresResult {
        let result = unsafe PQgetResult(handle)
        defer { drain() }
        return try unsafe take(result)
    }
}

extension PostgresFormat: CustomStringConvertible {
    /// The name that COPY's FORMAT option takes.
    package var description: String { self == .text ? "text" : "binary" }
}
