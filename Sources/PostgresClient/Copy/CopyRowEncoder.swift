/// Builds rows for COPY in one buffer that is used again.
///
///     encoder.beginRow(columnCount: 3)
///     encoder.append(Int64(1)); encoder.append("text"); encoder.appendNull()
///     encoder.endRow()
///
/// Text rows hold any type in its text form; binary rows need exactly the column's type (`int8` for
/// `Int64`, `int4` for `Int32`, `bytea`, `bool`, `float8`, `text`), are smaller, and need no escaping.
package struct CopyRowEncoder: Sendable {
    /// The format that the COPY statement names.
    package let format: PostgresFormat
    /// The rows so far.
    package private(set) var bytes: [UInt8] = []
    /// The rows begun since the last `removeAll`.
    package private(set) var rowCount = 0
    private var columnsLeft = 0

    /// Creates an encoder with room for one send.
    package init(format: PostgresFormat = .text) {
        self.format = format
        bytes.reserveCapacity(PostgresLimits.copyBufferBytesMax * 2)
    }

    /// Forgets the rows and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        rowCount = 0
    }

    /// Begins a row of a number of columns.
    package mutating func beginRow(columnCount: Int) {
        precondition(columnsLeft == 0, "the row before this one lacks columns")
        precondition(columnCount > 0 && columnCount <= 1_600, "a table has 1 to 1,600 columns")
        columnsLeft = columnCount
        rowCount += 1
        if format == .binary { bytes.appendBigEndian(Int16(columnCount)) }
    }

    /// Ends a row, all of whose columns have been appended.
    package mutating func endRow() {
        precondition(columnsLeft == 0, "the row lacks columns")
    }

    /// Appends a null.
    package mutating func appendNull() {
        if format == .binary {
            bytes.appendBigEndian(Int32(-1))
        } else {
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(UInt8(ascii: "N"))
        }
        endField()
    }

    /// Appends an `int8`.
    package mutating func append(_ value: Int64) { appendInteger(value, byteCount: 8) }

    /// Appends an `int4`.
    package mutating func append(_ value: Int32) { appendInteger(Int64(value), byteCount: 4) }

    /// Appends an `int2`.
    package mutating func append(_ value: Int16) { appendInteger(Int64(value), byteCount: 2) }

    /// Appends a `bool`.
    package mutating func append(_ value: Bool) {
        if format == .binary {
            bytes.appendBigEndian(Int32(1))
            bytes.append(value ? 1 : 0)
        } else {
            bytes.append(value ? UInt8(ascii: "t") : UInt8(ascii: "f"))
        }
        endField()
    }

    /// Appends a `float8`.
    package mutating func append(_ value: Double) {
        if format == .binary {
            bytes.appendBigEndian(Int32(8))
            bytes.appendBigEndian(value.bitPattern)
        } else {
            bytes.append(contentsOf: value.description.utf8)
        }
        endField()
    }

    /// Appends a text.
    package mutating func append(_ text: some StringProtocol) { append(utf8: text.utf8) }

    /// Appends a text given as UTF-8, which must hold no zero byte: the server refuses one.
    package mutating func append(utf8 text: some Collection<UInt8>) {
        if format == .binary {
            bytes.appendBigEndian(Int32(text.count))
            bytes.append(contentsOf: text)
        } else {
            for byte in text { appendEscaped(byte) }
        }
        endField()
    }

    /// Appends a text given as a span of UTF-8.
    package mutating func append(utf8 text: Span<UInt8>) {
        if format == .binary {
            bytes.appendBigEndian(Int32(text.count))
            unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        } else {
            for index in text.indices { appendEscaped(text[index]) }
        }
        endField()
    }

    /// Appends a text, or null for nil.
    package mutating func append(_ text: String?) {
        if let text { append(utf8: text.utf8) } else { appendNull() }
    }

    /// Appends an `int8`, or null for nil.
    package mutating func append(_ value: Int64?) {
        if let value { append(value) } else { appendNull() }
    }

    /// Appends a `bytea`.
    package mutating func append(bytea value: some Collection<UInt8>) {
        if format == .binary {
            bytes.appendBigEndian(Int32(value.count))
            bytes.append(contentsOf: value)
        } else {
            bytes.append(contentsOf: "\\\\x".utf8)
            for byte in value {
                bytes.append(Self.hexadecimal(byte >> 4))
                bytes.append(Self.hexadecimal(byte & 15))
            }
        }
        endField()
    }

    /// Appends a `uuid` given as 128 bits, in binary rows alone.
    package mutating func append(uuid bits: UInt128) {
        precondition(format == .binary, "text rows hold the text of a uuid")
        bytes.appendBigEndian(Int32(16))
        bytes.appendBigEndian(bits)
        endField()
    }

    /// Appends a `jsonb` given as UTF-8.
    package mutating func append(jsonb text: some Collection<UInt8>) {
        if format == .binary {
            bytes.appendBigEndian(Int32(text.count + 1))
            bytes.append(1)
            bytes.append(contentsOf: text)
        } else {
            for byte in text { appendEscaped(byte) }
        }
        endField()
    }

    /// Appends a `timestamptz`, in microseconds since 1970-01-01 00:00 UTC.
    package mutating func append(unixMicroseconds: Int64) {
        if format == .binary {
            bytes.appendBigEndian(Int32(8))
            bytes.appendBigEndian(unixMicroseconds - 946_684_800_000_000)
        } else {
            appendTimestamp(unixMicroseconds)
        }
        endField()
    }

    /// Appends an array: `int8[]`, `text[]`, `bool[]`, `float8[]`.
    package mutating func append<Element: PostgresBinaryValue>(array: [Element]) {
        if format == .binary {
            let start = bytes.count
            bytes.appendBigEndian(Int32(0))
            PostgresArray.append(array, of: Element.postgresElementType, to: &bytes) { $0 }
            let length = UInt32(bytes.count - start - 4)
            for position in 0..<4 {
                bytes[start + position] = UInt8(
                    truncatingIfNeeded: length >> UInt32(24 - 8 * position))
            }
        } else {
            appendTextArray(array)
        }
        endField()
    }
}

extension CopyRowEncoder {
    private mutating func endField() {
        precondition(columnsLeft > 0, "the row has no more columns")
        columnsLeft -= 1
        guard format == .text else { return }
        bytes.append(columnsLeft == 0 ? UInt8(ascii: "\n") : UInt8(ascii: "\t"))
    }

    private mutating func appendInteger(_ value: Int64, byteCount: Int) {
        if format == .binary {
            bytes.appendBigEndian(Int32(byteCount))
            switch byteCount {
            case 8: bytes.appendBigEndian(value)
            case 4: bytes.appendBigEndian(Int32(truncatingIfNeeded: value))
            default: bytes.appendBigEndian(Int16(truncatingIfNeeded: value))
            }
        } else {
            appendDecimal(value)
        }
        endField()
    }

    private mutating func appendDecimal(_ value: Int64, width: Int = 1) {
        var digits: InlineArray<20, UInt8> = .init(repeating: UInt8(ascii: "0"))
        var magnitude = value.magnitude
        var count = 0
        while magnitude > 0 || count < width {
            digits[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
            magnitude /= 10
            count += 1
        }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        while count > 0 {
            count -= 1
            bytes.append(digits[count])
        }
    }

    /// Appends one byte of a text as COPY's text format wants it.
    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\\"):
            bytes.append(byte)
            bytes.append(byte)
        case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
        case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
        default: bytes.append(byte)
        }
    }

    /// An array's text form, every element quoted, then escaped for COPY.
    private mutating func appendTextArray<Element: PostgresBinaryValue>(_ array: [Element]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, element) in array.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            for byte in "\(element)".utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    appendEscaped(UInt8(ascii: "\\"))
                }
                appendEscaped(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes an ISO time in UTC.
    ///
    /// Days to date after Howard Hinnant, "chrono-compatible low-level date
    /// algorithms": eras of 400 years that begin on 1 March.
    private mutating func appendTimestamp(_ unixMicroseconds: Int64) {
        let (day, time) = Self.divided(unixMicroseconds, by: 86_400_000_000)
        let (era, dayOfEra) = Self.divided(day + 719_468, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        precondition(year > 0 && year < 10_000, "the time is outside the years 1 to 9999")
        let parts: [(Int64, Int, Character)] = [
            (year, 4, "-"), (month, 2, "-"), (dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2, " "),
            (time / 3_600_000_000, 2, ":"), (time / 60_000_000 % 60, 2, ":"),
            (time / 1_000_000 % 60, 2, "."), (time % 1_000_000, 6, "+"), (0, 2, " "),
        ]
        for (value, width, separator) in parts {
            appendDecimal(value, width: width)
            if separator != " " || width != 2 || value != 0 {
                bytes.append(contentsOf: String(separator).utf8)
            }
        }
    }

    private static func divided(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func hexadecimal(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
