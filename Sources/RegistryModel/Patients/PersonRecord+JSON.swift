package import Identity

extension PersonRecord {
    /// Writes the record's values as members of the JSON object that is open in `writer`.
    ///
    /// Keys are the canonical column names in their fixed order, repeated values an array,
    /// identifiers an array of `{"authority","value","status","from","to"}` and names one of
    /// `{"use","given","family","mothers_family","from","to"}`, each with what is stated alone; so
    /// equal records give equal text.
    package func writeMembers(to writer: inout JSONWriter) {
        for field in DemographicField.allCases where has(field) {
            writer.key(field.name)
            let isRepeated = withBytes(of: field) { bytes in
                for index in bytes.indices where bytes[index] == PersonRecord.valueSeparator {
                    return true
                }
                return false
            }
            if isRepeated {
                writer.beginArray()
                for value in values(of: field) { writer.string(value) }
                writer.endArray()
            } else {
                withBytes(of: field) { writer.string($0) }
            }
        }
        if !identifiers.isEmpty {
            writer.key("identifiers")
            writer.beginArray()
            for identifier in identifiers { identifier.write(to: &writer) }
            writer.endArray()
        }
        if !names.isEmpty {
            writer.key("names")
            writer.beginArray()
            for name in names { name.write(to: &writer) }
            writer.endArray()
        }
    }

    /// More than the text of most records is long.
    private static let jsonBytesExpected = 512

    /// The record as canonical JSON text.
    package var json: [UInt8] {
        var writer = JSONWriter(bytesExpected: PersonRecord.jsonBytesExpected)
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// The record that a JSON object describes, with the keys that `writeMembers` writes.
    ///
    /// - Throws: `bad-request` naming the first key that is unknown or of a wrong shape.
    package init(json: JSONValue) throws(RegistryError) {
        self.init()
        guard case .object(let members) = json else {
            throw RegistryError(.badRequest, "a person is a JSON object")
        }
        for member in members {
            if member.key == "identifiers" {
                for element in member.value.array ?? [.null] {
                    identifiers.append(try LocalIdentifier(json: element))
                }
                continue
            }
            if member.key == "names" {
                for element in member.value.array ?? [.null] {
                    names.append(try FurtherName(json: element))
                }
                continue
            }
            guard let field = DemographicField(name: member.key) else {
                throw RegistryError(.badRequest, "unknown field \(member.key)")
            }
            switch member.value {
            case .null: break
            case .string(let text): self[field] = text
            case .integer(let number): self[field] = String(number)
            case .array(let elements):
                for element in elements {
                    guard let text = element.string else {
                        throw RegistryError(.badRequest, "\(member.key) holds strings")
                    }
                    append(text, to: field)
                }
            case .boolean, .number, .object:
                throw RegistryError(.badRequest, "\(member.key) is a string")
            }
        }
    }
}
