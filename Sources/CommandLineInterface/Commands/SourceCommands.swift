import Identity
import RegistryModel
import RegistryStore

/// `padron source add|set|list`: the systems that feed records.
enum SourceCommands {
    static let commands = [add, set, list]

    private static let details: [OptionSpecification] = [
        .value("--name", "TEXT", "what people call it"),
        .value("--authority", "CODE", "who gave out its national_id values"),
        .value("--territory", "TEXT", "the region or service it belongs to"),
        .flag("--one-per-person", "it has at most one record of a person"),
        .flag("--many-per-person", "it may have several records of a person"),
        .value(
            "--bad-identifiers", "RULE",
            "what a record with one gets: accept, quarantine or reject"),
        .value("--tests", "yes|no", "whether its patients are invented"),
    ]

    private static let realm = OptionSpecification.value(
        "--realm", "REALM", "whom its records are of, for good: patient (else) or provider")

    private static let operand = OperandSpecification(
        name: "SOURCE", summary: "its code: lower case letters, digits, hyphens")

    private static let add = Command(
        specification: CommandSpecification(
            words: ["source", "add"], summary: "add a source that feeds records",
            operands: [operand], options: [realm] + details + DatabaseAccess.options)
    ) { arguments, context in
        let code = arguments.operands[0]
        guard let realm = Realm(rawValue: arguments.value("--realm") ?? "patient") else {
            throw UsageError("--realm takes patient or provider")
        }
        guard Source.isCode(code) else {
            throw UsageError(
                "'\(code)' is no source code; use lower case letters, digits and hyphens")
        }
        let changes = try SourceChanges(arguments)
        try DatabaseAccess.withSession(arguments, context) { session in
            let authorities = try session.authorityDirectory()
            guard authorities[code] == nil else {
                throw CommandFailure("'\(code)' is an authority; name the source otherwise")
            }
            _ = try session.add(
                try changes.applied(
                    to: Source(code: code, realm: realm), authorities))
        }
        context.console.print("source \(code) added")
    }

    private static let set = Command(
        specification: CommandSpecification(
            words: ["source", "set"], summary: "change what is known of a source",
            discussion: """
                What is not given stays; an empty text takes a value away. Records that were taken
                before stay as they are.
                """,
            operands: [operand], options: details + DatabaseAccess.options)
    ) { arguments, context in
        let code = arguments.operands[0]
        let changes = try SourceChanges(arguments)
        try DatabaseAccess.withSession(arguments, context) { session in
            guard let known = try session.sources().first(where: { $0.source.code == code }) else {
                throw CommandFailure(
                    "unknown source '\(code)'; 'padron source add \(code)' adds it")
            }
            let authorities = try session.authorityDirectory()
            try session.set(try changes.applied(to: known.source, authorities))
        }
        context.console.print("source \(code) changed")
    }

    private static let list = Command(
        specification: CommandSpecification(
            words: ["source", "list"], summary: "list the sources",
            options: [.flag("--json", "one JSON object a line")] + DatabaseAccess.options)
    ) { arguments, context in
        let sources = try DatabaseAccess.withSession(arguments, context) { session in
            try session.sources().map(\.source)
        }
        if arguments.has("--json") { return sources.forEach { context.console.print(json($0)) } }
        var table = TextTable([
            "source", "realm", "name", "authority", "territory", "one per person",
            "bad identifiers",
            "tests",
        ])
        for source in sources.sorted(by: { $0.code < $1.code }) {
            table.add([
                source.code, source.realm.rawValue, source.name, source.defaultAuthority,
                source.territory,
                source.isOnePerPerson ? "yes" : "no", source.rules.badIdentifiers.rawValue,
                source.rules.isOfTests ? "yes" : "no",
            ])
        }
        table.lines.forEach(context.console.print)
    }

    private static func json(_ source: Source) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("source")
        writer.string(source.code)
        writer.key("realm")
        writer.string(source.realm.rawValue)
        writer.key("name")
        writer.string(source.name)
        writer.key("authority")
        writer.string(source.defaultAuthority)
        writer.key("territory")
        writer.string(source.territory)
        writer.key("one_per_person")
        writer.boolean(source.isOnePerPerson)
        writer.key("bad_identifiers")
        writer.string(source.rules.badIdentifiers.rawValue)
        writer.key("tests")
        writer.boolean(source.rules.isOfTests)
        writer.endObject()
        return writer.text
    }
}

/// What the options of a command say of a source.
private struct SourceChanges {
    private var name: String?
    private var authority: String?
    private var territory: String?
    private var isOnePerPerson: Bool?
    private var badIdentifiers: SourceRules.BadIdentifierRule?
    private var isOfTests: Bool?

    /// Reads the options.
    init(_ arguments: ParsedArguments) throws(UsageError) {
        name = arguments.value("--name")
        authority = arguments.value("--authority")
        territory = arguments.value("--territory")
        switch (arguments.has("--one-per-person"), arguments.has("--many-per-person")) {
        case (true, true):
            throw UsageError("--one-per-person and --many-per-person exclude each other")
        case (true, false): isOnePerPerson = true
        case (false, true): isOnePerPerson = false
        case (false, false): break
        }
        if let text = arguments.value("--bad-identifiers") {
            guard let rule = SourceRules.BadIdentifierRule(rawValue: text) else {
                throw UsageError("--bad-identifiers takes accept, quarantine or reject")
            }
            badIdentifiers = rule
        }
        switch arguments.value("--tests") {
        case nil: break
        case "yes": isOfTests = true
        case "no": isOfTests = false
        default: throw UsageError("--tests takes yes or no")
        }
    }

    /// A source with the changes.
    func applied(
        to known: Source, _ authorities: AuthorityDirectory
    ) throws(UsageError) -> Source {
        var source = known
        if let authority {
            guard authority.isEmpty || authorities[authority] != nil else {
                throw UsageError(
                    "unknown authority '\(authority)'; 'padron authority list' has them")
            }
            source.defaultAuthority = authority
        }
        if let name { source.name = name.isEmpty ? known.code : name }
        source.territory = territory ?? known.territory
        source.isOnePerPerson = isOnePerPerson ?? known.isOnePerPerson
        source.rules.badIdentifiers = badIdentifiers ?? known.rules.badIdentifiers
        source.rules.isOfTests = isOfTests ?? known.rules.isOfTests
        return source
    }
}
