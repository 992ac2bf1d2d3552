import Identity
import RegistryModel

/// `padron authority list`: who numbers persons.
enum AuthorityCommands {
    static let commands = [list]

    private static let list = Command(
        specification: CommandSpecification(
            words: ["authority", "list"], summary: "list the authorities that number persons",
            discussion: """
                These are inside the program. A passport's authority is passport- and the country's
                three letters in lower case; a source is the authority of its own local ids.
                """,
            options: [.flag("--json", "one JSON object a line")])
    ) { arguments, context in
        let authorities = AssigningAuthority.shipped.sorted { $0.code < $1.code }
        if arguments.has("--json") {
            return authorities.forEach { context.console.print(json($0)) }
        }
        var table = TextTable(["authority", "kind", "name", "OID"])
        for authority in authorities {
            table.add([
                authority.code, authority.kind.rawValue, authority.names["en"] ?? "",
                authority.oid,
            ])
        }
        table.lines.forEach(context.console.print)
    }

    private static func json(_ authority: AssigningAuthority) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("authority")
        writer.string(authority.code)
        writer.key("kind")
        writer.string(authority.kind.rawValue)
        writer.key("names")
        writer.beginObject()
        for (language, name) in authority.names.sorted(by: { $0.key < $1.key }) {
            writer.key(dynamic: language)
            writer.string(name)
        }
        writer.endObject()
        if !authority.oid.isEmpty {
            writer.key("oid")
            writer.string(authority.oid)
        }
        writer.endObject()
        return writer.text
    }
}
