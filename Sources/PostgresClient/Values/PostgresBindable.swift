/// A value that a statement's parameter can take.
package protocol PostgresBindable: Sendable {
    /// The type announced to the server, also for a null; zero leaves it to the server.
    static var postgresType: UInt32 { get }
    /// Appends the value to a list of parameters.
    func bind(to parameters: inout PostgresParameters)
}

/// A value that can stand in an array parameter.
package protocol PostgresArrayElement: Sendable {
    /// The type of an array of such values.
    static var postgresArrayType: UInt32 { get }
    /// Appends an array of such values, each possibly null.
    static func bind(array: [Self], to parameters: inout PostgresParameters)
}

/// A value with a binary form, from which single parameters and arrays are built.
package protocol PostgresBinaryValue: PostgresBindable, PostgresArrayElement {
    /// The type of one element in an array.
    static var postgresElementType: UInt32 { get }
    /// Appends the binary form.
    func appendBinary(to bytes: inout [UInt8])
}

extension PostgresBinaryValue {
    package static var postgresType: UInt32 { postgresElementType }

    package func bind(to parameters: inout PostgresParameters) {
        parameters.append(binary: Self.postgresType) { appendBinary(to: &$0) }
    }

    package static func bind(array: [Self], to parameters: inout PostgresParameters) {
        parameters.append(binary: postgresArrayType) { bytes in
            PostgresArray.append(array, of: postgresElementType, to: &bytes) { $0 }
        }
    }
}

/// The binary form of one-dimensional arrays (PostgreSQL's `array_recv`).
enum PostgresArray {
    static func append<Element, Value: PostgresBinaryValue>(
        _ array: [Element], of elementType: UInt32, to bytes: inout [UInt8],
        value: (Element) -> Value?
    ) {
        bytes.appendBigEndian(Int32(array.isEmpty ? 0 : 1))
        bytes.appendBigEndian(Int32(array.contains { value($0) == nil } ? 1 : 0))
        bytes.appendBigEndian(elementType)
        guard !array.isEmpty else { return }
        bytes.appendBigEndian(Int32(array.count))
        bytes.appendBigEndian(Int32(1))
        for element in array {
            guard let present = value(element) else {
                bytes.appendBigEndian(Int32(-1))
                continue
            }
            let lengthStart = bytes.count
            bytes.appendBigEndian(Int32(0))
            present.appendBinary(to: &bytes)
            let length = UInt32(bytes.count - lengthStart - 4)
            for position in 0..<4 {
                bytes[lengthStart + position] = UInt8(
                    truncatingIfNeeded: length >> UInt32(24 - 8 * position))
            }
        }
    }
}

extension Int64: PostgresBinaryValue {
    package static var postgresElementType: UInt32 { PostgresType.int64 }
    package static var postgresArrayType: UInt32 { PostgresType.int64Array }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.appendBigEndian(self) }
}

extension Int: PostgresBinaryValue {
    package static var postgresElementType: UInt32 { PostgresType.int64 }
    package static var postgresArrayType: UInt32 { PostgresType.int64Array }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.appendBigEndian(Int64(self)) }
}

extension Int32: PostgresBinaryValue {
    package static var postgresElementType: UInt32 { PostgresType.int32 }
    package static var postgresArrayType: UInt32 { PostgresType.int32Array }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.appendBigEndian(self) }
}

extension Double: PostgresBinaryValue {
    package static var postgresElementType: UInt32 { PostgresType.double }
    package static var postgresArrayType: UInt32 { PostgresType.doubleArray }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.appendBigEndian(bitPattern) }
}

extension Bool: PostgresBinaryValue {
    package static var postgresElementType: UInt32 { PostgresType.boolean }
    package static var postgresArrayType: UInt32 { PostgresType.booleanArray }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
}

extension String: PostgresBinaryValue {
    package static var postgresType: UInt32 { PostgresType.unspecified }
    package static var postgresElementType: UInt32 { PostgresType.text }
    package static var postgresArrayType: UInt32 { PostgresType.textArray }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
    package func bind(to parameters: inout PostgresParameters) {
        parameters.append(textBytes: utf8)
    }
}

extension Substring: PostgresBinaryValue {
    package static var postgresType: UInt32 { PostgresType.unspecified }
    package static var postgresElementType: UInt32 { PostgresType.text }
    package static var postgresArrayType: UInt32 { PostgresType.textArray }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
    package func bind(to parameters: inout PostgresParameters) {
        parameters.append(textBytes: utf8)
    }
}

/// Bytes: `[UInt8]` is one `bytea`, not an array of small integers.
extension UInt8: PostgresArrayElement {
    package static var postgresArrayType: UInt32 { PostgresType.bytea }
    package static func bind(array: [UInt8], to parameters: inout PostgresParameters) {
        parameters.append(bytea: array)
    }
}

extension Array: PostgresBindable where Element: PostgresArrayElement {
    package static var postgresType: UInt32 { Element.postgresArrayType }
    package func bind(to parameters: inout PostgresParameters) {
        Element.bind(array: self, to: &parameters)
    }
}

/// `[[UInt8]]` is a `bytea[]`.
extension Array: PostgresBinaryValue, PostgresArrayElement where Element == UInt8 {
    package static var postgresElementType: UInt32 { PostgresType.bytea }
    package static var postgresArrayType: UInt32 { PostgresType.byteaArray }
    package func appendBinary(to bytes: inout [UInt8]) { bytes.append(contentsOf: self) }
}

extension Optional: PostgresBindable where Wrapped: PostgresBindable {
    package static var postgresType: UInt32 { Wrapped.postgresType }
    package func bind(to parameters: inout PostgresParameters) {
        switch self {
        case .some(let value): value.bind(to: &parameters)
        case .none: parameters.appendNull(type: Wrapped.postgresType)
        }
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresBinaryValue {
    package static var postgresArrayType: UInt32 { Wrapped.postgresArrayType }
    package static func bind(array: [Wrapped?], to parameters: inout PostgresParameters) {
        parameters.append(binary: Wrapped.postgresArrayType) { bytes in
            PostgresArray.append(array, of: Wrapped.postgresElementType, to: &bytes) { $0 }
        }
    }
}
