import RegistryModel

/// The steward's work: decisions of records and persons, and taking them back.
extension CommandTable {
    private static let roles: [Role] = [.steward, .admin]

    private static let common: [CommandArgument] = [
        .keyed("reason", "TEXT", "why it is decided; it stands in the history", isRequired: true),
        .keyed(
            "if_version", "EUID:VERSION",
            "refuse with `conflict` unless the person still has the version looked at",
            isRepeated: true),
        .keyed("preview", "yes", "answer what would be done, and do nothing"),
    ]

    private static let rejoin = CommandArgument.keyed(
        "rejoin", "yes", "do not hold the parts apart: matching may join them again")

    private static let subject =
        "a person by EUID, or a record as SOURCE:LOCAL_ID"

    private static func decision(
        _ verb: Verb, _ arguments: [CommandArgument], summary: String, example: String
    ) -> Command {
        Command(
            verb: verb, roles: roles, arguments: arguments + common, takesPerson: false,
            summary: summary,
            example: [
                example, "OK 1",
                #"{"kind":"\#(verb.rawValue.lowercased())","operation":12,"position":"3:81922","#
                    + #""moves":[…],…}"#,
            ])
    }

    static let merge = decision(
        .merge,
        [
            .positional("EUID", "the person whose records move, and who is retired"),
            .keyed("into", "EUID", "the person who has them from then on", isRequired: true),
        ], summary: "Makes two persons one.",
        example: "MERGE 5K2… into=9QX… reason=\"same mother, same birth certificate\"")

    static let unmerge = decision(
        .unmerge, [.positional("OPERATION", "the number of the merge"), rejoin],
        summary: "Takes a merge back, and holds the two apart.",
        example: "UNMERGE 11 reason=\"two sisters\"")

    static let link = decision(
        .link,
        [
            .positional("SOURCE:LOCAL_ID", "the record that moves"),
            .keyed("to", "EUID", "the person who has it from then on", isRequired: true),
        ], summary: "Moves one record to a person.",
        example: "LINK hospital-arica:A-1 to=9QX… reason=\"seen in person\"")

    static let unlink = decision(
        .unlink, [.positional("SOURCE:LOCAL_ID", "the record that leaves its person"), rejoin],
        summary: "Gives a record a person of its own.",
        example: "UNLINK hospital-arica:A-1 reason=\"somebody else's card\"")

    static let split = decision(
        .split,
        [
            .positional("EUID", "the person whom records leave"),
            .keyed(
                "record", "SOURCE:LOCAL_ID", "a record that leaves", isRequired: true,
                isRepeated: true), rejoin,
        ], summary: "Gives some records of a person a person of their own.",
        example: "SPLIT 9QX… record=clinic:7 record=clinic:9 reason=\"two cousins\"")

    static let distinct = decision(
        .distinct, [.positional("A", subject), .positional("B", subject)],
        summary: "Holds two persons apart, whatever matching says.",
        example: "DISTINCT 5K2… 9QX… reason=\"twins\"")

    static let confirm = decision(
        .confirm, [.positional("A", subject), .positional("B", subject)],
        summary: "Holds records of one person together, whatever matching says.",
        example: "CONFIRM clinic:7 clinic:9 reason=\"asked him\"")

    static let accept = decision(
        .accept, [.positional("SOURCE:LOCAL_ID", "the record that stands as it is")],
        summary:
            "Answers what the queue asks about a record alone: that it is still the same person, or "
            + "that its identifier is as it must be.",
        example: "ACCEPT clinic:7 reason=\"seen the document\"")

    static let restrict = decision(
        .restrict, [.positional("SOURCE:LOCAL_ID", "a record of the person to be restricted")],
        summary:
            "Answers the person of a record without demographics from then on; a steward whose "
            + "purpose is `emergency` sees all of it. UNDO ends it.",
        example: "RESTRICT clinic:7 reason=\"court order 17\"")

    static let pin = decision(
        .pin, [.positional("SUBJECT", subject)] + PersonArguments.fields,
        summary:
            "Pins values in the golden record of a person, whatever its records say from then on; an "
            + "empty value says that there is none. UNPIN and UNDO end it.",
        example: "PIN 9QX… family=Soto birth_date=1984-02-29 reason=\"birth certificate\"")

    static let unpin = decision(
        .unpin,
        [
            .positional("SUBJECT", subject),
            .keyed("field", "FIELD", "a field to let go of", isRequired: true, isRepeated: true),
        ], summary: "Lets the records of a person decide its pinned fields again.",
        example: "UNPIN 9QX… field=family reason=\"the clinic has mended it\"")

    static let undo = decision(
        .undo, [.positional("OPERATION", "the number of the operation")],
        summary: "Takes an operation back; what later ones hold stays, and is told.",
        example: "UNDO 12 reason=\"wrong pair\"")
}
