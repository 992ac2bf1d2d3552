internal import RegistryModel

extension ResourceMapping {
    /// The resources of an entry, the first of which takes what has no element.
    func resources(_ entry: CatalogEntry, rest: [JSONMember]) -> [JSONValue] {
        switch catalog.kind {
        case .place: [place(entry, rest)]
        case .facility: facility(entry, rest)
        case .provider: provider(entry, rest)
        case .service: [service(entry, rest)]
        case .drug: [drug(entry, rest)]
        case .coverage: [coverage(entry, rest)]
        }
    }

    /// What the elements of a resource say, by field.
    func members(of resource: JSONValue, type: String) -> [JSONMember] {
        let members: [(String, JSONValue?)] =
            switch type {
            case "Location" where catalog.kind == .place: placeMembers(resource)
            case "Location": locationMembers(resource)
            case "Organization": organizationMembers(resource)
            case "Practitioner": practitionerMembers(resource)
            case "PractitionerRole": roleMembers(resource)
            case "HealthcareService": serviceMembers(resource)
            case "Medication": medicationMembers(resource)
            default: coverageMembers(resource)
            }
        guard case .object(let stated) = ResourceElements.object(members) else { return [] }
        return stated
    }

    /// What resources with names begin with.
    func head(
        _ type: String, _ entry: CatalogEntry, _ rest: [JSONMember]?
    ) -> [(String, JSONValue?)] {
        [
            ("resourceType", .string(type)),
            (
                "language",
                ResourceElements.name(entry.content["name"]).language.map { .string($0) }
            ),
            ("extension", extensions(entry, rest: rest ?? [])),
            ("identifier", identifiers(entry)),
        ]
    }

    func naming(_ resource: JSONValue) -> [(String, JSONValue?)] {
        [
            (
                "name",
                ResourceElements.localized(
                    resource["name"], beside: resource["_name"],
                    language: resource["language"])
            ),
            ("alias", resource["alias"]),
            ("id", identity(of: resource).others),
        ]
    }

    private func position(_ content: EntryContent) -> JSONValue {
        ResourceElements.object([
            ("longitude", ResourceElements.number(content["longitude"])),
            ("latitude", ResourceElements.number(content["latitude"])),
        ])
    }

    private func positionMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        let position = resource["position"]
        return [
            ("latitude", ResourceElements.decimal(position?["latitude"])),
            ("longitude", ResourceElements.decimal(position?["longitude"])),
        ]
    }

    private static let jurisdiction = ResourceElements.object([
        (
            "coding",
            .array([
                ResourceElements.object([
                    (
                        "system",
                        .string("http://terminology.hl7.org/CodeSystem/location-physical-type")
                    ),
                    ("code", .string("jdn")),
                ])
            ])
        )
    ])

    /// Whether a location is a jurisdiction and no place of care.
    static func isJurisdiction(_ resource: JSONValue) -> Bool {
        (resource["physicalType"]?["coding"]?.array ?? []).contains {
            $0["code"]?.string == "jdn"
        }
    }

    // MARK: - Places

    private func place(_ entry: CatalogEntry, _ rest: [JSONMember]) -> JSONValue {
        let name = ResourceElements.name(entry.content["name"])
        let states = ["active": "active", "retired": "inactive"]
        return ResourceElements.object(
            head("Location", entry, rest) + [
                (
                    "status",
                    entry.content["status"]?.string.flatMap { states[$0] }.map { .string($0) }
                ),
                ("name", name.text), ("_name", name.beside), ("alias", entry.content["alias"]),
                ("mode", .string("instance")),
                (
                    "type",
                    ResourceElements.concept(entry.content["type"]).map { .array([$0]) }
                ),
                ("physicalType", ResourceMapping.jurisdiction),
                ("position", position(entry.content)),
                ("partOf", link(entry.content["parent"], type: "Location")),
            ])
    }

    private func placeMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        let states = ["active": "active", "inactive": "retired", "suspended": "retired"]
        return naming(resource) + [
            ("type", ResourceElements.text(ofConcept: resource["type"]?.array?.first)),
            (
                "status",
                resource["status"]?.string.flatMap { states[$0] }.map { .string($0) }
            ),
            ("parent", target(resource["partOf"])),
        ] + positionMembers(resource)
    }

    // MARK: - Facilities

    /// A facility is a location and the organisation that it is, of one identifier (IHE mCSD).
    private func facility(_ entry: CatalogEntry, _ rest: [JSONMember]) -> [JSONValue] {
        let content = entry.content
        let name = ResourceElements.name(content["name"])
        let telecom = ResourceElements.telecom(
            phone: content["phone"], email: content["email"], website: content["website"])
        let address = ResourceElements.object([
            ("line", content["address"].map { .array([$0]) }), ("city", content["municipality"]),
            ("postalCode", content["postal_code"]),
        ])
        let type = JSONValue.array(
            [ResourceMapping.facilityType]
                + (ResourceElements.concept(content["type"]).map { [$0] } ?? []))
        let isActive = content["status"]?.string.map { $0 == "active" }
        let organization = ResourceElements.object(
            head("Organization", entry, rest) + [
                ("active", isActive.map { .boolean($0) }), ("type", type), ("name", name.text),
                ("_name", name.beside), ("alias", content["alias"]), ("telecom", telecom),
                ("address", address == .object([]) ? nil : .array([address])),
                ("partOf", link(content["parent"]?["legal"], type: "Organization")),
            ])
        let location = ResourceElements.object(
            head("Location", entry, nil) + [
                ("status", ResourceMapping.locationStatus(content["status"])),
                ("name", name.text), ("_name", name.beside), ("alias", content["alias"]),
                ("mode", .string("instance")), ("type", type), ("telecom", telecom),
                ("address", address), ("position", position(content)),
                (
                    "managingOrganization",
                    .object([
                        JSONMember("type", .string("Organization")),
                        JSONMember(
                            "identifier", identifier(catalog.authority, .string(entry.code))),
                    ])
                ),
                ("partOf", link(content["parent"]?["administrative"], type: "Location")),
                ("hoursOfOperation", ResourceMapping.hours(content["opening_hours"])),
            ])
        return [organization, location]
    }

    /// The type by which IHE mCSD tells that a location and an organisation are one facility.
    private static let facilityType = ResourceElements.object([
        (
            "coding",
            .array([
                ResourceElements.object([
                    ("system", .string(facilitySystem)), ("code", .string("facility")),
                ])
            ])
        )
    ])

    private static let facilitySystem =
        "https://profiles.ihe.net/ITI/mCSD/CodeSystem/"
        + "IHE.mCSD.Organization.Location.Types"

    private static func locationStatus(_ status: JSONValue?) -> JSONValue? {
        switch status?.string {
        case "active": .string("active")
        case "suspended": .string("suspended")
        case "closed", "merged": .string("inactive")
        default: nil
        }
    }

    private func organizationMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        let legal = target(resource["partOf"])
        var status: JSONValue?
        if case .boolean(let isActive)? = resource["active"] {
            status = .string(isActive ? "active" : "closed")
        }
        return naming(resource) + [
            ("type", ResourceMapping.ownType(resource)), ("status", status),
            ("parent", legal.map { .object([JSONMember("legal", $0)]) }),
        ] + contactMembers(resource, address: resource["address"]?.array?.first)
    }

    private func locationMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        let states = ["active": "active", "suspended": "suspended", "inactive": "closed"]
        var parents: [JSONMember] = []
        if let parent = target(resource["partOf"]) {
            parents.append(JSONMember("administrative", parent))
        }
        if let manager = target(resource["managingOrganization"]),
            manager.string != reference(of: resource)
        {
            parents.append(JSONMember("legal", manager))
        }
        return naming(resource) + [
            ("type", ResourceMapping.ownType(resource)),
            (
                "status",
                resource["status"]?.string.flatMap { states[$0] }.map { .string($0) }
            ),
            ("parent", .object(parents)),
            ("opening_hours", ResourceMapping.openingHours(resource["hoursOfOperation"])),
        ] + positionMembers(resource)
            + contactMembers(resource, address: resource["address"])
    }

    private func contactMembers(
        _ resource: JSONValue, address: JSONValue?
    ) -> [(String, JSONValue?)] {
        let telecom = resource["telecom"]
        return [
            ("address", ResourceElements.street(address)),
            ("municipality", ResourceElements.text(address?["city"])),
            ("postal_code", ResourceElements.text(address?["postalCode"])),
            ("phone", .array(ResourceElements.contacts(telecom, "phone"))),
            ("email", .array(ResourceElements.contacts(telecom, "email"))),
            ("website", ResourceElements.contacts(telecom, "url").first),
        ]
    }

    /// The type of a facility beside the one that says that it is one.
    private static func ownType(_ resource: JSONValue) -> JSONValue? {
        let types = resource["type"]?.array ?? []
        let own = types.first { type in
            !(type["coding"]?.array ?? []).contains { coding in
                ["facility", "jurisdiction"].contains(coding["code"]?.string ?? "")
                    && coding["system"]?.string?.contains("IHE.mCSD") ?? false
            }
        }
        return ResourceElements.text(ofConcept: own)
    }

    private static func hours(_ value: JSONValue?) -> JSONValue? {
        guard let items = value?.array else { return nil }
        return .array(
            items.map { item in
                func time(_ name: String) -> JSONValue? {
                    item[name]?.string.map { .string($0 + ":00") }
                }
                return ResourceElements.object([
                    ("daysOfWeek", item["day"].map { .array([$0]) }),
                    ("openingTime", time("opens")), ("closingTime", time("closes")),
                ])
            })
    }

    private static func openingHours(_ value: JSONValue?) -> JSONValue? {
        guard let items = value?.array else { return nil }
        var result: [JSONValue] = []
        for item in items {
            let isAllDay = item["allDay"] == .boolean(true)
            func time(_ name: String, _ whole: String) -> JSONValue? {
                guard !isAllDay else { return .string(whole) }
                guard let text = item[name]?.string else { return nil }
                return .string(
                    text.utf8.count == 8 && text.hasSuffix(":00") ? String(text.dropLast(3)) : text)
            }
            for day in item["daysOfWeek"]?.array ?? [] {
                result.append(
                    ResourceElements.object([
                        ("day", day), ("opens", time("openingTime", "00:00")),
                        ("closes", time("closingTime", "24:00")),
                    ]))
            }
        }
        return .array(result)
    }

    // MARK: - Services

    private func service(_ entry: CatalogEntry, _ rest: [JSONMember]) -> JSONValue {
        let name = ResourceElements.name(entry.content["name"])
        return ResourceElements.object(
            head("HealthcareService", entry, rest) + [
                (
                    "active",
                    entry.content["status"]?.string.map { .boolean($0 == "active") }
                ),
                (
                    "category",
                    ResourceElements.concept(entry.content["group"]).map { .array([$0]) }
                ),
                ("name", name.text), ("_name", name.beside),
            ])
    }

    private func serviceMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        var status: JSONValue?
        if case .boolean(let isActive)? = resource["active"] {
            status = .string(isActive ? "active" : "retired")
        }
        var members = naming(resource)
        if members[0].1 == nil {
            let type = resource["type"]?.array?.first
            members[0].1 = ResourceElements.text(ofConcept: type)
        }
        return members + [
            ("group", ResourceElements.text(ofConcept: resource["category"]?.array?.first)),
            ("status", status),
        ]
    }

    // MARK: - Coverage

    private func coverage(_ entry: CatalogEntry, _ rest: [JSONMember]) -> JSONValue {
        func part(_ code: String, _ value: JSONValue?) -> [JSONValue] {
            guard let value else { return [] }
            let type = ResourceElements.object([
                (
                    "coding",
                    .array([
                        ResourceElements.object([
                            (
                                "system",
                                .string(
                                    "http://terminology.hl7.org/CodeSystem/coverage-class")
                            ),
                            ("code", .string(code)),
                        ])
                    ])
                )
            ])
            return [ResourceElements.object([("type", type), ("value", value)])]
        }
        let content = entry.content
        let member = ResourceElements.object([
            ("identifier", .object([JSONMember("value", .string(entry.code))]))
        ])
        return ResourceElements.object([
            ("resourceType", .string("Coverage")),
            ("extension", extensions(entry, rest: rest)), ("identifier", identifiers(entry)),
            (
                "status",
                .string(content["status"]?.string == "active" ? "active" : "cancelled")
            ),
            ("policyHolder", content["holder"].map { .object([JSONMember("display", $0)]) }),
            ("subscriberId", .string(entry.code)), ("beneficiary", member),
            ("relationship", ResourceElements.concept(content["relationship"])),
            ("period", ResourceElements.period(entry.period)),
            (
                "payor",
                .array([
                    .object([
                        JSONMember(
                            "identifier",
                            .object([JSONMember("value", .string(catalog.authority))]))
                    ])
                ])
            ),
            (
                "class",
                .array(
                    part("plan", content["plan"]) + part("class", content["tier"])
                        + part("group", content["policy"]))
            ),
        ])
    }

    private func coverageMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        func part(_ code: String) -> JSONValue? {
            let part = resource["class"]?.array?.first { item in
                (item["type"]?["coding"]?.array ?? []).contains {
                    $0["code"]?.string == code
                }
            }
            return ResourceElements.text(part?["value"])
        }
        let states = ["active": "active", "cancelled": "cancelled", "draft": "suspended"]
        return [
            ("plan", part("plan")), ("tier", part("class")), ("policy", part("group")),
            (
                "status",
                resource["status"]?.string.flatMap { states[$0] }.map { .string($0) }
            ),
            ("relationship", ResourceElements.text(ofConcept: resource["relationship"])),
            ("holder", ResourceElements.text(resource["policyHolder"]?["display"])),
        ]
    }
}
