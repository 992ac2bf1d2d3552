internal import RegistryModel

extension ResourceMapping {
    func drug(_ entry: CatalogEntry, _ rest: [JSONMember]) -> JSONValue {
        let content = entry.content
        let name = ResourceElements.name(content["name"])
        let states = ["active": "active", "suspended": "inactive", "retired": "inactive"]
        let codings = (content["atc"]?.array ?? []).map { code in
            ResourceElements.object([
                ("system", .string(systems.system(of: "atc"))), ("code", code),
            ])
        }
        let code = ResourceElements.object([
            ("coding", .array(codings)), ("text", name.text), ("_text", name.beside),
        ])
        let amount = ResourceElements.object([
            ("value", ResourceElements.number(content["pack_amount"])),
            ("unit", content["pack_unit"]),
        ])
        return ResourceElements.object(
            head("Medication", entry, rest) + [
                ("code", code),
                (
                    "status",
                    content["status"]?.string.flatMap { states[$0] }.map { .string($0) }
                ),
                ("manufacturer", content["holder"].map { .object([JSONMember("display", $0)]) }),
                ("form", ResourceElements.concept(content["form"])),
                (
                    "amount",
                    amount == .object([]) ? nil : .object([JSONMember("numerator", amount)])
                ),
                (
                    "ingredient",
                    .array((content["ingredient"]?.array ?? []).map(ResourceMapping.ingredient))
                ),
            ])
    }

    private static func ingredient(_ group: JSONValue) -> JSONValue {
        func quantity(_ amount: String, _ unit: String) -> JSONValue? {
            ResourceElements.object([
                ("value", ResourceElements.number(group[amount])), ("unit", group[unit]),
            ])
        }
        return ResourceElements.object([
            ("itemCodeableConcept", ResourceElements.concept(group["substance"])),
            (
                "strength",
                ResourceElements.object([
                    ("numerator", quantity("amount", "unit")),
                    ("denominator", quantity("per_amount", "per_unit")),
                ])
            ),
        ])
    }

    func medicationMembers(_ resource: JSONValue) -> [(String, JSONValue?)] {
        let states = ["active": "active", "inactive": "retired"]
        let code = resource["code"]
        let atc = (code?["coding"]?.array ?? []).filter {
            systems.authority(of: $0["system"]?.string ?? "") == "atc"
        }.compactMap { ResourceElements.text($0["code"]) }
        let name =
            ResourceElements.localized(
                code?["text"], beside: code?["_text"], language: resource["language"]
            ) ?? ResourceElements.text(ofConcept: code)
        let amount = resource["amount"]?["numerator"]
        let holder = resource["manufacturer"]?["display"]
        return [
            ("name", name), ("id", identity(of: resource).others), ("product", .string("drug")),
            (
                "status",
                resource["status"]?.string.flatMap { states[$0] }.map { .string($0) }
            ),
            ("atc", .array(atc)),
            (
                "ingredient",
                .array(
                    (resource["ingredient"]?.array ?? [])
                        .compactMap(ResourceMapping.ingredientGroup))
            ),
            ("form", ResourceElements.text(ofConcept: resource["form"])),
            ("pack_amount", ResourceElements.decimal(amount?["value"])),
            ("pack_unit", ResourceElements.text(amount?["unit"])),
            ("holder", ResourceElements.text(holder)),
        ]
    }

    private static func ingredientGroup(_ item: JSONValue) -> JSONValue? {
        guard
            let substance = ResourceElements.text(ofConcept: item["itemCodeableConcept"])
                ?? ResourceElements.text(item["itemReference"]?["display"])
        else { return nil }
        let strength = item["strength"]
        func unit(_ quantity: JSONValue?) -> JSONValue? {
            ResourceElements.text(quantity?["unit"])
                ?? ResourceElements.text(quantity?["code"])
        }
        let (numerator, denominator) = (
            strength?["numerator"], strength?["denominator"]
        )
        return ResourceElements.object([
            ("substance", substance),
            ("amount", ResourceElements.decimal(numerator?["value"])),
            ("unit", unit(numerator)),
            ("per_amount", ResourceElements.decimal(denominator?["value"])),
            ("per_unit", unit(denominator)),
        ])
    }
}
