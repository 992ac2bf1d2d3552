internal import RegistryModel

/// Elements that several resources of FHIR R4 share, made from values and read back.
enum ResourceElements {
    /// An object of the members that say something.
    static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(
            members.compactMap { name, value in
                switch value {
                case nil, .array([])?, .object([])?, .null?: nil
                case let value?: JSONMember(name, value)
                }
            })
    }

    static func text(_ value: JSONValue?) -> JSONValue? {
        value?.string.map { .string($0) }
    }

    // MARK: - Names

    private static let translation = "http://hl7.org/fhir/StructureDefinition/translation"

    /// A name's first text, and the element beside it that has the other languages' ones.
    static func name(
        _ localized: JSONValue?
    ) -> (text: JSONValue?, beside: JSONValue?, language: String?) {
        guard case .object(let members)? = localized, let first = members.first else {
            return (nil, nil, nil)
        }
        let others = members.dropFirst().map { member in
            object([
                ("url", .string(translation)),
                (
                    "extension",
                    .array([
                        object([("url", .string("lang")), ("valueCode", .string(member.key))]),
                        object([("url", .string("content")), ("valueString", member.value)]),
                    ])
                ),
            ])
        }
        return (
            first.value, others.isEmpty ? nil : object([("extension", .array(Array(others)))]),
            first.key == "und" ? nil : first.key
        )
    }

    /// The texts by language of a name, the element beside it and the resource's language.
    static func localized(
        _ text: JSONValue?, beside: JSONValue?, language: JSONValue?
    ) -> JSONValue? {
        guard let text = text?.string else { return nil }
        var members = [JSONMember(language?.string ?? "und", .string(text))]
        for item in beside?["extension"]?.array ?? []
        where item["url"]?.string == translation {
            let parts = item["extension"]?.array ?? []
            func part(_ url: String) -> JSONValue? { parts.first { $0["url"]?.string == url } }
            guard let language = part("lang")?["valueCode"]?.string,
                let content = part("content")?["valueString"],
                !members.contains(where: { $0.key == language })
            else { continue }
            members.append(JSONMember(language, content))
        }
        return .object(members)
    }

    // MARK: - Concepts

    /// A concept that has its text alone.
    static func concept(_ text: JSONValue?) -> JSONValue? {
        text.map { .object([JSONMember("text", $0)]) }
    }

    /// What a concept says: its text, the display of its first code, or that code.
    static func text(ofConcept concept: JSONValue?) -> JSONValue? {
        if let text = concept?["text"]?.string { return .string(text) }
        let coding = concept?["coding"]?.array?.first
        return text(coding?["display"]) ?? text(coding?["code"])
    }

    // MARK: - Numbers

    /// A decimal as a JSON number, as exact as those are.
    static func number(_ value: JSONValue?) -> JSONValue? {
        guard let text = value?.string else { return nil }
        if let whole = Int64(text) { return .integer(whole) }
        return Double(text).map { .number($0) }
    }

    /// The exact text of a JSON number; numbers whose text has an exponent are not told.
    static func decimal(_ value: JSONValue?) -> JSONValue? {
        switch value {
        case .integer(let whole)?: return .string(String(whole))
        case .number(let number)?:
            let text = "\(number)"
            guard !text.contains("e") else { return nil }
            return .string(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
        case .string(let text)?: return .string(text)
        default: return nil
        }
    }

    // MARK: - Contacts and places

    /// Phones, addresses of mail and a page as points of contact.
    static func telecom(phone: JSONValue?, email: JSONValue?, website: JSONValue?) -> JSONValue? {
        func points(_ values: [JSONValue], _ system: String) -> [JSONValue] {
            values.map { object([("system", .string(system)), ("value", $0)]) }
        }
        return .array(
            points(phone?.array ?? [], "phone") + points(email?.array ?? [], "email")
                + points(website.map { [$0] } ?? [], "url"))
    }

    /// The values of the points of contact of a system.
    static func contacts(_ telecom: JSONValue?, _ system: String) -> [JSONValue] {
        (telecom?.array ?? []).filter { $0["system"]?.string == system }
            .compactMap { text($0["value"]) }
    }

    /// The lines of an address as one text.
    static func street(_ address: JSONValue?) -> JSONValue? {
        let lines = (address?["line"]?.array ?? []).compactMap(\.string)
        if !lines.isEmpty { return .string(lines.joined(separator: ", ")) }
        return address?["city"] == nil ? text(address?["text"]) : nil
    }

    // MARK: - Periods

    /// The validity of an entry; nil where it is valid always.
    static func period(_ period: EntryPeriod) -> JSONValue? {
        guard period != .always else { return nil }
        return object([
            ("start", period.from.map { .string(EntryPeriod.text($0)) }),
            ("end", period.through.map { .string(EntryPeriod.text($0)) }),
        ])
    }

    /// The days of a period, of which times count by their day.
    static func period(_ value: JSONValue?) throws(EntryProblem) -> EntryPeriod {
        guard let value else { return .always }
        let from = try day(value["start"], "valid_from")
        let through = try day(value["end"], "valid_to")
        guard let period = EntryPeriod(from: from, through: through) else {
            throw .endsBeforeItBegins
        }
        return period
    }

    private static func day(
        _ value: JSONValue?, _ name: String
    ) throws(EntryProblem) -> Int32? {
        guard let text = value?.string else { return nil }
        guard let day = EntryText.dayNumber(text) else {
            throw .badValue(field: name, expected: EntryContent.expectation(.day))
        }
        return day
    }

    /// A period of a group: its days under the names that groups have.
    static func groupPeriod(_ value: JSONValue?) -> [(String, JSONValue?)] {
        func day(_ name: String) -> JSONValue? {
            guard let text = value?[name]?.string else { return nil }
            return .string((try? EntryText.day(text, name)) ?? text)
        }
        return [("from", day("start")), ("through", day("end"))]
    }
}
