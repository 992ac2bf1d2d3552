/// A moment in microseconds since 1970-01-01 00:00 UTC, as a `timestamptz`.
package struct UnixMicroseconds: PostgresBinaryValue, Hashable {
    package var value: Int64

    /// Creates a moment.
    package init(_ value: Int64) { self.value = value }

    package static var postgresElementType: UInt32 { PostgresType.timestamp }
    package static var postgresArrayType: UInt32 { PostgresType.timestampArray }

    package func appendBinary(to bytes: inout [UInt8]) {
        // PostgreSQL counts from 2000-01-01.
        bytes.appendBigEndian(value - 946_684_800_000_000)
    }
}
