/// What registers of the professions say of one provider on a day.
///
/// It unites the entries of all source records of a person. Each entry hangs on a source's own identifier
/// and none on the person, so that merging persons and parting them changes nothing but this union.
package struct ProviderProfile: Sendable {
    /// An entry that counts on the day, and the source that says it.
    package struct Statement: Sendable {
        package var source: String
        package var content: EntryContent

        /// Creates a statement.
        package init(source: String, content: EntryContent) {
            self.source = source
            self.content = content
        }
    }

    /// The day of the answer, `YYYY-MM-DD`.
    package let day: String
    private let statements: [Statement]
    /// The names of facilities by reference, as far as they are known.
    private let facilityNames: [String: String]

    /// Creates a profile; `statements` come in the order of their sources' records.
    package init(
        _ statements: [Statement], on day: Int32, facilityName: (String) -> String? = { _ in nil }
    ) {
        self.statements = statements
        self.day = EntryPeriod.text(day)
        var names: [String: String] = [:]
        for facility in Self.items("affiliation", statements).map({ $0.item["facility"] })
        where names[facility] == nil {
            names[facility] = facilityName(facility)
        }
        facilityNames = names
    }

    private static func items(
        _ field: String, _ statements: [Statement]
    ) -> [(item: DatedItem, source: String)] {
        statements.flatMap { statement in
            DatedItem.items(statement.content, field).map { ($0, statement.source) }
        }
    }

    /// The facilities that affiliations name, each once.
    package var facilities: [EntryReference] {
        let names = Self.items("affiliation", statements).map { $0.item["facility"] }
        return Set(names).sorted().compactMap(EntryReference.init)
    }

    /// What holds on the day, each fact once, whoever else says it.
    private func items(_ field: String, by keys: [String]) -> [(item: DatedItem, source: String)] {
        var seen: Set<[String]> = []
        return Self.items(field, statements).filter { item, _ in
            item.contains(day) && seen.insert(keys.map { item[$0] }).inserted
        }
    }

    /// Each licence with all that is said of it.
    private var licences: [(statements: [DatedItem], standing: LicenceStanding, source: String)] {
        var order: [[String]] = []
        var groups: [[String]: (items: [DatedItem], source: String)] = [:]
        for (item, source) in Self.items("licence", statements) {
            // Without a number, or without who gave it, a licence is its source's own.
            let (authority, number) = (item["authority"], item["number"])
            let key = [authority, number, authority.isEmpty || number.isEmpty ? source : ""]
            if groups[key] == nil { order.append(key) }
            groups[key, default: ([], source)].items.append(item)
        }
        return order.compactMap { key in
            groups[key].map {
                ($0.items, LicenceStanding(of: $0.items, on: day), $0.source)
            }
        }
    }

    /// Whether the provider may practise on the day.
    package var licenceStanding: LicenceStanding {
        LicenceStanding(
            licences: licences.map(\.standing),
            suspensions: Self.items("suspension", statements).map(\.item), on: day)
    }

    /// Writes the members of the answer that stand behind those of the person.
    package func writeMembers(to writer: inout JSONWriter) {
        let standing = licenceStanding
        writer.key("as_of")
        writer.string(day)
        writer.key("licence_status")
        writer.string(standing.status.rawValue)
        writer.key("licence_reason")
        writer.string(standing.reason)
        write("professions", items("profession", by: ["profession"]), ["profession"], to: &writer)
        write("specialties", items("specialty", by: ["specialty"]), ["specialty"], to: &writer)
        writeLicences(to: &writer)
        write(
            "suspensions", items("suspension", by: ["reason", "from", "through"]), ["reason"],
            to: &writer)
        writeAffiliations(to: &writer)
        let languages = statements.flatMap { $0.content["language"]?.array ?? [] }
            .compactMap(\.string)
        writer.key("languages")
        writer.beginArray()
        for language in Set(languages).sorted() { writer.string(language) }
        writer.endArray()
    }

    private func write(
        _ name: String, _ items: [(item: DatedItem, source: String)], _ fields: [String],
        to writer: inout JSONWriter
    ) {
        writer.key(dynamic: name)
        writer.beginArray()
        for (item, source) in items {
            writer.beginObject()
            Self.write(fields, of: item, to: &writer)
            item.writeDays(to: &writer)
            writer.key("source")
            writer.string(source)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(
        _ fields: [String], of item: DatedItem, to writer: inout JSONWriter
    ) {
        for field in fields where !item[field].isEmpty {
            writer.key(dynamic: field)
            writer.string(item[field])
        }
    }

    /// All licences, those of other days too: that one has ended is part of the answer.
    private func writeLicences(to writer: inout JSONWriter) {
        writer.key("licences")
        writer.beginArray()
        for licence in licences {
            guard let first = licence.statements.first else { continue }
            writer.beginObject()
            Self.write(["authority", "number"], of: first, to: &writer)
            writer.key("status")
            writer.string(licence.standing.status.rawValue)
            writer.key("reason")
            writer.string(licence.standing.reason)
            (licence.statements.first { $0.contains(day) } ?? first).writeDays(to: &writer)
            writer.key("source")
            writer.string(licence.source)
            writer.endObject()
        }
        writer.endArray()
    }

    private func writeAffiliations(to writer: inout JSONWriter) {
        writer.key("affiliations")
        writer.beginArray()
        for (item, source) in items("affiliation", by: ["facility", "role", "service"]) {
            writer.beginObject()
            Self.write(["facility"], of: item, to: &writer)
            if let name = facilityNames[item["facility"]] {
                writer.key("name")
                writer.string(name)
            }
            Self.write(["role", "service"], of: item, to: &writer)
            item.writeDays(to: &writer)
            writer.key("source")
            writer.string(source)
            writer.endObject()
        }
        writer.endArray()
    }
}
