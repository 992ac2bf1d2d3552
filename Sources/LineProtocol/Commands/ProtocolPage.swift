import RegistryModel

/// The part of the protocol page that is made from the command table.
///
/// It stands in `LineProtocol.docc/Protocol.md` between two markers; a test fails when page and
/// table drift, and writes the page anew when it is asked to record.
package enum ProtocolPage {
    package static let beginMarker = "<!-- commands: begin -->"
    package static let endMarker = "<!-- commands: end -->"

    /// The generated text, in Markdown.
    package static var commands: String {
        var lines: [String] = []
        for command in CommandTable.commands { lines += section(of: command) }
        lines += ["### Arguments that describe a person", ""]
        lines += table(of: PersonArguments.all)
        lines += [
            "### Error codes", "",
            RegistryErrorCode.allCases.map { "`\($0.rawValue)`" }.joined(separator: " "), "",
        ]
        return lines.joined(separator: "\n")
    }

    /// A page with the text between its markers replaced; nil where a marker is missing.
    package static func update(_ page: String) -> String? {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let begin = lines.firstIndex(of: beginMarker),
            let end = lines.firstIndex(of: endMarker), begin < end
        else { return nil }
        return (lines[...begin] + ["", commands] + lines[end...]).joined(separator: "\n")
    }

    private static func section(of command: Command) -> [String] {
        var lines = ["### \(command.verb.rawValue)", "", command.summary, ""]
        let roles = Role.allCases.filter(command.roles.contains).map { "`\($0.rawValue)`" }
        lines += [
            "`\(command.usage)`", "",
            command.isOpen
                ? "For everybody, without a token." : "Roles: \(roles.joined(separator: " ")).",
            "",
        ]
        if !command.arguments.isEmpty { lines += table(of: command.arguments) }
        lines += ["```"] + command.example + ["```", ""]
        return lines
    }

    private static func table(of arguments: [CommandArgument]) -> [String] {
        let rows = arguments.map { argument in
            var notes: [String] = []
            if argument.isRequired { notes.append("required") }
            if argument.isRepeated { notes.append("may be repeated") }
            let meaning = ([argument.meaning] + notes).joined(separator: "; ")
            let equals = argument.form == .positional ? "" : "=\(argument.placeholder)"
            return "| `\(argument.name)\(equals)` | \(meaning) |"
        }
        return ["| argument | meaning |", "|---|---|"] + rows + [""]
    }
}
