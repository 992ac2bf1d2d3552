internal import Identity
internal import RegistryModel

/// A row of a file that is sound in itself.
struct CheckedEntry: Sendable {
    var line: Int
    var code: String
    var period: EntryPeriod
    /// The canonical content.
    var json: [UInt8]
    /// Of period and content.
    var digest: UInt128
    /// The entries above it: the hierarchy's name, and who is there.
    var parents: [(hierarchy: String, parent: EntryReference)] = []
    var position: (latitude: Double, longitude: Double)?
}

/// Checks rows by themselves: code, content, place; whatever needs no other row.
struct EntryChecking: Sendable {
    private let catalog: CatalogKey
    private let schema: EntrySchema
    private let authorities: AuthorityDirectory
    private let rules: CodeRules
    /// Whether a code's parents are its own beginnings, as with ATC.
    private let isByPrefix: Bool

    /// Prepares to check rows of a catalog.
    init(_ catalog: CatalogKey, _ authorities: AuthorityDirectory) {
        self.catalog = catalog
        self.authorities = authorities
        schema = catalog.kind.schema
        rules = CodeRules(authorities)
        isByPrefix = authorities[catalog.authority]?.format == .atc
    }

    /// The canonical code; nil where it is none of the catalog's authority.
    func code(_ text: String) -> String? {
        catalog.kind == .coverage
            ? member(text) : rules.canonical(text, of: catalog.authority)
    }

    /// The identifier of an insurer's member as look-ups ask for it: in its authority's canonical form,
    /// whether its check digit holds or not, since that is how patients are found too; and a source's
    /// own identifier as it stands.
    private func member(_ text: String) -> String? {
        guard let trimmed = rules.canonical(text, of: ""), let reference = EntryReference(trimmed)
        else { return nil }
        guard let rule = authorities[reference.authority] else { return trimmed }
        let assessed = rule.assess(reference.code)
        switch assessed.finding {
        case .empty, .placeholder: return nil
        case .valid, .badCheck, .badFormat:
            return rules.canonical("\(reference.authority):\(assessed.canonical)", of: "")
        }
    }

    /// The row in canonical form, or why it is refused.
    func check(_ entry: StatedEntry) -> Result<CheckedEntry, RefusedRow> {
        guard let code = code(entry.code) else {
            return .failure(RefusedRow(line: entry.line, code: entry.code, problem: .badCode))
        }
        do throws(EntryProblem) {
            return .success(try check(entry, code: code))
        } catch {
            return .failure(RefusedRow(line: entry.line, code: code, problem: error))
        }
    }

    private func check(
        _ entry: StatedEntry, code: String
    ) throws(EntryProblem) -> CheckedEntry {
        let content = try EntryContent(
            entry.members, schema: schema, authorities: authorities)
        let json = content.json
        guard json.count <= RegistryLimits.entryBytesMax else {
            throw .unreadable("its content is longer than \(RegistryLimits.entryBytesMax) bytes")
        }
        var checked = CheckedEntry(
            line: entry.line, code: code, period: entry.period, json: json,
            digest: Self.digest(entry.period, json))
        checked.parents = parents(content)
        for (_, parent) in checked.parents where isByPrefix {
            guard parent.authority != catalog.authority || Self.isPrefix(parent.code, of: code)
            else { throw .badValue(field: "parent", expected: "the level above its code") }
        }
        checked.position = try position(content)
        return checked
    }

    /// What tells entries apart: 128 bits of days and content.
    static func digest(_ period: EntryPeriod?, _ json: [UInt8]) -> UInt128 {
        var text: [UInt8] = []
        text.reserveCapacity(json.count + 10)
        for day in [period?.from ?? .min, period?.through ?? .max] {
            for shift in [0, 8, 16, 24] {
                text.append(UInt8(truncatingIfNeeded: day >> Int32(shift)))
            }
        }
        text.append(contentsOf: json)
        return ContentDigest(of: text).bits
    }

    /// The references of a content to what is above it.
    func parents(_ content: EntryContent) -> [(hierarchy: String, parent: EntryReference)] {
        switch content["parent"] {
        case .string(let text)?: EntryReference(text).map { [("parent", $0)] } ?? []
        case .object(let members)?:
            members.compactMap { member in
                member.value.string.flatMap { EntryReference($0) }.map { (member.key, $0) }
            }
        default: []
        }
    }

    /// Whether an ATC code stands at the level just above another, or anywhere above it.
    private static func isPrefix(_ parent: String, of code: String) -> Bool {
        parent.utf8.count < code.utf8.count && code.hasPrefix(parent)
    }

    private func position(
        _ content: EntryContent
    ) throws(EntryProblem) -> (latitude: Double, longitude: Double)? {
        let latitude = try degrees(content, "latitude", 90)
        let longitude = try degrees(content, "longitude", 180)
        switch (latitude, longitude) {
        case (nil, nil): return nil
        case (let latitude?, let longitude?): return (latitude, longitude)
        case (nil, _): throw .missing(field: "latitude")
        case (_, nil): throw .missing(field: "longitude")
        }
    }

    private func degrees(
        _ content: EntryContent, _ field: String, _ most: Double
    ) throws(EntryProblem) -> Double? {
        guard let text = content[field]?.string else { return nil }
        guard let value = Double(text), abs(value) <= most else {
            throw .badValue(field: field, expected: "between -\(Int(most)) and \(Int(most))")
        }
        return value
    }
}
