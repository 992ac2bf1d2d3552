/// One row of a binary COPY out, read column by column in order.
///
/// The types are those of the query's columns and are not sent along: reading another type is a thrown
/// error where the length tells, so cast in the query (`SELECT id::int8`).
@safe package struct CopyRowReader: ~Copyable {
    private let bytes: UnsafeRawBufferPointer
    private var offset: Int
    /// The number of columns that have not been read.
    package private(set) var columnsLeft: Int

    /// Reads a message; nil for the end mark.
    init?(message: UnsafeRawBufferPointer, isFirst: Bool) throws(PostgresError) {
        // The first message begins with a signature of 11 bytes, flags, and an extension's length.
        unsafe bytes = message
        offset = isFirst ? 19 : 0
        columnsLeft = 0
        let count = Int(Int16(truncatingIfNeeded: try integer(byteCount: 2)))
        guard count >= 0 else { return nil }
        columnsLeft = count
    }

    /// Reads an `int8`, `int4` or `int2`.
    package mutating func int64() throws(PostgresError) -> Int64 {
        guard let value = try optionalInt64() else { throw Self.unexpected }
        return value
    }

    /// Reads an `int8`, `int4` or `int2`, or nil for null.
    package mutating func optionalInt64() throws(PostgresError) -> Int64? {
        guard let length = try beginField() else { return nil }
        switch length {
        case 8: return Int64(bitPattern: try integer(byteCount: 8))
        case 4: return Int64(Int32(truncatingIfNeeded: try integer(byteCount: 4)))
        case 2: return Int64(Int16(truncatingIfNeeded: try integer(byteCount: 2)))
        default: throw Self.unexpected
        }
    }

    /// Reads a `bool`.
    package mutating func bool() throws(PostgresError) -> Bool {
        guard try beginField() == 1 else { throw Self.unexpected }
        return try integer(byteCount: 1) == 1
    }

    /// Reads a `float8`.
    package mutating func double() throws(PostgresError) -> Double {
        guard try beginField() == 8 else { throw Self.unexpected }
        return Double(bitPattern: try integer(byteCount: 8))
    }

    /// Reads a `timestamptz` as microseconds since 1970-01-01 00:00 UTC.
    package mutating func unixMicroseconds() throws(PostgresError) -> Int64 {
        guard try beginField() == 8 else { throw Self.unexpected }
        return Int64(bitPattern: try integer(byteCount: 8)) + 946_684_800_000_000
    }

    /// Reads a text.
    package mutating func text() throws(PostgresError) -> String {
        guard let text = try optionalText() else { throw Self.unexpected }
        return text
    }

    /// Reads a text, or nil for null.
    package mutating func optionalText() throws(PostgresError) -> String? {
        unsafe try withField { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Reads a `bytea`, or the UTF-8 of a text, or nil for null.
    package mutating func optionalBytes() throws(PostgresError) -> [UInt8]? {
        unsafe try withField { unsafe Array($0) }
    }

    /// Appends a `bytea`, or the UTF-8 of a text, to a buffer; answers its length, or nil for null.
    package mutating func appendBytes(to buffer: inout [UInt8]) throws(PostgresError) -> Int? {
        let start = buffer.count
        let isSet: Void? = unsafe try withField { unsafe buffer.append(contentsOf: $0) }
        return isSet == nil ? nil : buffer.count - start
    }

    /// Passes over a column.
    package mutating func skip() throws(PostgresError) { _ = unsafe try withField { _ in } }

    private mutating func withField<Value>(
        _ body: (Slice<UnsafeRawBufferPointer>) -> Value
    ) throws(PostgresError) -> Value? {
        guard let length = try beginField() else { return nil }
        defer { offset += length }
        return unsafe body(bytes[offset..<(offset + length)])
    }

    /// The next column's length, which is known to lie within the message; nil for null.
    private mutating func beginField() throws(PostgresError) -> Int? {
        guard columnsLeft > 0 else { throw Self.unexpected }
        columnsLeft -= 1
        let length = Int(Int32(truncatingIfNeeded: try integer(byteCount: 4)))
        guard length >= 0 else { return nil }
        guard unsafe length <= bytes.count - offset else { throw Self.unexpected }
        return length
    }

    private mutating func integer(byteCount: Int) throws(PostgresError) -> UInt64 {
        guard unsafe byteCount <= bytes.count - offset else { throw Self.unexpected }
        var value: UInt64 = 0
        for position in offset..<(offset + byteCount) {
            value = unsafe value << 8 | UInt64(bytes[position])
        }
        offset += byteCount
        return value
    }

    private static var unexpected: PostgresError {
        PostgresError(.unexpectedResult, "a copied row is not of the expected shape")
    }
}
