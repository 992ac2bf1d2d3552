/// The parameters of one statement, held in one buffer that a hot loop can use again.
///
///     connection.query("SELECT … WHERE id = $1 AND code = $2", [id, "abc"])
///
/// Integers, floats, booleans, bytes and arrays travel in binary with their type. Text travels without
/// a type, so that `$1` may stand for a date, a `jsonb` or a `timestamptz` too.
package struct PostgresParameters: Sendable, ExpressibleByArrayLiteral {
    /// The types, zero for those left to the server.
    private(set) var types: [UInt32] = []
    private(set) var formats: [Int32] = []
    private(set) var lengths: [Int32] = []
    /// Where each value starts in `bytes`; below zero for null.
    private(set) var offsets: [Int] = []
    private(set) var bytes: [UInt8] = []
    /// Whether a text holds a zero byte, which PostgreSQL cannot store.
    private(set) var hasZeroInText = false

    /// The number of parameters.
    package var count: Int { types.count }

    /// Creates an empty list.
    package init() {}

    /// Creates a list of values.
    package init(arrayLiteral elements: any PostgresBindable...) {
        for element in elements { append(element) }
    }

    /// Appends one value.
    package mutating func append(_ value: some PostgresBindable) { value.bind(to: &self) }

    /// Appends all values of another list.
    package mutating func append(contentsOf other: PostgresParameters) {
        let base = bytes.count
        types += other.types
        formats += other.formats
        lengths += other.lengths
        for offset in other.offsets { offsets.append(offset < 0 ? offset : offset + base) }
        bytes += other.bytes
        hasZeroInText = hasZeroInText || other.hasZeroInText
    }

    /// Forgets all values and keeps the memory.
    package mutating func removeAll() {
        types.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        hasZeroInText = false
    }

    /// Appends a null of a type.
    package mutating func appendNull(type: UInt32 = PostgresType.unspecified) {
        types.append(type)
        formats.append(0)
        lengths.append(0)
        offsets.append(-1)
    }

    /// Appends text, given as UTF-8, whose type the server infers.
    package mutating func append(textBytes: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: textBytes)
        if bytes[start...].contains(0) { hasZeroInText = true }
        finish(type: PostgresType.unspecified, format: .text, start: start)
        bytes.append(0)
    }

    /// Appends bytes as a `bytea`.
    package mutating func append(bytea: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: bytea)
        finish(type: PostgresType.bytea, format: .binary, start: start)
    }

    /// Appends the binary form of a value of a type.
    mutating func append(binary type: UInt32, _ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        write(&bytes)
        finish(type: type, format: .binary, start: start)
    }

    private mutating func finish(type: UInt32, format: PostgresFormat, start: Int) {
        types.append(type)
        formats.append(format.rawValue)
        lengths.append(Int32(bytes.count - start))
        offsets.append(start)
    }
}

extension PostgresParameters: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The number of values, never the values.
    package var description: String { "\(count) parameters" }
    /// The number of values, never the values.
    package var debugDescription: String { description }
    /// Nothing: reflection must not print values either.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension [UInt8] {
    /// Appends an integer in network byte order.
    mutating func appendBigEndian<Value: FixedWidthInteger>(_ value: Value) {
        unsafe Swift.withUnsafeBytes(of: value.bigEndian) { unsafe append(contentsOf: $0) }
    }
}
