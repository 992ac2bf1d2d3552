internal import Identity

extension SurvivorshipPolicy {
    /// The policy as a JSON object, from which `init(json:)` makes an equal one.
    ///
    ///     {"rules":{"default":["trust","agreement"],"address":["recency"]},
    ///      "trust":{"default":["source:civil-registry"],"birth_date":["authority:cl-run"]},
    ///      "verified_by":["cl-run"]}
    package var json: JSONValue {
        var members = [
            JSONMember(
                "rules", Self.object(defaultRules, fieldRules) { .string($0.rawValue) }),
            JSONMember("trust", Self.object(defaultTrust, fieldTrust) { .string($0.text) }),
        ]
        if !verifyingAuthorities.isEmpty {
            members.append(
                JSONMember(
                    "verified_by", .array(verifyingAuthorities.sorted().map { .string($0) })))
        }
        return .object(members)
    }

    private static func object<Element>(
        _ defaultList: [Element], _ fieldLists: [DemographicField: [Element]],
        _ value: (Element) -> JSONValue
    ) -> JSONValue {
        var members = [JSONMember("default", .array(defaultList.map(value)))]
        for field in DemographicField.allCases {
            guard let list = fieldLists[field] else { continue }
            members.append(JSONMember(field.name.description, .array(list.map(value))))
        }
        return .object(members)
    }

    /// The policy that a JSON object describes.
    ///
    /// - Throws: `bad-request` that names the first part which is unknown or of a wrong shape.
    package init(json: JSONValue) throws(RegistryError) {
        guard case .object(let members) = json else {
            throw RegistryError(.badRequest, "a survivorship policy is a JSON object")
        }
        self.init(defaultRules: [])
        for member in members {
            switch member.key {
            case "rules":
                (defaultRules, fieldRules) = try Self.lists(member) { text in
                    SurvivorshipRule(rawValue: text)
                }
            case "trust":
                (defaultTrust, fieldTrust) = try Self.lists(member) { text in
                    TrustedOrigin(text)
                }
            case "verified_by":
                verifyingAuthorities = Set(try Self.list(member) { $0 })
            default:
                throw RegistryError(
                    .badRequest,
                    "a survivorship policy has rules, trust and verified_by, not \(member.key)")
            }
        }
        guard !defaultRules.isEmpty else {
            throw RegistryError(.badRequest, "rules needs a list named default")
        }
    }

    private static func lists<Element: Hashable>(
        _ member: JSONMember, _ element: (String) -> Element?
    ) throws(RegistryError) -> ([Element], [DemographicField: [Element]]) {
        guard case .object(let members) = member.value else {
            throw RegistryError(.badRequest, "\(member.key) is an object of lists by field")
        }
        var defaultList: [Element] = []
        var fieldLists: [DemographicField: [Element]] = [:]
        for list in members {
            if list.key == "default" {
                defaultList = try self.list(list, element)
            } else if let field = DemographicField(name: list.key) {
                fieldLists[field] = try self.list(list, element)
            } else {
                throw RegistryError(.badRequest, "\(member.key) names unknown field \(list.key)")
            }
        }
        return (defaultList, fieldLists)
    }

    private static func list<Element: Hashable>(
        _ member: JSONMember, _ element: (String) -> Element?
    ) throws(RegistryError) -> [Element] {
        var list: [Element] = []
        for value in member.value.array ?? [.null] {
            guard let text = value.string, let known = element(text) else {
                throw RegistryError(
                    .badRequest,
                    "\(member.key) is a list of rules (trust, verified, agreement, completeness,"
                        + " recency) or of origins (source:CODE, authority:CODE)")
            }
            guard !list.contains(known) else {
                throw RegistryError(.badRequest, "\(member.key) names \(value.string ?? "") twice")
            }
            list.append(known)
        }
        return list
    }
}
