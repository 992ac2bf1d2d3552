import RegistryModel

/// Looking things up: a person, or an entry of a catalog.
extension CommandTable {
    private static let catalogKinds = EntrySearch.kinds.map { "`\($0.rawValue)`" }
        .joined(separator: ", ")

    static let get = Command(
        verb: .get, roles: lookupRoles,
        arguments: [
            .positional(
                "KIND",
                "the registry that is asked: `patient`, `provider`, `coverage`, \(catalogKinds)"),
            .positional(
                "AUTHORITY:VALUE",
                "an identifier or a code, the authority ending at the first colon; or `euid:EUID`"),
            .keyed("at", "DATE", "as it is on this day, else today; not of a patient"),
            minimumPosition,
        ], takesPerson: false,
        summary:
            "Answers the golden record of the person who holds an identifier: of a provider with "
            + "professions, licences and affiliations; of coverage whether the person is insured, "
            + "then what each insurer says. Of other registries what a catalog says of a code, or of "
            + "all codes that state an identifier.",
        example: [
            "@7 GET patient cl-run:11111111-1", "@7 OK 1",
            #"{"euid":"…","version":2,"status":"active","given":"Ana","family":"Soto","sources":2}"#,
            "GET coverage cl-run:11111111-1 at=2026-03-01", "OK 2",
            #"{"eligible":true,"reason":"active","as_of":"2026-03-01","insurer":"fonasa",…}"#,
            #"{"insurer":"fonasa","member":"cl-run:11111111-1","standing":"active","tier":"B",…}"#,
            "GET service cl-fonasa:0101001 at=2024-03-01", "OK 1",
            #"{"catalog":"cl-fonasa","code":"0101001","valid_from":"2024-01-01","#
                + #""valid_to":"2024-12-31","name":{"es":"Consulta"},"tariff":{"level-1":"7560"}}"#,
        ])

    static let find = Command(
        verb: .find, roles: lookupRoles,
        arguments: [.positional("KIND", "the registry that is searched: \(catalogKinds)")]
            + EntrySearch.arguments.map { argument in
                .keyed(
                    argument.key, argument.placeholder, argument.meaning,
                    isRepeated: argument.isRepeated)
            } + [
                .prefix(
                    "parent.", "AUTHORITY:CODE",
                    "below this entry in the hierarchy named behind `parent.`")
            ]
            + EntrySearch.attributes.map { name in
                .keyed(
                    name, "VALUE",
                    "has this \(name.replacing("_", with: " ")); a final `*` leaves the rest open",
                    isRepeated: true)
            } + [minimumPosition],
        takesPerson: false,
        summary:
            "Answers the entries that meet all conditions: those that fit the text best first, or "
            + "the nearest first, else by catalog and code.",
        example: [
            "FIND facility text=\"hospital arica\" limit=1",
            "OK 1 next=0:cl-deis:101100",
            #"{"catalog":"cl-deis","code":"101100","name":{"es":"Hospital Dr. Juan Noé"},…}"#,
            "FIND facility near=-18.48,-70.31 within=5 service=cl-fonasa:0101001 open=10:30",
            "OK 1",
            #"{"catalog":"cl-deis","code":"101300","kilometres":0.841,"name":{…},…}"#,
        ])
}
