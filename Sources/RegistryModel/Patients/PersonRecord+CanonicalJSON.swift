package import Identity

extension PersonRecord {
    /// The record that JSON text describes in the form that `json` writes; nil for any other text.
    ///
    /// Text in the writer's own order is read straight into the record, ten times as fast as by way
    /// of values; anything else that the long way takes is taken too.
    package init?(canonicalJSON text: [UInt8]) {
        var reader = CanonicalPersonReader(text)
        if let person = reader.person() {
            self = person
        } else if let value = try? JSONParser.parse(text),
            let person = try? PersonRecord(json: value)
        {
            self = person
        } else {
            return nil
        }
    }
}

/// Reads the JSON that `PersonRecord.json` writes, and gives up at anything else.
private struct CanonicalPersonReader {
    private let bytes: [UInt8]
    private var offset = 0
    /// The text of the string read last.
    private var string: [UInt8] = []

    /// The names of the fields in canonical order, as bytes.
    private static let names = DemographicField.allCases.map { Array($0.name.description.utf8) }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func person() -> PersonRecord? {
        var person = PersonRecord()
        guard take("{") else { return nil }
        if take("}") { return offset == bytes.count ? person : nil }
        var field = 0
        while true {
            guard readString(), take(":") else { return nil }
            while field < Self.names.count, Self.names[field] != string { field += 1 }
            if field < Self.names.count {
                guard let known = DemographicField(rawValue: UInt8(field)), value(known, &person)
                else { return nil }
                field += 1
            } else {
                guard string.elementsEqual("identifiers".utf8), identifiers(&person) else {
                    return nil
                }
                return take("}") && offset == bytes.count ? person : nil
            }
            if take("}") { return offset == bytes.count ? person : nil }
            guard take(",") else { return nil }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func value(_ field: DemographicField, _ person: inout PersonRecord) -> Bool {
        if take("[") {
            var values: [UInt8] = []
            repeat {
                guard readString() else { return false }
                if !values.isEmpty { values.append(PersonRecord.valueSeparator) }
                values += string
            } while take(",")
            person.set(field, to: values.span)
            return take("]")
        }
        guard readString() else { return false }
        person.set(field, to: string.span)
        return true
    }

    private mutating func identifiers(_ person: inout PersonRecord) -> Bool {
        guard take("[") else { return false }
        repeat {
            guard take("{"), member("authority") else { return false }
            let authority = String(decoding: string, as: UTF8.self)
            guard take(","), member("value"), take("}") else { return false }
            person.identifiers.append(
                LocalIdentifier(
                    authority: authority, value: String(decoding: string, as: UTF8.self)))
        } while take(",")
        return take("]")
    }

    private mutating func member(_ name: StaticString) -> Bool {
        guard readString(), string.elementsEqual(name.description.utf8), take(":") else {
            return false
        }
        return readString()
    }

    /// Reads a string without escapes, or with those of one character.
    private mutating func readString() -> Bool {
        guard take("\"") else { return false }
        string.removeAll(keepingCapacity: true)
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard offset < bytes.count else { return false }
                switch bytes[offset] {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): string.append(bytes[offset])
                case UInt8(ascii: "n"): string.append(0x0A)
                case UInt8(ascii: "r"): string.append(0x0D)
                case UInt8(ascii: "t"): string.append(0x09)
                default: return false
                }
                offset += 1
            case 0..<0x20: return false
            default: string.append(byte)
            }
        }
        return false
    }
}
