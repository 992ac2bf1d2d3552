internal import CLibPQ

/// The rows that a statement gave, read in place.
///
/// The accessors read both formats and check the column's type; what does not fit is a thrown
/// `unexpectedResult`, never a wrong value. Each has an `optional…` twin that answers nil for null.
///
/// It is `@unchecked Sendable` because nothing changes it after its creation: libpq's accessors only read.
@safe package final class PostgresResult: @unchecked Sendable {
    private let handle: OpaquePointer
    /// The number of rows.
    package let rowCount: Int
    /// The number of columns.
    package let columnCount: Int

    init(handle: OpaquePointer) {
        unsafe self.handle = handle
        rowCount = Int(unsafe PQntuples(handle))
        columnCount = Int(unsafe PQnfields(handle))
    }

    deinit { unsafe PQclear(handle) }

    /// Whether there is no row.
    package var isEmpty: Bool { rowCount == 0 }

    /// The rows that an INSERT, UPDATE, DELETE, MERGE, SELECT or COPY touched.
    package var affectedRowCount: Int {
        guard let text = unsafe PQcmdTuples(handle) else { return 0 }
        return Int(unsafe String(cString: text)) ?? 0
    }

    /// The server's name for what it did, for example `INSERT 0 1` or `COMMIT`.
    package var commandTag: String {
        guard let text = unsafe PQcmdStatus(handle) else { return "" }
        return unsafe String(cString: text)
    }

    /// The names of the columns.
    package var columnNames: [String] {
        (0..<columnCount).map { column in
            unsafe PQfname(handle, Int32(column)).map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// The position of a column.
    package func column(named name: String) throws(PostgresError) -> Int {
        let column = unsafe PQfnumber(handle, name)
        guard column >= 0 else {
            throw PostgresError(.unexpectedResult, "the result has no column \(name)")
        }
        return Int(column)
    }

    /// Whether a value is null.
    package func isNull(_ row: Int, _ column: Int) -> Bool {
        check(row, column)
        return unsafe PQgetisnull(handle, Int32(row), Int32(column)) == 1
    }

    /// Calls a closure with the bytes of a value as they came; empty for null.
    package func withBytes<Value, Failure: Error>(
        _ row: Int, _ column: Int, _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        check(row, column)
        let bytes = unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(handle, Int32(row), Int32(column)),
            count: Int(PQgetlength(handle, Int32(row), Int32(column))))
        return try body(unsafe bytes.bytes)
    }

    func type(ofColumn column: Int) -> UInt32 { unsafe PQftype(handle, Int32(column)) }

    func format(ofColumn column: Int) -> PostgresFormat {
        unsafe PQfformat(handle, Int32(column)) == 1 ? .binary : .text
    }

    func unexpected(_ column: Int, _ wanted: String) -> PostgresError {
        let name = unsafe PQfname(handle, Int32(column)).map { unsafe String(cString: $0) } ?? ""
        return PostgresError(
            .unexpectedResult, "column \(column) (\(name)) of the result is not \(wanted)")
    }

    private func check(_ row: Int, _ column: Int) {
        precondition(row >= 0 && row < rowCount, "the result has no such row")
        precondition(column >= 0 && column < columnCount, "the result has no such column")
    }
}
