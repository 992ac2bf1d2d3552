internal import RegistryModel

extension ResourceMapping {
    /// A provider is a practitioner and one role for each affiliation.
    func provider(_ entry: CatalogEntry, _ rest: [JSONMember]) -> [JSONValue] {
        let content = entry.content
        let qualifications = (content["profession"]?.array ?? []).map { group in
            ResourceElements.object([
                ("code", ResourceElements.concept(group["profession"])),
                ("period", ResourceMapping.period(group)),
            ])
        }
        let practitioner = ResourceElements.object([
            ("resourceType", .string("Practitioner")),
            ("extension", extensions(entry, rest: rest)), ("identifier", identifiers(entry)),
            ("qualification", .array(qualifications)),
            (
                "communication",
                .array(
                    (content["language"]?.array ?? []).compactMap { ResourceElements.concept($0) })
            ),
        ])
        return [practitioner]
            + (content["affiliation"]?.array ?? []).map { role($0, of: entry) }
    }

    private func role(_ group: JSONValue, of entry: CatalogEntry) -> JSONValue {
        ResourceElements.object([
            ("resourceType", .string("PractitionerRole")),
            ("extension", extensions(entry, rest: [])),
            ("period", ResourceMapping.period(group)),
            (
                "practitioner",
                link(.string("\(catalog.authority):\(entry.code)"), type: "Practitioner")
            ),
            ("organization", link(group["facility"], type: "Organization")),
            ("code", ResourceElements.concept(group["role"]).map { .array([$0]) }),
            (
                "healthcareService",
                link(group["service"], type: "HealthcareService").map { .array([$0]) }
            ),
        ])
    }

    private static func period(_ group: JSONValue) -> JSONValue? {
        ResourceElements.object([("start", group["from"]), ("end", group["through"])])
    }

    /// The code under which a practitioner stands: its identifier under the register's own name, else the
    /// id of the resource, by which the register knows it too, else its first identifier.
    func practitionerCode(of resource: JSONValue) -> String? {
        identity(of: resource).code ?? resource["id"]?.string
            ?? reference(of: resource).flatMap { EntryReference($0)?.code }
    }

    /// The identifiers of a resource, each with its authority, by which others may name it.
    func references(to resource: JSONValue) -> [String] {
        (resource["identifier"]?.array ?? []).compactMap { item in
            guard let system = item["system"]?.string, let value = item["value"]?.string
            else { return nil }
            return "\(systems.authority(of: system)):\(value)"
        }
    }

    func practitionerMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        let professions = (resource["qualification"]?.array ?? []).compactMap {
            item -> JSONValue? in
            guard let text = ResourceElements.text(ofConcept: item["code"]) else { return nil }
            return ResourceElements.object(
                [("profession", text)] + ResourceElements.groupPeriod(item["period"]))
        }
        let languages = (resource["communication"]?.array ?? []).compactMap {
            ResourceElements.text(ofConcept: $0)
        }
        return [("profession", .array(professions)), ("language", .array(languages))]
    }

    func roleMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        let days = ResourceElements.groupPeriod(resource["period"])
        let specialties = (resource["specialty"]?.array ?? []).compactMap {
            item -> JSONValue? in
            ResourceElements.text(ofConcept: item).map {
                ResourceElements.object([("specialty", $0)] + days)
            }
        }
        let facility =
            target(resource["organization"])
            ?? target(resource["location"]?.array?.first)
        let affiliation = facility.map { facility in
            ResourceElements.object(
                [
                    (
                        "role",
                        ResourceElements.text(ofConcept: resource["code"]?.array?.first)
                    ),
                    ("service", target(resource["healthcareService"]?.array?.first)),
                    ("facility", facility),
                ] + days)
        }
        return [
            ("specialty", .array(specialties)),
            ("affiliation", affiliation.map { .array([$0]) }),
        ]
    }
}
