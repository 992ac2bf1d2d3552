internal import CLibPQ

extension PostgresConnection {
    /// Streams the rows of a query in binary, in constant memory.
    ///
    ///     try connection.copyOut("SELECT euid, number::int8 FROM padron.person") { row in
    ///         index.insert(try row.text(), try row.int64())
    ///     }
    ///
    /// When the closure throws, the rest is cancelled and the connection stays usable.
    ///
    /// - Returns: the number of rows.
    @discardableResult
    package mutating func copyOut(
        _ query: StaticString, _ body: (inout CopyRowReader) throws -> Void
    ) throws -> Int {
        try copyOut(unsafeSQL: query.description, body)
    }

    /// Streams the rows of a query put together by the program; COPY takes no bound values.
    @discardableResult
    package mutating func copyOut(
        unsafeSQL query: String, _ body: (inout CopyRowReader) throws -> Void
    ) throws -> Int {
        var rowCount = 0
        unsafe try copyMessages("COPY (\(query)) TO STDOUT (FORMAT binary)") { message, isFirst in
            guard var row = try unsafe CopyRowReader(message: message, isFirst: isFirst)
            else { return }
            rowCount += 1
            try body(&row)
        }
        return rowCount
    }

    /// Streams the rows of a query as lines of COPY's CSV format, with their line ends.
    package mutating func copyOutCSV(
        unsafeSQL query: String, header: Bool, _ body: (RawSpan) throws -> Void
    ) throws {
        unsafe try copyMessages("COPY (\(query)) TO STDOUT (FORMAT csv, HEADER \(header))") {
            line, _ in
            try unsafe body(line.bytes)
        }
    }

    private mutating func copyMessages(
        _ text: String, _ body: (UnsafeRawBufferPointer, _ isFirst: Bool) throws -> Void
    ) throws {
        try beginCopy(text, PGRES_COPY_OUT)
        var isFirst = true
        while true {
            var message: UnsafeMutablePointer<CChar>?
            let length = unsafe PQgetCopyData(handle, &message, 0)
            guard length > 0 else { break }
            defer { unsafe PQfreemem(message) }
            do {
                try unsafe body(
                    UnsafeRawBufferPointer(start: message, count: Int(length)), isFirst)
            } catch {
                try? cancellation().cancel()
                skipCopyMessages()
                throw error
            }
            isFirst = false
        }
        _ = try copyResult()
    }

    private mutating func skipCopyMessages() {
        var message: UnsafeMutablePointer<CChar>?
        while unsafe PQgetCopyData(handle, &message, 0) > 0 { unsafe PQfreemem(message) }
        drain()
    }
}
