import Testing

@testable import CommandLineInterface

/// Arguments are taken as help says, and what does not fit is named in one line.
///
/// Method: literal expectations on a small specification.
@Suite struct ArgumentTests {
    static let specification = CommandSpecification(
        words: ["copy"], summary: "copy files",
        operands: [OperandSpecification(name: "FILE", summary: "what to copy", isRepeated: true)],
        options: [
            .value("--output", "FOLDER", "where to", isRequired: true),
            .value("--threads", "N", "how many at once"), .flag("--quick", "skip the check"),
        ])

    private func parse(_ arguments: String...) throws(UsageError) -> ParsedArguments {
        try ParsedArguments(arguments, for: Self.specification)
    }

    @Test func optionsStandAnywhere() throws {
        let parsed = try parse("a", "--output=x y", "b", "--threads", "2", "--quick", "--", "-c")
        #expect(parsed.operands == ["a", "b", "-c"])
        #expect(try parsed.required("--output") == "x y")
        #expect(try parsed.integer("--threads", in: 1...8) == 2)
        #expect(parsed.has("--quick"))
    }

    @Test func aHyphenIsAnOperand() throws {
        #expect(try parse("-", "--output", "x").operands == ["-"])
    }

    @Test(arguments: [
        (["a"], "--output FOLDER is needed"),
        (["--output", "x"], "FILE is needed"),
        (["a", "--output"], "--output needs a value"),
        (["a", "--output", "x", "--output=y"], "--output is given twice"),
        (["a", "--output", "x", "--quick=1"], "--quick takes no value"),
        (["a", "--colour"], "unknown option --colour; see 'padron copy --help'"),
    ])
    func wrongUsageIsNamed(arguments: [String], message: String) {
        #expect(throws: UsageError(message)) {
            try ParsedArguments(arguments, for: Self.specification)
        }
    }

    @Test(arguments: ["0", "9", "two", ""])
    func numbersOutOfRangeAreRefused(text: String) throws {
        let parsed = try parse("a", "--output", "x", "--threads", text)
        #expect(throws: UsageError("--threads takes a whole number from 1 to 8")) {
            try parsed.integer("--threads", in: 1...8)
        }
    }

    @Test func helpShowsEveryOption() {
        let help = HelpText.command(Self.specification)
        #expect(
            help == """
                usage: padron copy FILE... --output FOLDER [--threads N] [--quick]

                copy files

                  FILE  what to copy

                options:
                  --output FOLDER  where to
                  --threads N      how many at once
                  --quick          skip the check
                  --help           print this

                """)
    }

    @Test func helpFitsATerminal() {
        for command in CommandTable.commands {
            for line in HelpText.command(command.specification).split(separator: "\n") {
                #expect(line.count <= 88, "\(line)")
            }
        }
    }
}
