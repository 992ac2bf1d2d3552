/// What a command takes, from which its parser and its help are made.
struct CommandSpecification: Sendable {
    /// The words that name the command, for example `db`, `start`.
    var words: [String]
    /// One line that says what the command does, without a full stop.
    var summary: String
    /// What a user needs to know beyond the options; may be empty.
    var discussion: String = ""
    var operands: [OperandSpecification] = []
    var options: [OptionSpecification] = []

    /// The option with a name such as `--output`.
    func option(_ name: String) -> OptionSpecification? { options.first { $0.name == name } }
}

/// One operand or a list of operands.
struct OperandSpecification: Sendable {
    /// The name in help, in capitals.
    var name: String
    var summary: String
    var isOptional = false
    /// Whether this last operand takes all that are left.
    var isRepeated = false
}

/// One option, with a value or a flag.
struct OptionSpecification: Sendable {
    /// The name with its two hyphens.
    var name: String
    /// The value's name in help; nil makes the option a flag.
    var valueName: String?
    var summary: String
    var isRequired = false
    /// Whether it may be given more than once.
    var isRepeated = false

    /// An option with a value that may be given more than once.
    static func values(
        _ name: String, _ valueName: String, _ summary: String
    ) -> OptionSpecification {
        OptionSpecification(
            name: name, valueName: valueName, summary: summary, isRepeated: true)
    }

    /// An option with a value.
    static func value(
        _ name: String, _ valueName: String, _ summary: String, isRequired: Bool = false
    ) -> OptionSpecification {
        OptionSpecification(
            name: name, valueName: valueName, summary: summary, isRequired: isRequired)
    }

    /// An option that is there or not.
    static func flag(_ name: String, _ summary: String) -> OptionSpecification {
        OptionSpecification(name: name, valueName: nil, summary: summary)
    }
}
