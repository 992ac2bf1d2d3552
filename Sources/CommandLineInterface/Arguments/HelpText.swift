/// Help, made from the specifications that also drive the parser.
enum HelpText {
    /// The help of one command.
    static func command(_ specification: CommandSpecification) -> String {
        var lines = ["usage: " + usage(specification), "", specification.summary]
        if !specification.discussion.isEmpty { lines += ["", specification.discussion] }
        let operands = specification.operands.map { ($0.name, $0.summary) }
        let options = specification.options.map { option in
            (option.valueName.map { "\(option.name) \($0)" } ?? option.name, option.summary)
        }
        if !operands.isEmpty { lines += [""] + columns(operands) }
        lines += ["", "options:"] + columns(options + [("--help", "print this")])
        return lines.joined(separator: "\n") + "\n"
    }

    /// The overview of all commands.
    static func overview(_ specifications: [CommandSpecification]) -> String {
        let rows = specifications.map { ($0.words.joined(separator: " "), $0.summary) }
        let lines =
            [
                "usage: padron COMMAND [ARGUMENT ...]", "",
                "Padron is a master patient index and national registries service.", "",
                "commands:",
            ] + columns(rows)
            + [
                "", "'padron COMMAND --help' tells more of one.",
                "Without --database or PADRON_DATABASE_URL, commands use a private PostgreSQL in",
                "$PADRON_HOME, which they start and stop themselves.",
            ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line that shows how a command is written.
    static func usage(_ specification: CommandSpecification) -> String {
        var parts = ["padron"] + specification.words
        for operand in specification.operands {
            let name = operand.isRepeated ? "\(operand.name)..." : operand.name
            parts.append(operand.isOptional ? "[\(name)]" : name)
        }
        for option in specification.options {
            let text = option.valueName.map { "\(option.name) \($0)" } ?? option.name
            parts.append(option.isRequired ? text : "[\(text)]")
        }
        return parts.joined(separator: " ")
    }

    private static func columns(_ rows: [(String, String)]) -> [String] {
        let width = min(rows.map(\.0.count).max() ?? 0, 28)
        return rows.map { name, summary in
            let padding = String(repeating: " ", count: max(0, width - name.count))
            return "  \(name)\(padding)  \(summary)"
        }
    }
}
