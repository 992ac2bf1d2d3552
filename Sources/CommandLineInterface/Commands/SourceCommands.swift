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
    ]

    private static let operand = OperandSpecification(
        name: "SOURCE", summary: "its code: lower case letters, digits, hyphens")

    private static let add = Command(
        specification: CommandSpecification(
            words: ["source", "add"], summary: "add a source that feeds records",
            operands: [operand], options: details + DatabaseAccess.options)
    ) { arguments, context in
        let source = try describedSource(arguments)
        try DatabaseAccess.withSession(arguments, context) { session in
            _ = try session.add(source)
        }
        context.console.print("source \(source.code) added")
    }

    private static let set = Command(
        specification: CommandSpecification(
            words: ["source", "set"], summary: "change what is known of a source",
            discussion: "What is not given is set to nothing.", operands: [operand],
            options: details + DatabaseAccess.options)
    ) { arguments, context in
        let source = try describedSource(arguments)
        try DatabaseAccess.withSession(arguments, context) { session in try session.set(source) }
        context.console.print("source \(source.code) changed")
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
        var table = TextTable(["source", "name", "authority", "territory", "one per person"])
        for source in sources.sorted(by: { $0.code < $1.code }) {
            table.add([
                source.code, source.name, source.defaultAuthority, source.territory,
                source.isOnePerPerson ? "yes" : "no",
            ])
        }
        table.lines.forEach(context.console.print)
    }

    private static func describedSource(_ arguments: ParsedArguments) throws -> Source {
        let code = arguments.operands[0]
        guard Source.isCode(code) else {
            throw UsageError(
                "'\(code)' is no source code; use lower case letters, digits and hyphens")
        }
        let authority = arguments.value("--authority") ?? ""
        guard authority.isEmpty || AssigningAuthority.shipped(code: authority) != nil else {
            throw UsageError("unknown authority '\(authority)'; 'padron authority list' has them")
        }
        return Source(
            code: code, name: arguments.value("--name") ?? "", defaultAuthority: authority,
            territory: arguments.value("--territory") ?? "",
            isOnePerPerson: arguments.has("--one-per-person"))
    }

    private static func json(_ source: Source) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("source")
        writer.string(source.code)
        writer.key("name")
        writer.string(source.name)
        writer.key("authority")
        writer.string(source.defaultAuthority)
        writer.key("territory")
        writer.string(source.territory)
        writer.key("one_per_person")
        writer.boolean(source.isOnePerPerson)
        writer.endObject()
        return writer.text
    }
}
