import RegistryModel

/// The one table of commands, from which the parser's checks, `HELP` and the protocol page come.
package enum CommandTable {
    /// The command of a verb.
    package static func command(for verb: Verb) -> Command {
        switch verb {
        case .hello: hello
        case .ping: ping
        case .help: help
        case .auth: auth
        case .get: get
        case .find: find
        case .xref: xref
        case .match: match
        case .put: put
        case .retire: retire
        case .renumber: renumber
        case .merge: merge
        case .unmerge: unmerge
        case .link: link
        case .unlink: unlink
        case .split: split
        case .distinct: distinct
        case .confirm: confirm
        case .accept: accept
        case .restrict: restrict
        case .pin: pin
        case .unpin: unpin
        case .undo: undo
        case .queue: queue
        case .assign: assign
        case .show: show
        case .compare: compare
        case .history: history
        case .watch: watch
        case .stats: stats
        case .quit: quit
        }
    }

    /// All commands, in the order of `HELP`.
    package static var commands: [Command] { Verb.allCases.map(command(for:)) }

    static let lookupRoles: [Role] = [.reader, .feeder, .steward, .admin]

    static let minimumPosition = CommandArgument.keyed(
        "min_position", "EPOCH:SEQ",
        "answer only from a state at least as new, for example the `position` of a `PUT`; else "
            + "`unavailable`")

    private static let hello = Command(
        verb: .hello, roles: [],
        arguments: [
            .positional("1", "the version of the protocol that the client speaks"),
            .keyed(
                "forwarding", "yes",
                "a node says so that passes its clients' writes on: none is passed on again"),
        ],
        takesPerson: false, summary: "Agrees on the version and says what this node is.",
        example: [
            "HELLO 1",
            "OK 0 version=1 role=writer position=3:81920 line_bytes_max=65536 outstanding_max=128",
        ])

    private static let ping = Command(
        verb: .ping, roles: [], arguments: [], takesPerson: false,
        summary: "Answers that the node lives.", example: ["PING", "OK 0"])

    private static let help = Command(
        verb: .help, roles: [],
        arguments: [.positional("VERB", "the command to explain", isRequired: false)],
        takesPerson: false, summary: "Lists the commands, or explains one.",
        example: [
            "HELP PING",
            #"OK 1"#,
            #"{"verb":"PING","usage":"PING","summary":"Answers that the node lives.","roles":[],"#
                + #""arguments":[],"example":["PING","OK 0"]}"#,
        ])

    private static let auth = Command(
        verb: .auth, roles: [],
        arguments: [
            .keyed("token", "TOKEN", "the access token of the client", isRequired: true),
            .keyed(
                "purpose", "CODE",
                "why the client asks, for the audit trail: lower-case letters, digits, hyphens"),
        ], takesPerson: false,
        summary: "Says who is asking, and why; it may be given again to change either.",
        example: ["AUTH token=… purpose=treatment", "OK 0 client=ehr-north role=reader"])

    private static let xref = Command(
        verb: .xref, roles: lookupRoles,
        arguments: [
            .positional(
                "AUTHORITY:VALUE", "an identifier, the authority ending at the first colon"),
            .keyed(
                "to", "AUTHORITY", "answer the identifiers of this authority alone",
                isRepeated: true),
            minimumPosition,
        ], takesPerson: false,
        summary: "Answers the same person's identifiers in other domains.",
        example: [
            "XREF cl-run:11111111-1 to=hospital-arica", "OK 1",
            #"{"authority":"hospital-arica","value":"A-1"}"#,
        ])

    private static let match = Command(
        verb: .match, roles: lookupRoles,
        arguments: [
            .keyed(
                "limit", "N",
                "the most candidates, 1 to \(ProtocolLimits.matchLimitMax), else "
                    + "\(ProtocolLimits.matchLimitDefault)"),
            .keyed("grade", "GRADE", "the lowest grade: `certain`, `probable` or `possible`"),
            .keyed("realm", "REALM", "among whom: `patient`, else `provider`"),
            minimumPosition,
        ], takesPerson: true,
        summary: "Answers the persons who may be the one described, the likeliest first.",
        example: [
            "MATCH given=Ana family=Soto birth_date=1980-02-29 limit=1", "OK 1",
            #"{"euid":"…","weight":21.50,"probability":0.999900,"grade":"certain","patient":{…}}"#,
        ])

    private static let put = Command(
        verb: .put, roles: [.feeder, .admin],
        arguments: [
            .positional(
                "patient", "the registry that is written; `provider` for a source of providers"),
            .keyed(
                "source", "CODE", "the source that speaks; a feeder speaks for its own alone",
                isRequired: true),
            .keyed("local_id", "ID", "the source's own identifier of the record", isRequired: true),
            .keyed(
                "recorded_at", "TIME",
                "when the source recorded it, `YYYY-MM-DDTHH:MM:SS[.ffffff]Z` or with an offset; "
                    + "it orders versions, else arrival does"),
        ], takesPerson: true,
        summary: "States a source's full current record; what is absent is no longer asserted.",
        example: [
            "PUT patient source=hospital-arica local_id=A-1 given=Ana family=Soto "
                + "id.cl-run=11111111-1",
            "OK 1",
            #"{"euid":"…","outcome":"linked","weight":24.10,"position":"3:81921"}"#,
            #"PUT patient source=clinic local_id=7 {"given":"Ana","family":"Soto","names":[{"#
                + #""use":"social","given":"Alex"},{"use":"former","family":"Rojas","#
                + #""to":"2019-05"}],"identifiers":[{"authority":"cl-run","#
                + #""value":"11111111-1","status":"old","to":"2020"}]}"#,
            "OK 1",
            #"{"euid":"…","outcome":"created","position":"3:81922"}"#,
        ])

    private static let stats = Command(
        verb: .stats, roles: Role.allCases, arguments: [], takesPerson: false,
        summary: "Answers what the node holds and how it fares.",
        example: [
            "STATS", "OK 1",
            #"{"role":"writer","position":"3:81921","records":120000,"persons":100000,…}"#,
        ])

    private static let quit = Command(
        verb: .quit, roles: [], arguments: [], takesPerson: false,
        summary: "Ends the session once its replies are sent.", example: ["QUIT", "OK 0"])
}
