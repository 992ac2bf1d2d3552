package import RegistryModel

/// One argument of a command, for the parser's checks, `HELP` and the protocol page.
package struct CommandArgument: Hashable, Sendable {
    /// How an argument is written.
    package enum Form: Hashable, Sendable {
        /// A value without a key, in this place; `name` is what usage lines show for it.
        case positional
        /// `name=value`.
        case keyed
        /// `name` and any authority's code behind it, as in `id.cl-run=value`.
        case prefix
    }

    package var name: String
    package var form: Form
    /// What usage lines show as the value, for example `EPOCH:SEQ`.
    package var placeholder: String
    package var meaning: String
    package var isRequired: Bool
    package var isRepeated: Bool

    /// A value without a key.
    package static func positional(
        _ name: String, _ meaning: String, isRequired: Bool = true
    ) -> CommandArgument {
        CommandArgument(
            name: name, form: .positional, placeholder: "", meaning: meaning,
            isRequired: isRequired, isRepeated: false)
    }

    /// A value with a key.
    package static func keyed(
        _ name: String, _ placeholder: String, _ meaning: String, isRequired: Bool = false,
        isRepeated: Bool = false
    ) -> CommandArgument {
        CommandArgument(
            name: name, form: .keyed, placeholder: placeholder, meaning: meaning,
            isRequired: isRequired, isRepeated: isRepeated)
    }

    /// A value with a key that ends in an authority's code.
    package static func prefix(
        _ name: String, _ placeholder: String, _ meaning: String
    ) -> CommandArgument {
        CommandArgument(
            name: name, form: .prefix, placeholder: placeholder, meaning: meaning,
            isRequired: false, isRepeated: true)
    }

    /// Whether an argument with this key is the one described.
    package func accepts(key: String) -> Bool {
        switch form {
        case .positional: false
        case .keyed: key == name
        case .prefix: key.hasPrefix(name) && key.utf8.count > name.utf8.count
        }
    }
}

/// One command: who may give it, what it takes, what it does.
package final class Command: Sendable {
    package let verb: Verb
    /// The roles that may give it, `admin` always among them; empty where it needs no token.
    package let roles: [Role]
    package let arguments: [CommandArgument]
    /// Whether it takes a person's demographics, as arguments and as the trailing object.
    package let takesPerson: Bool
    package let summary: String
    /// A request and what it is answered, for people.
    package let example: [String]

    /// How many values without a key it needs, and how many it takes.
    let positionalCounts: ClosedRange<Int>
    /// The keys that must have a value.
    let requiredKeys: [String]

    init(
        verb: Verb, roles: [Role], arguments: [CommandArgument], takesPerson: Bool,
        summary: String, example: [String]
    ) {
        self.verb = verb
        self.roles = roles
        self.arguments = arguments
        self.takesPerson = takesPerson
        self.summary = summary
        self.example = example
        let positional = arguments.filter { $0.form == .positional }
        let requiredCount = positional.filter(\.isRequired).count
        positionalCounts = requiredCount...positional.count
        requiredKeys = arguments.filter { $0.form == .keyed && $0.isRequired }.map(\.name)
    }

    /// Whether a session gives it before it has said who is asking.
    package var isOpen: Bool { roles.isEmpty }

    /// Whether a client of a role may give it.
    package func isAllowed(to role: Role) -> Bool { isOpen || roles.contains(role) }

    /// The command and its own arguments in one line.
    package var usage: String {
        var words = [verb.rawValue]
        for argument in arguments {
            let word =
                switch argument.form {
                case .positional: argument.name
                case .keyed, .prefix: "\(argument.name)=\(argument.placeholder)"
                }
            let optional = argument.isRequired ? word : "[\(word)]"
            words.append(argument.isRepeated ? optional + "…" : optional)
        }
        if takesPerson { words.append("[FIELD=VALUE]…") }
        return words.joined(separator: " ")
    }
}
