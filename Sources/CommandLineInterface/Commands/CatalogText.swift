import RegistryModel

/// Entries of catalogs as people read them.
enum CatalogText {
    /// One entry, a line for each field.
    static func lines(of entry: FoundEntry) -> [String] {
        var rows = [
            ("catalog", entry.catalog.text), ("code", entry.code),
            ("valid", period(entry.period)),
        ]
        for member in members(entry) { rows.append((member.key, text(member.value))) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { key, value in
            key + String(repeating: " ", count: width - key.count + 2) + value
        }
    }

    /// Many entries, a line each, with what most tells those of a kind apart.
    static func table(of entries: [FoundEntry], _ kind: CatalogKind) -> [String] {
        guard !entries.isEmpty else { return ["nothing found"] }
        let fields = columns(kind)
        let isNear = entries.contains { $0.kilometres != nil }
        var table = TextTable(["catalog", "code"] + fields + (isNear ? ["km"] : []))
        for entry in entries {
            let members = members(entry)
            var row = [entry.catalog.authority, entry.code]
            row += fields.map { field in
                let value = members.first { $0.key == field }?.value
                return value.map { field == "name" ? name($0) : text($0) } ?? ""
            }
            if isNear { row.append(Figures.decimal(entry.kilometres ?? 0, places: 2)) }
            table.add(row)
        }
        return table.lines
    }

    private static func columns(_ kind: CatalogKind) -> [String] {
        switch kind {
        case .place: ["name", "type", "parent", "status"]
        case .facility: ["name", "type", "level", "municipality", "status"]
        case .provider: ["profession", "specialty"]
        case .service: ["name", "group", "tariff", "status"]
        case .drug: ["name", "inn", "form", "atc", "status"]
        case .coverage: ["plan", "tier", "status"]
        }
    }

    private static func members(_ entry: FoundEntry) -> [JSONMember] {
        (try? EntryContent(stored: entry.contentJSON))?.members ?? []
    }

    private static func name(_ value: JSONValue) -> String {
        guard case .object(let names) = value else { return text(value) }
        return names.first.map { text($0.value) } ?? ""
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .array(let elements): elements.map(text).joined(separator: ", ")
        case .object(let members):
            members.map { "\($0.key) \(text($0.value))" }.joined(separator: "; ")
        default:
            {
                var writer = JSONWriter()
                writer.value(value)
                return writer.text
            }()
        }
    }

    private static func period(_ period: EntryPeriod) -> String {
        switch (period.from, period.through) {
        case (nil, nil): "always"
        case (let from?, nil): "from \(EntryPeriod.text(from))"
        case (nil, let through?): "until \(EntryPeriod.text(through))"
        case (let from?, let through?):
            "\(EntryPeriod.text(from)) to \(EntryPeriod.text(through))"
        }
    }
}
