/// Help, made from the specifications that also drive the parser.
enum HelpText {
    /// The most characters of a line, where words can be parted.
    private static let lineMax = 88

    /// The help of one command.
    static func command(_ specification: CommandSpecification) -> String {
        var lines = [usage(specification), "", specification.summary]
        if !specification.discussion.isEmpty { lines += ["", filled(specification.discussion)] }
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

    /// How a command is written, in lines that fit a terminal.
    static func usage(_ specification: CommandSpecification) -> String {
        let command = (["padron"] + specification.words).joined(separator: " ")
        var parts: [String] = []
        for operand in specification.operands {
            let name = operand.isRepeated ? "\(operand.name)..." : operand.name
            parts.append(operand.isOptional ? "[\(name)]" : name)
        }
        for option in specification.options {
            let text = option.valueName.map { "\(option.name) \($0)" } ?? option.name
            parts.append(option.isRequired ? text : "[\(text)]")
        }
        let start = "usage: " + command
        // What follows the command stands below itself.
        let lines = wrapped(parts, widthMax: lineMax - start.count - 1)
        let indent = "\n" + String(repeating: " ", count: start.count + 1)
        return ([start] + (lines.isEmpty ? [] : [lines.joined(separator: indent)]))
            .joined(separator: " ")
    }

    /// A text whose lines fit a terminal; lines that do are left as they are.
    private static func filled(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            line.count <= lineMax
                ? [String(line)]
                : wrapped(line.split(separator: " ").map(String.init), widthMax: lineMax)
        }.joined(separator: "\n")
    }

    /// Words in lines of at most so many characters, a longer word in a line of its own.
    private static func wrapped(_ words: [String], widthMax: Int) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + 1 + word.count <= widthMax {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    private static func columns(_ rows: [(String, String)]) -> [String] {
        let width = min(rows.map(\.0.count).max() ?? 0, 28)
        return rows.map { name, summary in
            let padding = String(repeating: " ", count: max(0, width - name.count))
            let lines = wrapped(
                summary.split(separator: " ").map(String.init), widthMax: lineMax - width - 4)
            let indent = "\n" + String(repeating: " ", count: width + 4)
            return "  \(name)\(padding)  \(lines.joined(separator: indent))"
        }
    }
}
