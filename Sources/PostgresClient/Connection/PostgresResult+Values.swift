extension PostgresResult {
    /// The integer in a column of type `int2`, `int4`, `int8` or `oid`, or in any text that is one.
    package func int64(_ row: Int, _ column: Int) throws(PostgresError) -> Int64 {
        guard let value = try optionalInt64(row, column) else { throw unexpected(column, "set") }
        return value
    }

    /// The integer in a column, or nil for null.
    package func optionalInt64(_ row: Int, _ column: Int) throws(PostgresError) -> Int64? {
        if isNull(row, column) { return nil }
        let isBinary = format(ofColumn: column) == .binary
        let type = type(ofColumn: column)
        let value = withBytes(row, column) { bytes -> Int64? in
            guard isBinary else { return decimal(bytes) }
            switch type {
            case PostgresType.int64 where bytes.byteCount == 8:
                return Int64(bitPattern: bytes.bigEndian(at: 0, byteCount: 8))
            case PostgresType.int32 where bytes.byteCount == 4:
                return Int64(Int32(truncatingIfNeeded: bytes.bigEndian(at: 0, byteCount: 4)))
            case PostgresType.oid where bytes.byteCount == 4:
                return Int64(bytes.bigEndian(at: 0, byteCount: 4))
            case PostgresType.int16 where bytes.byteCount == 2:
                return Int64(Int16(truncatingIfNeeded: bytes.bigEndian(at: 0, byteCount: 2)))
            default: return nil
            }
        }
        guard let value else { throw unexpected(column, "an integer") }
        return value
    }

    /// The integer in a column as an `Int`.
    package func int(_ row: Int, _ column: Int) throws(PostgresError) -> Int {
        Int(try int64(row, column))
    }

    /// The truth value in a column.
    package func bool(_ row: Int, _ column: Int) throws(PostgresError) -> Bool {
        guard let value = try optionalBool(row, column) else { throw unexpected(column, "set") }
        return value
    }

    /// The truth value in a column, or nil for null.
    package func optionalBool(_ row: Int, _ column: Int) throws(PostgresError) -> Bool? {
        if isNull(row, column) { return nil }
        guard type(ofColumn: column) == PostgresType.boolean else {
            throw unexpected(column, "a boolean")
        }
        return withBytes(row, column) { bytes in
            let byte = bytes.byteCount == 1 ? bytes.byte(at: 0) : 0
            return byte == 1 || byte == UInt8(ascii: "t")
        }
    }

    /// The number in a column of type `float4` or `float8`, or in any text that is one.
    package func double(_ row: Int, _ column: Int) throws(PostgresError) -> Double {
        guard let value = try optionalDouble(row, column) else { throw unexpected(column, "set") }
        return value
    }

    /// The number in a column, or nil for null.
    package func optionalDouble(_ row: Int, _ column: Int) throws(PostgresError) -> Double? {
        if isNull(row, column) { return nil }
        guard format(ofColumn: column) == .binary else {
            guard let value = Double(try text(row, column)) else {
                throw unexpected(column, "a number")
            }
            return value
        }
        let type = type(ofColumn: column)
        let value = withBytes(row, column) { bytes -> Double? in
            switch type {
            case PostgresType.double where bytes.byteCount == 8:
                return Double(bitPattern: bytes.bigEndian(at: 0, byteCount: 8))
            case PostgresType.float where bytes.byteCount == 4:
                let bits = UInt32(truncatingIfNeeded: bytes.bigEndian(at: 0, byteCount: 4))
                return Double(Float(bitPattern: bits))
            default: return nil
            }
        }
        guard let value else { throw unexpected(column, "a number") }
        return value
    }

    /// The text of a column: any type in text format; `text`, `varchar`, `json`, `jsonb` in binary.
    package func text(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        guard let value = try optionalText(row, column) else { throw unexpected(column, "set") }
        return value
    }

    /// The text of a column, or nil for null.
    package func optionalText(_ row: Int, _ column: Int) throws(PostgresError) -> String? {
        if isNull(row, column) { return nil }
        let start = try textStart(column)
        return withBytes(row, column) { bytes in
            unsafe bytes.withUnsafeBytes { buffer in
                unsafe String(decoding: buffer.dropFirst(start), as: UTF8.self)
            }
        }
    }

    /// The UTF-8 of a column's text.
    package func textBytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8] {
        if isNull(row, column) { throw unexpected(column, "set") }
        let start = try textStart(column)
        return withBytes(row, column) { bytes in
            unsafe bytes.withUnsafeBytes { buffer in unsafe Array(buffer.dropFirst(start)) }
        }
    }

    /// The bytes of a column of type `bytea`.
    package func bytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8] {
        guard let value = try optionalBytes(row, column) else { throw unexpected(column, "set") }
        return value
    }

    /// The bytes of a column of type `bytea`, or nil for null.
    package func optionalBytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8]? {
        if isNull(row, column) { return nil }
        guard type(ofColumn: column) == PostgresType.bytea else {
            throw unexpected(column, "a bytea")
        }
        let isBinary = format(ofColumn: column) == .binary
        let value = withBytes(row, column) { bytes -> [UInt8]? in
            unsafe bytes.withUnsafeBytes { buffer in
                if isBinary { return unsafe Array(buffer) }
                return unsafe hexadecimal(buffer)
            }
        }
        guard let value else { throw unexpected(column, "a bytea") }
        return value
    }

    /// How many bytes stand before the text: one, the version, for a binary `jsonb`.
    private func textStart(_ column: Int) throws(PostgresError) -> Int {
        guard format(ofColumn: column) == .binary else { return 0 }
        switch type(ofColumn: column) {
        case PostgresType.jsonb: return 1
        case PostgresType.text, 18, 19, 114, 705, 1042, 1043: return 0
        default: throw unexpected(column, "a text")
        }
    }
}

extension RawSpan {
    /// A big-endian unsigned integer of up to eight bytes.
    func bigEndian(at offset: Int, byteCount: Int) -> UInt64 {
        var value: UInt64 = 0
        for position in offset..<(offset + byteCount) {
            value = value << 8 | UInt64(byte(at: position))
        }
        return value
    }

    /// The byte at an offset, which is checked.
    func byte(at offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < byteCount, "the value has no such byte")
        return unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}

/// A decimal integer written in ASCII, or nil.
func decimal(_ bytes: RawSpan) -> Int64? {
    guard bytes.byteCount > 0 else { return nil }
    let isNegative = bytes.byte(at: 0) == UInt8(ascii: "-")
    var value: Int64 = 0
    for offset in (isNegative ? 1 : 0)..<max(bytes.byteCount, 1) {
        let digit = bytes.byte(at: offset) &- UInt8(ascii: "0")
        guard digit <= 9 else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.subtractingReportingOverflow(Int64(digit))
        guard !overflow, !carry else { return nil }
        value = sum
    }
    if isNegative { return bytes.byteCount > 1 ? value : nil }
    return value == .min ? nil : -value
}

/// The bytes of a `bytea` in its text form `\x0123…`, or nil.
private func hexadecimal(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.count >= 2, text.count.isMultiple(of: 2),
        unsafe text[0] == UInt8(ascii: "\\"), unsafe text[1] == UInt8(ascii: "x")
    else { return nil }
    func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2 - 1)
    for index in stride(from: 2, to: text.count, by: 2) {
        guard let high = unsafe nibble(text[index]), let low = unsafe nibble(text[index + 1])
        else { return nil }
        bytes.append(high << 4 | low)
    }
    return bytes
}
