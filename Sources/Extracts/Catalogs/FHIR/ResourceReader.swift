internal import Identity
internal import RegistryModel

/// Reads entries from resources of FHIR R4, one in a line.
///
/// The file is read twice: first for the codes that references by id mean and for the resources that
/// make one entry together, then for the entries. Those of several resources (a location with its
/// organisation, a practitioner with its roles) are told with the last of them.
struct ResourceReader: ~Copyable {
    private let path: String
    private var mapping: ResourceMapping
    /// How many resources there are of each type, by entry.
    private var counts: [String: Counts] = [:]
    private var waiting: [String: StatedEntry] = [:]
    private var extended: [String: [JSONMember]] = [:]
    private var skipped: [String: Int] = [:]
    /// Practitioners in this catalog by each of their identifiers.
    private var practitioners: [String: String] = [:]

    private struct Counts {
        /// Resources that an entry has one of, and those beside.
        var main = 0
        var beside = 0
        var seen = 0
    }

    /// The types of resources that hold no entry of the kind, with their number.
    var unrecognised: [String] {
        skipped.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
    }

    init(path: String, catalog: CatalogKey, directory: AuthorityDirectory) throws(ExtractError) {
        guard path != "-" else { throw .needsFile(format: EntryFormat.fhir.rawValue) }
        self.path = path
        mapping = ResourceMapping(catalog: catalog, systems: ResourceSystems(directory))
    }

    mutating func read(_ body: (Result<StatedEntry, RefusedRow>) throws -> Void) throws {
        try learn()
        try LineFile(path: path).forEachBytes(bytesMax: ExtractLimits.resourceBytesMax) {
            line, bytes, _ in
            if let result = take(bytes, line) { try body(result) }
        }
        for entry in waiting.values.sorted(by: { $0.line < $1.line }) {
            try body(.success(entry))
        }
        waiting = [:]
    }

    // MARK: - First reading

    /// Learns the codes of resources with an id, and which of them make one entry.
    private mutating func learn() throws {
        var roles: [(owner: String, period: String)] = []
        try LineFile(path: path).forEachBytes(bytesMax: ExtractLimits.resourceBytesMax) {
            _, bytes, _ in
            guard !bytes.isEmpty, let resource = try? JSONParser.parse(bytes),
                let type = resource["resourceType"]?.string
            else { return }
            let reference = reference(of: resource, type)
            if let reference, type == "Practitioner" {
                for name in mapping.references(to: resource) { practitioners[name] = reference }
            }
            if let id = resource["id"]?.string, let reference {
                mapping.codes["\(type)/\(id)"] = reference
            }
            guard mapping.types.count > 1, isOfKind(resource, type) else { return }
            let period = ResourceReader.periodText(resource)
            if type == "PractitionerRole" {
                let owner = resource["practitioner"]
                let id = owner?["reference"]?.string.map {
                    $0.split(separator: "/").suffix(2).joined(separator: "/")
                }
                // By id the owner may stand further down.
                let known = owner?["identifier"].flatMap { _ in mapping.target(owner) }
                roles.append((known?.string ?? id.map { "id:" + $0 } ?? "", period))
            } else if let reference {
                let isMain = type == mapping.types[0]
                counts[reference + period, default: Counts()].main += isMain ? 1 : 0
                counts[reference + period, default: Counts()].beside += isMain ? 0 : 1
            }
        }
        for role in roles {
            let owner =
                role.owner.hasPrefix("id:")
                ? mapping.codes[String(role.owner.dropFirst(3))] ?? ""
                : practitioners[role.owner] ?? role.owner
            counts[owner + role.period, default: Counts()].beside += 1
        }
    }

    /// The code of a resource with its authority: of practitioners always in this catalog.
    private func reference(of resource: JSONValue, _ type: String) -> String? {
        guard type == "Practitioner" else { return mapping.reference(of: resource) }
        return mapping.practitionerCode(of: resource).map {
            "\(mapping.catalog.authority):\($0)"
        }
    }

    private static func periodText(_ resource: JSONValue) -> String {
        guard
            let period = ResourceMapping.extended(
                resource, ResourceMapping.validityURL, "valuePeriod")
        else { return "" }
        return
            "\u{1F}\(period["start"]?.string ?? "")\u{1F}\(period["end"]?.string ?? "")"
    }

    /// Whether a resource may hold an entry of the kind, or a part of one.
    private func isOfKind(_ resource: JSONValue, _ type: String) -> Bool {
        guard mapping.types.contains(type) else { return false }
        guard type == "Location" else { return true }
        return (mapping.catalog.kind == .place) == ResourceMapping.isJurisdiction(resource)
    }

    // MARK: - Second reading

    /// What a line adds: an entry that is whole with it, a refusal, or nothing yet.
    private mutating func take(_ bytes: [UInt8], _ line: Int) -> Result<StatedEntry, RefusedRow>? {
        guard bytes.contains(where: { $0 > 0x20 }) else { return nil }
        func refusal(_ problem: EntryProblem, _ code: String = "") -> Result<
            StatedEntry, RefusedRow
        > {
            .failure(RefusedRow(line: line, code: code, problem: problem))
        }
        let resource: JSONValue
        do throws(JSONError) {
            resource = try JSONParser.parse(bytes)
        } catch {
            return refusal(.unreadable(error.description))
        }
        guard let type = resource["resourceType"]?.string else {
            return refusal(.unreadable("no resource of FHIR: 'resourceType' is missing"))
        }
        guard isOfKind(resource, type) else {
            skipped[type, default: 0] += 1
            return nil
        }
        let reference =
            type == "PractitionerRole"
            ? mapping.target(resource["practitioner"])?.string.map { practitioners[$0] ?? $0 }
            : reference(of: resource, type)
        guard let code = code(of: resource, type, reference) else {
            return refusal(.missing(field: "code"))
        }
        do throws(EntryProblem) {
            var part = StatedEntry(
                line: line, code: code, period: try mapping.period(of: resource),
                members: mapping.members(of: resource, type: type))
            let content = try mapping.extendedContent(of: resource)
            let key = (reference ?? "") + ResourceReader.periodText(resource)
            guard let count = counts[key], count.main == 1, count.beside > 0,
                count.beside == 1 || mapping.catalog.kind == .provider
            else {
                part.apply(content)
                return .success(part)
            }
            return join(part, content, key, of: count)
        } catch {
            return refusal(error, code)
        }
    }

    private func code(of resource: JSONValue, _ type: String, _ reference: String?) -> String? {
        if type == "Coverage", mapping.identity(of: resource).code == nil {
            return resource["subscriberId"]?.string
                ?? resource["beneficiary"]?["identifier"]?["value"]?.string
        }
        if type == "PractitionerRole" {
            return reference.flatMap(EntryReference.init)?.code
                ?? reference.flatMap { $0.split(separator: ":").last.map(String.init) }
        }
        return type == "Practitioner"
            ? mapping.practitionerCode(of: resource) : mapping.identity(of: resource).code
    }

    /// Adds a part to those of its entry that were read; the entry where it was the last one.
    private mutating func join(
        _ part: StatedEntry, _ content: [JSONMember], _ key: String, of count: Counts
    ) -> Result<StatedEntry, RefusedRow>? {
        if waiting[key] == nil {
            waiting[key] = part
        } else {
            waiting[key]?.join(part)
        }
        if !content.isEmpty { extended[key] = content }
        counts[key]?.seen += 1
        guard count.seen + 1 == count.main + count.beside,
            var entry = waiting.removeValue(forKey: key)
        else { return nil }
        entry.apply(extended.removeValue(forKey: key) ?? [])
        return .success(entry)
    }
}

extension StatedEntry {
    /// Takes values in place of those that it has; null takes one away.
    mutating func apply(_ content: [JSONMember]) {
        for member in content {
            self[member.key] = member.value == .null ? nil : member.value
        }
    }

    /// Adds what another part of the same entry says: keys of objects, elements of arrays.
    mutating func join(_ part: StatedEntry) {
        for member in part.members {
            switch (self[member.key], member.value) {
            case (nil, let value): self[member.key] = value
            case (.object(let known)?, .object(let others)):
                let new = others.filter { other in !known.contains { $0.key == other.key } }
                self[member.key] = .object(known + new)
            case (.array(let known)?, .array(let others)):
                self[member.key] = .array(known + others.filter { !known.contains($0) })
            default: break
            }
        }
    }
}
