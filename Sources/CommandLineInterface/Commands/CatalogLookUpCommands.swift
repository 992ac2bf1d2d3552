import Identity
import PostgresClient
import Registry
import RegistryModel

/// `padron get find`: what the registries of facilities, services, drugs and the like say.
///
/// They read the database alone, and of it the catalogs that are asked.
enum CatalogLookUpCommands {
    static let commands = [get, find]

    private static let kinds = EntrySearch.kinds.map(\.rawValue).joined(separator: ", ")

    private static let kindOperand = OperandSpecification(name: "KIND", summary: kinds)

    private static let dayOption = OptionSpecification.value(
        "--at", "DATE", "as valid on this day (default today, in UTC)")

    private static let get = Command(
        specification: CommandSpecification(
            words: ["get"], summary: "show what a registry says of a code or an identifier",
            discussion: """
                A code is written with the authority of its catalog, a further identifier with the
                authority that gave it; an identifier may be that of several entries.
                """,
            operands: [
                kindOperand,
                OperandSpecification(name: "AUTHORITY:CODE", summary: "the code or identifier"),
            ],
            options: [dayOption, .flag("--json", "one JSON object a line")]
                + DatabaseAccess.options)
    ) { arguments, context in
        let kind = try kind(arguments)
        guard let reference = EntryReference(arguments.operands[1]) else {
            throw UsageError("an entry is written AUTHORITY:CODE, for example cl-deis:101100")
        }
        let day = try arguments.value("--at").map(day) ?? CalendarDate.todayNumber
        let entries = try DatabaseAccess.with(arguments, context) { address in
            try RegistryNode.migrate(databaseURL: address.connectionString)
            return try CatalogReading.entries(
                kind, reference, on: day, databaseURL: address.connectionString)
        }
        if arguments.has("--json") { return print(entries, context) }
        for (index, entry) in entries.enumerated() {
            if index > 0 { context.console.print("") }
            CatalogText.lines(of: entry).forEach(context.console.print)
        }
    }

    private static let find = Command(
        specification: CommandSpecification(
            words: ["find"], summary: "search a registry by words, code, attribute or nearness",
            discussion: """
                All words must stand in names, aliases or the like; they may be begun or misspelt.
                --where takes what FIND of the line protocol does: level=III-1, status=active,
                atc=C09, place=AUTHORITY:CODE with all places below it, service=AUTHORITY:CODE,
                parent.network=AUTHORITY:CODE, substitutes=AUTHORITY:CODE, open=HH:MM.
                """,
            operands: [
                kindOperand,
                OperandSpecification(
                    name: "TEXT", summary: "words to look for", isOptional: true, isRepeated: true),
            ],
            options: [
                .value("--near", "LAT,LON", "a point, nearest first; with --within"),
                .value("--within", "KM", "the largest distance from --near"),
                .value("--code", "PREFIX", "what the code begins with"),
                .values("--where", "FIELD=VALUE", "what else must hold; may be repeated"),
                dayOption,
                .value("--limit", "N", "the most entries (default \(EntrySearch.limitDefault))"),
                .value("--after", "PLACE", "the entries behind this place of an answer before"),
                .flag("--json", "one JSON object a line"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let search = try search(arguments)
        let page = try DatabaseAccess.with(arguments, context) { address in
            try RegistryNode.migrate(databaseURL: address.connectionString)
            return try CatalogReading.find(
                search, today: CalendarDate.todayNumber, databaseURL: address.connectionString)
        }
        if arguments.has("--json") {
            print(page.entries, context)
        } else {
            CatalogText.table(of: page.entries, search.kind).forEach(context.console.print)
        }
        if let next = page.next { context.console.note("more follow: --after '\(next)'") }
    }

    private static func search(_ arguments: ParsedArguments) throws -> EntrySearch {
        var search = EntrySearch(try kind(arguments))
        do {
            let text = arguments.operands.dropFirst().joined(separator: " ")
            if !text.isEmpty { try search.set("text", text) }
            for (option, key) in [
                ("--code", "code"), ("--at", "at"), ("--limit", "limit"), ("--after", "after"),
            ] {
                if let value = arguments.value(option) { try search.set(key, value) }
            }
            for condition in arguments.values(of: "--where") {
                guard let equals = condition.firstIndex(of: "=") else {
                    throw UsageError("--where takes FIELD=VALUE, for example level=III-1")
                }
                try search.set(
                    String(condition[..<equals]),
                    String(condition[condition.index(after: equals)...]))
            }
            try search.setNearness(
                near: arguments.value("--near"), within: arguments.value("--within"))
            try search.check()
        } catch let problem as SearchProblem {
            throw UsageError(problem.description)
        }
        return search
    }

    private static func kind(_ arguments: ParsedArguments) throws(UsageError) -> CatalogKind {
        guard let kind = CatalogKind(word: arguments.operands[0]), EntrySearch.kinds.contains(kind)
        else {
            throw UsageError(
                "the registries are \(kinds); of persons ask 'padron get providers' and"
                    + " 'padron get coverage'")
        }
        return kind
    }

    private static func day(_ text: String) throws(UsageError) -> Int32 {
        guard let day = EntryPeriod.day(text) else {
            throw UsageError("--at takes a day, YYYY-MM-DD")
        }
        return day
    }

    private static func print(_ entries: [FoundEntry], _ context: CommandContext) {
        for entry in entries {
            var writer = JSONWriter()
            entry.write(to: &writer)
            context.console.print(writer.text)
        }
    }
}
