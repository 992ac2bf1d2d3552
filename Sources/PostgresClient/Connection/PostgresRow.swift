/// One row of a result.
///
///     for row in try connection.query("SELECT number, name FROM …") {
///         print(try row.int64(0), try row.text(1))
///     }
package struct PostgresRow: Sendable {
    let result: PostgresResult
    let index: Int

    /// Whether a value is null.
    package func isNull(_ column: Int) -> Bool { result.isNull(index, column) }
    /// The integer in a column.
    package func int64(_ column: Int) throws(PostgresError) -> Int64 {
        try result.int64(index, column)
    }
    /// The integer in a column, or nil for null.
    package func optionalInt64(_ column: Int) throws(PostgresError) -> Int64? {
        try result.optionalInt64(index, column)
    }
    /// The integer in a column as an `Int`.
    package func int(_ column: Int) throws(PostgresError) -> Int { try result.int(index, column) }
    /// The truth value in a column.
    package func bool(_ column: Int) throws(PostgresError) -> Bool {
        try result.bool(index, column)
    }
    /// The truth value in a column, or nil for null.
    package func optionalBool(_ column: Int) throws(PostgresError) -> Bool? {
        try result.optionalBool(index, column)
    }
    /// The number in a column.
    package func double(_ column: Int) throws(PostgresError) -> Double {
        try result.double(index, column)
    }
    /// The number in a column, or nil for null.
    package func optionalDouble(_ column: Int) throws(PostgresError) -> Double? {
        try result.optionalDouble(index, column)
    }
    /// The text of a column.
    package func text(_ column: Int) throws(PostgresError) -> String {
        try result.text(index, column)
    }
    /// The text of a column, or nil for null.
    package func optionalText(_ column: Int) throws(PostgresError) -> String? {
        try result.optionalText(index, column)
    }
    /// The UTF-8 of a column's text.
    package func textBytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        try result.textBytes(index, column)
    }
    /// The bytes of a column of type `bytea`.
    package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        try result.bytes(index, column)
    }
    /// The bytes of a column of type `bytea`, or nil for null.
    package func optionalBytes(_ column: Int) throws(PostgresError) -> [UInt8]? {
        try result.optionalBytes(index, column)
    }
}

extension PostgresResult: Sequence {
    /// Goes over the rows in order.
    package func makeIterator() -> AnyIterator<PostgresRow> {
        var index = 0
        return AnyIterator {
            guard index < self.rowCount else { return nil }
            defer { index += 1 }
            return PostgresRow(result: self, index: index)
        }
    }

    /// One row.
    package subscript(row: Int) -> PostgresRow {
        precondition(row >= 0 && row < rowCount, "the result has no such row")
        return PostgresRow(result: self, index: row)
    }

    /// The only row; anything but exactly one is an error.
    package var single: PostgresRow {
        get throws(PostgresError) {
            guard rowCount == 1 else {
                throw PostgresError(.unexpectedResult, "\(rowCount) rows instead of one")
            }
            return self[0]
        }
    }

    /// The first row, if there is one.
    package var first: PostgresRow? { isEmpty ? nil : self[0] }
}
