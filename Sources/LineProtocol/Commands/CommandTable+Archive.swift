import RegistryModel

/// What the registry remembers: a person's past, and the change feed.
extension CommandTable {
    private static let subject =
        "a person by EUID, or the one of a record by SOURCE:LOCAL_ID"

    static let show = Command(
        verb: .show, roles: [.steward, .auditor, .admin],
        arguments: [
            .positional("SUBJECT", subject),
            .keyed(
                "as_of", "TIME",
                "the person as known then: a day, which means its end in UTC, a time, EPOCH:SEQ, "
                    + "or `now`"),
            minimumPosition,
        ], takesPerson: false,
        summary:
            "Answers a person with its records, each with its version and how it is linked; "
            + "without values for an auditor.",
        example: [
            "SHOW clinic:7 as_of=2026-05-31", "OK 1",
            #"{"euid":"…","status":"active","version":812,"survivors":[],"golden":{…},"records":["#
                + #"{"record":"clinic:7","version":2,"recorded_at":"…","link":"founder","#
                + #""patient":{…}},…]}"#,
        ])

    static let compare = Command(
        verb: .compare, roles: [.steward, .admin],
        arguments: [
            .positional("A", "a person by EUID, or a record as SOURCE:LOCAL_ID"),
            .positional("B", "the other one"),
            minimumPosition,
        ], takesPerson: false,
        summary:
            "Answers two persons or records side by side, and how the weight of the pair of their "
            + "records that is most alike comes about.",
        example: [
            "COMPARE clinic:7 hospital:A-1", "OK 1",
            #"{"left":{"subject":"clinic:7","patient":{…}},"right":{…},"one_person":false,"#
                + #""records":["clinic:7","hospital:A-1"],"weight":9.25,"probability":0.998000,"#
                + #""grade":"probable","contradiction":false,"steps":[{"step":"prior",…},…]}"#,
        ])

    static let history = Command(
        verb: .history, roles: [.steward, .auditor, .admin],
        arguments: [
            .positional("SUBJECT", subject),
            .keyed("as_of", "TIME", "answer as SHOW does, in place of the changes"),
            .keyed(
                "limit", "N",
                "the most changes, 1 to \(ProtocolLimits.pageLimitMax), else "
                    + "\(ProtocolLimits.pageLimitDefault); those of one event stay together"),
            .keyed(
                "after", "EPOCH:SEQ", "the changes behind this event: `next` of the answer before"),
            minimumPosition,
        ], takesPerson: false,
        summary:
            "Answers every change of a person in order: versions and what differs, moves, "
            + "decisions, tasks; without values for an auditor.",
        example: [
            "HISTORY euid:9QX… limit=1", "OK 1 next=3:812",
            #"{"position":"3:812","at":"…","actor":"ines","change":"moved","record":"clinic:7","#
                + #""from":"…","to":"…","operation":{"operation":12,"kind":"merge","reason":"…"}}"#,
        ])

    static let watch = Command(
        verb: .watch, roles: [.reader, .feeder, .steward, .auditor, .admin],
        arguments: [
            .keyed(
                "since", "EPOCH:SEQ",
                "the last event that the client has: `next` of the answer before, or `0:0`",
                isRequired: true),
            .keyed(
                "limit", "N",
                "the most events, 1 to \(ProtocolLimits.pageLimitMax), else "
                    + "\(ProtocolLimits.pageLimitDefault)"),
            .keyed(
                "wait", "SECONDS",
                "wait so long for an event, at most \(ProtocolLimits.watchSecondsMax), else answer "
                    + "at once"),
        ], takesPerson: false,
        summary:
            "Answers the events behind a position, each with the EUIDs that it concerns. A load's "
            + "event is a chunk of many records, and names all their EUIDs. Requests behind a "
            + "waiting one wait too.",
        example: [
            "WATCH since=3:811 wait=30", "OK 1 next=3:812",
            #"{"position":"3:812","kind":"decision","at":"…","version":812,"operation":12,"#
                + #""euids":["…","…"]}"#,
        ])
}
