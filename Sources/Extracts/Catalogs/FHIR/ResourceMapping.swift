internal import RegistryModel

/// How entries of one catalog become resources of FHIR R4 and are read back.
///
/// What a resource has an element for stands there. What it has none for, and what its element would not
/// give back as it was, stands in the extension `content` as JSON by field; so nothing is lost. The
/// days on which an entry is valid are the extension `validity`, but for coverage, whose period they are.
struct ResourceMapping: Sendable {
    /// A field's values that no element holds, as the JSON of an object.
    static let contentURL = "urn:padron:fhir:content"
    /// The days on which an entry is valid.
    static let validityURL = "urn:padron:fhir:validity"

    let catalog: CatalogKey
    let systems: ResourceSystems
    /// Codes with their authority by `Type/id`, of the resources of the file that is read.
    var codes: [String: String] = [:]

    init(catalog: CatalogKey, systems: ResourceSystems) {
        self.catalog = catalog
        self.systems = systems
    }

    /// The types of resources that entries of the kind come from.
    var types: [String] {
        switch catalog.kind {
        case .place: ["Location"]
        case .facility: ["Organization", "Location"]
        case .provider: ["Practitioner", "PractitionerRole"]
        case .service: ["HealthcareService"]
        case .drug: ["Medication"]
        case .coverage: ["Coverage"]
        }
    }

    // MARK: - Identifiers

    /// The identifiers of an entry: its code, then those of other authorities.
    func identifiers(_ entry: CatalogEntry) -> JSONValue {
        var elements = [identifier(catalog.authority, .string(entry.code))]
        if case .object(let members)? = entry.content["id"] {
            for member in members {
                for value in member.value.array ?? [] {
                    elements.append(identifier(member.key, value))
                }
            }
        }
        return .array(elements)
    }

    func identifier(_ authority: String, _ value: JSONValue) -> JSONValue {
        .object([
            JSONMember("system", .string(systems.system(of: authority))),
            JSONMember("value", value),
        ])
    }

    /// The code of a resource in this catalog, or in another one where it has none here.
    func reference(of resource: JSONValue) -> String? {
        var first: String?
        for item in resource["identifier"]?.array ?? [] {
            guard let system = item["system"]?.string, let value = item["value"]?.string
            else { continue }
            let authority = systems.authority(of: system)
            if authority == catalog.authority { return "\(authority):\(value)" }
            if first == nil { first = "\(authority):\(value)" }
        }
        return first
    }

    /// The code of a resource in this catalog, and its other identifiers by authority.
    ///
    /// A single identifier without a system is the code.
    func identity(of resource: JSONValue) -> (code: String?, others: JSONValue?) {
        let items = (resource["identifier"]?.array ?? []).filter {
            $0["value"]?.string != nil
        }
        var code: String?
        var others: [JSONMember] = []
        for item in items {
            guard let value = item["value"]?.string else { continue }
            let system = item["system"]?.string ?? ""
            let authority = system.isEmpty ? "" : systems.authority(of: system)
            if code == nil,
                authority == catalog.authority || (authority.isEmpty && items.count == 1)
            {
                code = value
            } else if !authority.isEmpty, authority.utf8.count <= 64 {
                if let known = others.firstIndex(where: { $0.key == authority }) {
                    others[known].value = .array(
                        (others[known].value.array ?? []) + [.string(value)])
                } else {
                    others.append(JSONMember(authority, .array([.string(value)])))
                }
            }
        }
        return (code, others.isEmpty ? nil : .object(others))
    }

    // MARK: - References

    /// A reference by identifier to an entry `AUTHORITY:CODE`.
    func link(_ value: JSONValue?, type: String) -> JSONValue? {
        guard let reference = value?.string.flatMap(EntryReference.init) else { return nil }
        return .object([
            JSONMember("type", .string(type)),
            JSONMember("identifier", identifier(reference.authority, .string(reference.code))),
        ])
    }

    /// The entry that a reference names, by identifier or by a resource of the same file.
    func target(_ link: JSONValue?) -> JSONValue? {
        guard let link else { return nil }
        if let value = link["identifier"]?["value"]?.string {
            let system = link["identifier"]?["system"]?.string ?? ""
            let authority = system.isEmpty ? catalog.authority : systems.authority(of: system)
            return .string("\(authority):\(value)")
        }
        guard let reference = link["reference"]?.string else { return nil }
        // An absolute address ends with type and id.
        let parts = reference.split(separator: "/").suffix(2).joined(separator: "/")
        return codes[parts].map { .string($0) }
    }

    // MARK: - Extensions

    /// The extensions of a resource: validity, and what no element holds.
    func extensions(_ entry: CatalogEntry, rest: [JSONMember]) -> JSONValue {
        var elements: [JSONValue] = []
        if catalog.kind != .coverage, let period = ResourceElements.period(entry.period) {
            elements.append(
                .object([
                    JSONMember("url", .string(ResourceMapping.validityURL)),
                    JSONMember("valuePeriod", period),
                ]))
        }
        if !rest.isEmpty {
            var json = JSONWriter()
            json.value(.object(rest))
            elements.append(
                .object([
                    JSONMember("url", .string(ResourceMapping.contentURL)),
                    JSONMember("valueString", .string(json.text)),
                ]))
        }
        return .array(elements)
    }

    /// The value of an extension.
    static func extended(_ resource: JSONValue, _ url: String, _ name: String) -> JSONValue? {
        resource["extension"]?.array?.first { $0["url"]?.string == url }?[name]
    }

    /// The days on which a resource's entry is valid.
    func period(of resource: JSONValue) throws(EntryProblem) -> EntryPeriod {
        try ResourceElements.period(
            catalog.kind == .coverage
                ? resource["period"]
                : ResourceMapping.extended(resource, ResourceMapping.validityURL, "valuePeriod"))
    }

    /// The values that a resource holds in its extension; null takes away what an element says.
    func extendedContent(of resource: JSONValue) throws(EntryProblem) -> [JSONMember] {
        guard
            let text = ResourceMapping.extended(
                resource, ResourceMapping.contentURL, "valueString")?.string
        else { return [] }
        guard case .object(let members)? = try? JSONParser.parse(text) else {
            throw .unreadable("the extension \(ResourceMapping.contentURL) holds no JSON object")
        }
        return members
    }
}
