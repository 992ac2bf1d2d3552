/// What one source says of one person: flat demographics, identifiers and names, kept as written.
///
/// Values lie back to back in one UTF-8 buffer, so that a record costs one allocation and readers
/// take bytes without making a `String`. A field that may repeat (phone, email, address) holds its
/// values separated by `valueSeparator`. An absent value and an empty one are the same.
///
/// Equality and hashing compare the values, not the order in which they were set.
package struct PersonRecord: Sendable {
    /// U+001F, which stands between the values of a repeated field.
    @inlinable package static var valueSeparator: UInt8 { 0x1F }

    /// The longest value of one field in bytes; longer text is cut at a character boundary.
    package static let valueBytesMax = 16_384

    /// The memory that a record keeps for its next text, so that one long row costs no more later.
    private static let keptBytesMax = 4_096

    @usableFromInline var bytes: [UInt8] = []
    /// Start and length of each field's value in `bytes`; a length of 0 is an absent value.
    @usableFromInline var starts = InlineArray<17, UInt32>(repeating: 0)
    @usableFromInline var lengths = InlineArray<17, UInt16>(repeating: 0)

    /// National, passport, insurance and other numbers, in the order in which they were recorded.
    package var identifiers: [LocalIdentifier] = []

    /// Names beside the one in the fields, in the order in which they were recorded; most have none.
    package var names: [FurtherName] = []

    /// Creates a record without any value.
    package init() {}

    /// Creates a record without any value, which has room for values of an expected length.
    package init(bytesExpected: Int) { bytes.reserveCapacity(bytesExpected) }

    /// Forgets all values and keeps the memory, so that a loop can use one record for all rows.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        starts = InlineArray(repeating: 0)
        lengths = InlineArray(repeating: 0)
        identifiers.removeAll(keepingCapacity: true)
        if !names.isEmpty { names = [] }
    }

    /// Forgets all values and takes a text whose parts become values by `set(_:toPart:)`.
    ///
    /// A reader of rows so copies the row once, not each of its values.
    package mutating func removeAll(takingText text: Span<UInt8>) {
        removeAll()
        if bytes.capacity > PersonRecord.keptBytesMax { bytes = [] }
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// The value of a field as a string, empty where there is none.
    package subscript(field: DemographicField) -> String {
        get {
            let start = Int(starts[Int(field.rawValue)])
            let length = Int(lengths[Int(field.rawValue)])
            return String(decoding: bytes[start..<start + length], as: UTF8.self)
        }
        set {
            let text = newValue.utf8
            set(field, to: text.span)
        }
    }

    /// Whether a field has a value.
    @inlinable
    package func has(_ field: DemographicField) -> Bool { lengths[Int(field.rawValue)] > 0 }

    /// Calls `body` with the UTF-8 bytes of a field's value, empty where there is none.
    @inlinable
    package func withBytes<Result>(
        of field: DemographicField, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let start = Int(starts[Int(field.rawValue)])
        let length = Int(lengths[Int(field.rawValue)])
        return body(bytes.span.extracting(start..<start + length))
    }

    /// Sets a field to UTF-8 text; empty text removes the value.
    package mutating func set(_ field: DemographicField, to text: Span<UInt8>) {
        let length = PersonRecord.boundedLength(of: text)
        starts[Int(field.rawValue)] = UInt32(bytes.count)
        lengths[Int(field.rawValue)] = UInt16(length)
        text.extracting(0..<length).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// Sets a field to a part, in UTF-8, of the text that the record took.
    package mutating func set(_ field: DemographicField, toPart part: Range<Int>) {
        precondition(part.upperBound <= bytes.count, "the part is within the text")
        starts[Int(field.rawValue)] = UInt32(part.lowerBound)
        lengths[Int(field.rawValue)] = UInt16(
            part.count <= PersonRecord.valueBytesMax
                ? part.count : PersonRecord.boundedLength(of: bytes.span.extracting(part)))
    }

    /// Adds UTF-8 text to a field, behind what it has and a separator.
    package mutating func append(
        _ text: Span<UInt8>, to field: DemographicField,
        separatedBy separator: UInt8 = PersonRecord.valueSeparator
    ) {
        guard has(field) else {
            set(field, to: text)
            return
        }
        let start = Int(starts[Int(field.rawValue)])
        let length = Int(lengths[Int(field.rawValue)])
        var joined = Array(bytes[start..<start + length])
        joined.append(separator)
        for index in text.indices { joined.append(text[index]) }
        set(field, to: joined.span)
    }

    /// The values of a repeated field.
    package func values(of field: DemographicField) -> [String] {
        self[field].split(separator: "\u{1F}").map(String.init)
    }

    /// Adds a value to a field, behind those it has.
    package mutating func append(_ value: String, to field: DemographicField) {
        self[field] = has(field) ? self[field] + "\u{1F}" + value : value
    }

    /// A text as a field would hold it.
    static func bounded(_ text: String) -> String {
        guard text.utf8.count > valueBytesMax else { return text }
        let bytes = Array(text.utf8)
        return String(decoding: bytes[..<boundedLength(of: bytes.span)], as: UTF8.self)
    }

    /// Whether U+0000 is in a field's value, or in text beside the values; false tells that it is in none.
    package var mayHoldZero: Bool { bytes.contains(0) }

    /// Whether nothing at all is said of the person.
    package var isEmpty: Bool {
        identifiers.isEmpty && names.isEmpty && !DemographicField.allCases.contains(where: has)
    }

    /// The largest length within the limit that does not split a UTF-8 sequence.
    private static func boundedLength(of text: Span<UInt8>) -> Int {
        guard text.count > valueBytesMax else { return text.count }
        var length = valueBytesMax
        while length > 0, text[length] & 0xC0 == 0x80 { length -= 1 }
        return length
    }
}

extension PersonRecord: Hashable {
    /// Whether two records hold the same values, identifiers and names.
    package static func == (left: PersonRecord, right: PersonRecord) -> Bool {
        guard left.identifiers == right.identifiers, left.names == right.names else {
            return false
        }
        return DemographicField.allCases.allSatisfy { field in
            left.withBytes(of: field) { leftBytes in
                right.withBytes(of: field) { rightBytes in
                    guard leftBytes.count == rightBytes.count else { return false }
                    for index in leftBytes.indices where leftBytes[index] != rightBytes[index] {
                        return false
                    }
                    return true
                }
            }
        }
    }

    /// Feeds the values, each behind its length, into a hasher.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(identifiers)
        hasher.combine(names)
        for field in DemographicField.allCases {
            withBytes(of: field) { bytes in
                hasher.combine(bytes.count)
                for index in bytes.indices { hasher.combine(bytes[index]) }
            }
        }
    }
}

extension PersonRecord: CustomStringConvertible {
    /// The names of the fields that have a value; never the values, which are personal data.
    package var description: String {
        let present = DemographicField.allCases.filter { has($0) }.map { $0.name.description }
        return "PersonRecord(\(present.joined(separator: " ")), \(identifiers.count) identifiers)"
    }
}
