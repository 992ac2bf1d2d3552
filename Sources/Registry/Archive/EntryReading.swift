internal import Identity
internal import RegistryModel
internal import RegistryStore

/// Reads what catalogs say of persons: professions by their sources' records, coverage by their
/// identifiers.
///
/// It asks the database for the codes at hand and keeps nothing: a hundred million members cost a node no
/// memory, and what is answered is what one state of the database says.
enum EntryReading {
    /// What registers of the professions say of a provider's records on a day.
    static func profile(
        of records: [LocalIdentifier], on day: Int32, _ session: inout RegistrySession
    ) throws -> ProviderProfile {
        var statements: [ProviderProfile.Statement] = []
        for (source, names) in grouped(records) {
            try session.readEntries(
                catalog: CatalogKey(.provider, source), codes: names.map(\.value)
            ) { _, _, period, content in
                guard let period, period.contains(day) else { return }
                statements.append(
                    ProviderProfile.Statement(
                        source: source, content: try EntryContent(stored: content)))
            }
        }
        let names = try facilityNames(
            ProviderProfile(statements, on: day).facilities, on: day, &session)
        return ProviderProfile(statements, on: day) { names[$0] }
    }

    /// The names of facilities on a day, by reference.
    private static func facilityNames(
        _ facilities: [EntryReference], on day: Int32, _ session: inout RegistrySession
    ) throws -> [String: String] {
        var names: [String: String] = [:]
        let codes = Dictionary(grouping: facilities, by: \.authority)
        for (authority, references) in codes.sorted(by: { $0.key < $1.key }) {
            try session.readEntries(
                catalog: CatalogKey(.facility, authority), codes: references.map(\.code)
            ) { _, code, period, content in
                let reference = "\(authority):\(code)"
                // Of a facility that is no more the last name is better than none.
                guard period?.contains(day) == true || names[reference] == nil else { return }
                guard case .object(let byLanguage)? = try EntryContent(stored: content)["name"]
                else { return }
                names[reference] = byLanguage.first?.value.string
            }
        }
        return names
    }

    /// What all insurers say of some identifiers, each in its authority's canonical form.
    static func coverage(
        of identifiers: [LocalIdentifier], _ session: inout RegistrySession
    ) throws -> [CoverageStatement] {
        let codes = Set(identifiers.map { "\($0.authority):\($0.value)" }).sorted()
        var statements: [CoverageStatement] = []
        for catalog in try session.catalogs() where catalog.kind == .coverage {
            try session.readEntries(catalog: catalog, codes: codes) { _, code, period, content in
                guard let period else { return }
                statements.append(
                    CoverageStatement(
                        insurer: catalog.authority, member: code, period: period,
                        content: try EntryContent(stored: content)))
            }
        }
        return statements
    }

    /// Records by source, in the order of their first.
    private static func grouped(
        _ records: [LocalIdentifier]
    ) -> [(source: String, names: [LocalIdentifier])] {
        var order: [String] = []
        var groups: [String: [LocalIdentifier]] = [:]
        for record in records {
            if groups[record.authority] == nil { order.append(record.authority) }
            groups[record.authority, default: []].append(record)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}
