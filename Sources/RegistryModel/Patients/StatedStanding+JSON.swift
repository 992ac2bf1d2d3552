package import Identity

// Identifiers and further names as JSON: what they are called, then their standing as far as stated.

extension LocalIdentifier {
    /// Writes the identifier as an object; status and validity only where they are stated.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("authority")
        writer.string(authority)
        writer.key("value")
        writer.string(value)
        if status != .current {
            writer.key("status")
            writer.string(status.name.description)
        }
        validity.writeMembers(to: &writer)
        writer.endObject()
    }

    /// The identifier that an object describes.
    init(json: JSONValue) throws(RegistryError) {
        guard let authority = json["authority"]?.string, let value = json["value"]?.string else {
            throw RegistryError(
                .badRequest, "identifiers is an array of {\"authority\",\"value\"}")
        }
        let name = try json.text("status", of: "an identifier")
        guard let status = IdentifierStatus(name: name ?? "current") else {
            throw RegistryError(
                .badRequest,
                "the status of an identifier is current, temporary, old or mistaken")
        }
        self.init(
            authority: authority, value: value, status: status,
            validity: try ValidityPeriod(json: json, of: "an identifier"))
    }
}

extension FurtherName {
    private static let keys: Set<String> = [
        "use", "given", "family", "mothers_family", "from", "to",
    ]

    /// Writes the name as an object of what is stated.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("use")
        writer.string(use.name.description)
        let parts: [(key: StaticString, text: String)] = [
            ("given", given), ("family", family), ("mothers_family", mothersFamily),
        ]
        for part in parts where !part.text.isEmpty {
            writer.key(part.key)
            writer.string(part.text)
        }
        validity.writeMembers(to: &writer)
        writer.endObject()
    }

    /// The name that an object describes.
    init(json: JSONValue) throws(RegistryError) {
        guard case .object(let members) = json else {
            throw RegistryError(
                .badRequest, "names is an array of {\"use\",\"given\",\"family\"}")
        }
        for member in members where !Self.keys.contains(member.key) {
            throw RegistryError(.badRequest, "unknown member \(member.key) of a name")
        }
        guard let use = NameUse(name: try json.text("use", of: "a name") ?? "") else {
            throw RegistryError(.badRequest, "the use of a name is social, former or alias")
        }
        self.init(
            use: use, given: try json.text("given", of: "a name") ?? "",
            family: try json.text("family", of: "a name") ?? "",
            mothersFamily: try json.text("mothers_family", of: "a name") ?? "",
            validity: try ValidityPeriod(json: json, of: "a name"))
        guard !isEmpty else {
            throw RegistryError(
                .badRequest, "a name states given, family or mothers_family at least")
        }
    }
}

extension ValidityPeriod {
    /// Writes `from` and `to` as far as they are stated.
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        guard !isUnstated else { return }
        if let from {
            writer.key("from")
            writer.string(from.text)
        }
        if let to {
            writer.key("to")
            writer.string(to.text)
        }
    }

    fileprivate init(json: JSONValue, of thing: String) throws(RegistryError) {
        func date(_ key: String) throws(RegistryError) -> WrittenDate? {
            guard let text = try json.text(key, of: thing) else { return nil }
            do throws(DateError) {
                return try WrittenDate(text)
            } catch .impossibleDate, .yearOutOfRange {
                throw RegistryError(
                    .badRequest, "\(key) of \(thing) is no day of the calendar")
            } catch {
                throw RegistryError(
                    .badRequest,
                    "\(key) of \(thing) is no ISO date; write YYYY-MM-DD, YYYY-MM or YYYY")
            }
        }
        guard let period = ValidityPeriod(from: try date("from"), to: try date("to")) else {
            throw RegistryError(.badRequest, "\(thing) has a validity whose from is after its to")
        }
        self = period
    }
}

extension JSONValue {
    /// The text of a member; nil where it is absent or null.
    fileprivate func text(_ key: String, of thing: String) throws(RegistryError) -> String? {
        switch self[key] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw RegistryError(.badRequest, "\(key) of \(thing) is a string")
        }
    }
}
