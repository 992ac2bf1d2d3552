import RegistryModel

/// What a source does to its own records beside stating them.
extension CommandTable {
    private static func command(
        _ verb: Verb, _ arguments: [CommandArgument], summary: String, example: String,
        outcome: String
    ) -> Command {
        Command(
            verb: verb, roles: [.feeder, .admin],
            arguments: [
                .positional(
                    "patient", "the registry that is written; `provider` for one of providers"),
                .keyed(
                    "source", "CODE",
                    "the source that speaks; a feeder speaks for its own alone", isRequired: true),
                .keyed(
                    "local_id", "ID", "the source's own identifier of the record",
                    isRequired: true),
            ] + arguments + [
                .keyed("reason", "TEXT", "why; it stands in the history", isRequired: true),
                .keyed("preview", "yes", "answer what would be done, and do nothing"),
            ], takesPerson: false, summary: summary,
            example: [
                example, "OK 1",
                #"{"kind":"\#(verb.rawValue.lowercased())","operation":12,"position":"3:81922","#
                    + outcome + "…}",
            ])
    }

    static let retire = command(
        .retire,
        [
            .keyed(
                "into", "ID",
                "the source merged the record into this one of its own: they are one person")
        ],
        summary: "Withdraws a source's record: it keeps link and history, and no longer counts.",
        example: "RETIRE patient source=hospital-arica local_id=A-2 into=A-1 reason=merged",
        outcome: #""withdrawn":["hospital-arica:A-2"],"#)

    static let renumber = command(
        .renumber,
        [.keyed("to", "ID", "the identifier that the record has from then on", isRequired: true)],
        summary: "Changes the local identifier of a source's record; the old one still answers.",
        example: "RENUMBER patient source=hospital-arica local_id=A-1 to=B-7 reason=\"new system\"",
        outcome: "")
}
