package import Identity

/// The four languages in which authorities are named, by their codes of ISO 639-1.
package enum AuthorityLanguage: String, CaseIterable, Hashable, Sendable {
    case en, es, fa, fr
}

extension AssigningAuthority {
    /// The names as a JSON object, by language.
    package var namesJSON: JSONValue {
        .object(
            names.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) })
    }

    /// Format, check digit, placeholders and who may share a value, as a JSON object.
    package var rulesJSON: JSONValue {
        var placeholder: [JSONMember] = [
            JSONMember("repeated_digits", .boolean(placeholders.repeatedDigits)),
            JSONMember("runs", .boolean(placeholders.runs)),
        ]
        if !placeholders.values.isEmpty {
            placeholder.append(
                JSONMember("values", .array(placeholders.values.sorted().map { .string($0) })))
        }
        var members = [
            JSONMember("format", .string(format.name ?? "any")),
            JSONMember("placeholders", .object(placeholder)),
            JSONMember("shared", .boolean(bearersMayShare)),
        ]
        if isTest { members.append(JSONMember("test", .boolean(true))) }
        return .object(members)
    }

    /// The authority that the columns of a row describe; nil for what this program does not write.
    package init?(
        code: String, kind: String, names: JSONValue, oid: String, uri: String, rules: JSONValue
    ) {
        guard let kind = Kind(rawValue: kind), case .object(let members) = names,
            let format = rules["format"]?.string.flatMap(IdentifierFormat.init(name:))
        else { return nil }
        let placeholder = rules["placeholders"]
        self.init(
            code: code,
            names: Dictionary(
                members.compactMap { member in member.value.string.map { (member.key, $0) } }
            ) { first, _ in first },
            oid: oid, uri: uri, kind: kind, format: format,
            placeholders: PlaceholderRule(
                repeatedDigits: placeholder?["repeated_digits"] != .boolean(false),
                runs: placeholder?["runs"] != .boolean(false),
                values: Set(placeholder?["values"]?.array?.compactMap(\.string) ?? [])),
            bearersMayShare: rules["shared"] == .boolean(true),
            isTest: rules["test"] == .boolean(true))
    }

    /// The whole authority as a JSON object.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("authority")
        writer.string(code)
        writer.key("kind")
        writer.string(kind.rawValue)
        writer.key("names")
        writer.value(namesJSON)
        if !oid.isEmpty {
            writer.key("oid")
            writer.string(oid)
        }
        if !uri.isEmpty {
            writer.key("uri")
            writer.string(uri)
        }
        if case .object(let rules) = rulesJSON {
            for rule in rules {
                writer.key(dynamic: rule.key)
                writer.value(rule.value)
            }
        }
        writer.endObject()
    }
}
