extension EntrySchema {
    private static let naming = [
        EntryField("name", .localized, isRequired: true, isSearched: true),
        EntryField("alias", .list(.text), isSearched: true),
        EntryField("id", .identifiers),
    ]

    private static let position = [
        EntryField("latitude", .decimal), EntryField("longitude", .decimal),
    ]

    private static func period(_ name: String, _ form: EntryField.Form, isAttribute: Bool = false)
        -> [EntryField]
    {
        [
            EntryField(name, form, isRequired: true, isAttribute: isAttribute),
            EntryField("from", .day), EntryField("through", .day),
        ]
    }

    /// Administrative divisions.
    package static let place = EntrySchema(
        naming + [
            EntryField("type", .text, isAttribute: true),
            EntryField("status", .choice(["active", "retired"]), isAttribute: true),
            EntryField("parent", .reference(.place)),
            EntryField("replaced_by", .list(.reference(.place))),
        ] + position + [EntryField("boundary", .text)])

    /// Facilities: one entry each unit; a code that several units share is among their identifiers.
    package static let facility = EntrySchema(
        naming + [
            EntryField("legal_name", .text, isSearched: true),
            EntryField("type", .text, isAttribute: true),
            EntryField("level", .text, isAttribute: true),
            EntryField("complexity", .text, isAttribute: true),
            EntryField("ownership", .text, isAttribute: true),
            EntryField(
                "status", .choice(["planned", "active", "suspended", "closed", "merged"]),
                isAttribute: true),
            EntryField("opened", .day), EntryField("closed", .day),
            EntryField("merged_into", .reference(.facility)),
            // Several hierarchies: `administrative`, `network`, `legal`.
            EntryField("parent", .keyed(.reference(.facility))),
            EntryField("place", .reference(.place), isAttribute: true),
            EntryField("address", .text), EntryField("municipality", .text, isSearched: true),
            EntryField("postal_code", .text, isAttribute: true),
        ] + position + [
            EntryField(
                "opening_hours",
                .list(
                    .group([
                        EntryField(
                            "day", .choice(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
                            isRequired: true),
                        EntryField("opens", .text, isRequired: true),
                        EntryField("closes", .text, isRequired: true),
                    ]))),
            EntryField("phone", .list(.text)), EntryField("email", .list(.text)),
            EntryField("website", .text),
            EntryField("service", .list(.reference(.service)), isAttribute: true),
            EntryField("beds", .keyed(.integer)), EntryField("equipment", .keyed(.integer)),
        ])

    /// What a register of the professions says of a provider.
    package static let provider = EntrySchema([
        EntryField(
            "profession", .list(.group(period("profession", .text))), isAttribute: true),
        EntryField("specialty", .list(.group(period("specialty", .text))), isAttribute: true),
        EntryField(
            "licence",
            .list(
                .group(
                    [EntryField("authority", .text), EntryField("number", .text)]
                        + period(
                            "status", .choice(["active", "suspended", "revoked", "expired"]))))),
        EntryField(
            "suspension", .list(.group(period("reason", .text)))),
        EntryField(
            "affiliation",
            .list(
                .group(
                    [EntryField("role", .text), EntryField("service", .reference(.service))]
                        + period("facility", .reference(.facility))))),
        EntryField("language", .list(.text), isAttribute: true),
    ])

    /// Health services; a tariff that changes is an entry of the same code with another period.
    package static let service = EntrySchema(
        naming + [
            EntryField("system", .text, isAttribute: true), EntryField("version", .text),
            EntryField("group", .text, isSearched: true, isAttribute: true),
            EntryField("parent", .reference(.service)),
            EntryField("status", .choice(["active", "retired"]), isAttribute: true),
            EntryField("replaced_by", .list(.reference(.service))),
            EntryField("tariff", .keyed(.decimal)), EntryField("currency", .text),
            EntryField("relative_value", .keyed(.decimal)),
        ])

    /// Medicines and equipment.
    package static let drug = EntrySchema(
        naming + [
            EntryField(
                "product", .choice(["drug", "equipment"]), isRequired: true, isAttribute: true),
            EntryField(
                "level", .choice(["substance", "product", "presentation", "pack"]),
                isAttribute: true),
            EntryField("status", .choice(["active", "suspended", "retired"]), isAttribute: true),
            EntryField("inn", .list(.text), isSearched: true, isAttribute: true),
            EntryField("atc", .list(.text), isAttribute: true, codesOf: "atc"),
            EntryField(
                "ingredient",
                .list(
                    .group([
                        EntryField("substance", .text, isRequired: true),
                        EntryField("amount", .decimal), EntryField("unit", .text),
                        EntryField("per_amount", .decimal), EntryField("per_unit", .text),
                    ]))),
            EntryField("form", .text, isAttribute: true),
            EntryField("route", .list(.text), isAttribute: true),
            EntryField("parent", .reference(.drug)),
            EntryField("pack_amount", .decimal), EntryField("pack_unit", .text),
            EntryField("generic_group", .text, isAttribute: true),
            EntryField("generic_role", .choice(["reference", "generic", "complementary"])),
            EntryField("holder", .text, isSearched: true),
            EntryField("equipment_class", .text, isAttribute: true),
            EntryField("price", .decimal), EntryField("currency", .text),
            EntryField("reimbursement", .decimal), EntryField("prescription", .text),
            EntryField("replaced_by", .list(.reference(.drug))),
        ])

    /// What an insurer says of a member, whose identifier is the entry's code.
    package static let coverage = EntrySchema([
        EntryField("plan", .text, isAttribute: true),
        EntryField("tier", .text, isAttribute: true),
        EntryField(
            "status", .choice(["active", "suspended", "cancelled"]), isAttribute: true),
        EntryField("policy", .text), EntryField("relationship", .text),
        EntryField("holder", .text),
    ])
}
