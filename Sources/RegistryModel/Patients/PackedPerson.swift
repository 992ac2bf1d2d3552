package import Identity

/// A person record in one short byte string, the form in which memory and staging hold it.
///
/// Fields in their canonical order, each a tag byte, a length and the text; then identifiers, each
/// tag `0x40`, authority and value with their lengths, or tag `0x41` with the status and the validity
/// behind them where those are stated; then further names, each tag `0x42`, given, family and
/// mother's family name, use and validity. Equal records give equal bytes, since absent parts leave
/// none and identifiers and names keep their order. Lengths are little-endian base 128. Not a stored
/// form of the patient tables: fields may be numbered anew by a later program.
package enum PackedPerson {
    private static let identifierTag: UInt8 = 0x40
    private static let qualifiedIdentifierTag: UInt8 = 0x41
    private static let nameTag: UInt8 = 0x42
    /// A status or a use, and a validity.
    private static let standingBytes = 1 + ValidityPeriod.packedBytes

    /// Appends the bytes of a record.
    package static func append(_ person: PersonRecord, to bytes: inout [UInt8]) {
        for field in DemographicField.allCases where person.has(field) {
            bytes.append(field.rawValue)
            person.withBytes(of: field) { text in
                append(length: text.count, to: &bytes)
                text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
            }
        }
        for identifier in person.identifiers {
            bytes.append(identifier.isPlain ? identifierTag : qualifiedIdentifierTag)
            append(identifier.authority, to: &bytes)
            append(identifier.value, to: &bytes)
            if !identifier.isPlain {
                bytes.append(identifier.status.rawValue)
                identifier.validity.append(to: &bytes)
            }
        }
        for name in person.names {
            bytes.append(nameTag)
            for part in [name.given, name.family, name.mothersFamily] { append(part, to: &bytes) }
            bytes.append(name.use.rawValue)
            name.validity.append(to: &bytes)
        }
    }

    /// The bytes of a record.
    package static func bytes(of person: PersonRecord) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(192)
        append(person, to: &bytes)
        return bytes
    }

    /// The record that bytes hold; nil where they are not what `append` wrote.
    package static func person(from bytes: Span<UInt8>) -> PersonRecord? {
        var person = PersonRecord()
        return read(bytes, into: &person) ? person : nil
    }

    /// Reads a record into one that a loop uses again; false where `append` wrote other bytes.
    package static func read(_ bytes: Span<UInt8>, into person: inout PersonRecord) -> Bool {
        // Copied whole, tags and all: that takes one allocation and no look at each value.
        person.removeAll(takingText: bytes)
        var offset = 0
        while offset < bytes.count {
            let isRead = readPart(of: bytes, &offset) { part in
                switch part {
                case .value(let field, let text): person.set(field, toPart: text)
                case .identifier(let authority, let value, let status, let validity):
                    person.identifiers.append(
                        LocalIdentifier(
                            authority: string(bytes.extracting(authority)),
                            value: string(bytes.extracting(value)), status: status,
                            validity: validity))
                case .name(let name): person.names.append(name.name(in: bytes))
                }
            }
            guard isRead else { return false }
        }
        return true
    }

    /// The identifiers of a packed record alone; nil where `append` wrote other bytes.
    package static func identifiers(in bytes: Span<UInt8>) -> [LocalIdentifier]? {
        var identifiers: [LocalIdentifier] = []
        var offset = 0
        while offset < bytes.count {
            let isRead = readPart(of: bytes, &offset) { part in
                guard case .identifier(let authority, let value, let status, let validity) = part
                else { return }
                identifiers.append(
                    LocalIdentifier(
                        authority: string(bytes.extracting(authority)),
                        value: string(bytes.extracting(value)), status: status,
                        validity: validity))
            }
            guard isRead else { return nil }
        }
        return identifiers
    }

    /// Whether a packed record states an identifier as in use whose last day is one of some days.
    package static func hasIdentifier(endedIn days: Range<Int32>, _ bytes: Span<UInt8>) -> Bool {
        var isFound = false
        var offset = 0
        while offset < bytes.count, !isFound {
            let isRead = readPart(of: bytes, &offset) { part in
                guard case .identifier(_, _, let status, let validity) = part,
                    status == .current || status == .temporary, let end = validity.to
                else { return }
                isFound = days.contains(end.days.upperBound)
            }
            guard isRead else { return false }
        }
        return isFound
    }

    /// One part of a packed record, its texts as ranges of the bytes.
    enum Part {
        case value(DemographicField, Range<Int>)
        case identifier(
            authority: Range<Int>, value: Range<Int>, IdentifierStatus, ValidityPeriod)
        case name(PackedName)
    }

    /// A further name, its texts as ranges of the bytes.
    struct PackedName {
        var use: NameUse
        var given: Range<Int>
        var family: Range<Int>
        var mothersFamily: Range<Int>
        var validity: ValidityPeriod

        /// The name that lies in the bytes.
        func name(in bytes: Span<UInt8>) -> FurtherName {
            FurtherName(
                use: use, given: string(bytes.extracting(given)),
                family: string(bytes.extracting(family)),
                mothersFamily: string(bytes.extracting(mothersFamily)), validity: validity)
        }
    }

    /// Reads the part at `offset`, which moves behind it; false where `append` wrote other bytes.
    @inline(__always)
    static func readPart(
        of bytes: Span<UInt8>, _ offset: inout Int, _ body: (Part) -> Void
    ) -> Bool {
        let tag = bytes[offset]
        offset += 1
        guard let text = range(bytes, &offset) else { return false }
        if let field = DemographicField(rawValue: tag) {
            body(.value(field, text))
        } else if tag == identifierTag, let value = range(bytes, &offset) {
            body(.identifier(authority: text, value: value, .current, .unstated))
        } else if let part = rarePart(tag, text, of: bytes, &offset) {
            body(part)
        } else {
            return false
        }
        return true
    }

    /// The rest of a part that few records have, behind its tag and its first text.
    @inline(never)
    private static func rarePart(
        _ tag: UInt8, _ first: Range<Int>, of bytes: Span<UInt8>, _ offset: inout Int
    ) -> Part? {
        guard tag == qualifiedIdentifierTag || tag == nameTag,
            let second = range(bytes, &offset)
        else { return nil }
        var third = second
        if tag == nameTag {
            guard let next = range(bytes, &offset) else { return nil }
            third = next
        }
        guard bytes.count - offset >= standingBytes,
            let validity = ValidityPeriod(
                packed: bytes.extracting(offset + 1..<offset + standingBytes))
        else { return nil }
        let kind = bytes[offset]
        offset += standingBytes
        if tag == qualifiedIdentifierTag {
            guard let status = IdentifierStatus(rawValue: kind) else { return nil }
            return .identifier(authority: first, value: second, status, validity)
        }
        guard let use = NameUse(rawValue: kind) else { return nil }
        return .name(
            PackedName(
                use: use, given: first, family: second, mothersFamily: third,
                validity: validity))
    }

    /// Appends a length and the UTF-8 bytes of a text.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        append(length: text.utf8.count, to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends a length, seven bits a byte, the lowest first.
    package static func append(length: Int, to bytes: inout [UInt8]) {
        var rest = length
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Reads a length and moves `offset` behind it; nil where the bytes end or it is too long.
    package static func length(_ bytes: Span<UInt8>, _ offset: inout Int) -> Int? {
        var value = 0
        var shift = 0
        while offset < bytes.count, shift < 56 {
            let byte = bytes[offset]
            offset += 1
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }

    /// Reads a length and moves `offset` behind the bytes it counts, whose range it returns.
    package static func range(_ bytes: Span<UInt8>, _ offset: inout Int) -> Range<Int>? {
        guard let length = length(bytes, &offset), length <= bytes.count - offset else {
            return nil
        }
        defer { offset += length }
        return offset..<offset + length
    }

    /// The text of UTF-8 bytes.
    package static func string(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
