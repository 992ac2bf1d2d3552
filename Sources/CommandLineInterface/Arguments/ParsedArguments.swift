/// Arguments that do not fit the command; ends the program with status 2.
struct UsageError: Error, Hashable, CustomStringConvertible {
    var description: String

    /// Creates an error with one line for the user.
    init(_ description: String) { self.description = description }
}

/// The arguments of one command, checked against its specification.
struct ParsedArguments: Sendable {
    private(set) var operands: [String] = []
    private var values: [String: String] = [:]
    /// The values of options that may be repeated, in their order.
    private var repeated: [String: [String]] = [:]

    /// Whether help was asked for, in which case nothing else was checked.
    private(set) var wantsHelp = false

    /// Parses `arguments` by a specification.
    ///
    /// Options may stand anywhere, as `--name value` or `--name=value`; `--` ends them.
    init(_ arguments: [String], for specification: CommandSpecification) throws(UsageError) {
        var rest = arguments[...]
        var takesOptions = true
        while let argument = rest.popFirst() {
            if takesOptions, argument == "--" {
                takesOptions = false
            } else if takesOptions, argument == "--help" || argument == "-h" {
                wantsHelp = true
                return
            } else if takesOptions, argument.hasPrefix("-"), argument != "-" {
                try takeOption(argument, from: &rest, specification)
            } else {
                operands.append(argument)
            }
        }
        try check(against: specification)
    }

    /// The value of an option, nil where it was not given.
    func value(_ name: String) -> String? { values[name] }

    /// The values of an option that may be repeated, in their order.
    func values(of name: String) -> [String] { repeated[name] ?? [] }

    /// The value of a required option.
    func required(_ name: String) throws(UsageError) -> String {
        guard let value = values[name] else { throw UsageError("\(name) is needed") }
        return value
    }

    /// Whether a flag was given.
    func has(_ name: String) -> Bool { values[name] != nil }

    /// The value of an option as a whole number within a range.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw UsageError(
                "\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private mutating func takeOption(
        _ argument: String, from rest: inout ArraySlice<String>,
        _ specification: CommandSpecification
    ) throws(UsageError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = specification.option(name) else {
            let command = specification.words.joined(separator: " ")
            throw UsageError("unknown option \(name); see 'padron \(command) --help'")
        }
        guard values[name] == nil || option.isRepeated else {
            throw UsageError("\(name) is given twice")
        }
        if option.valueName == nil {
            guard parts.count == 1 else { throw UsageError("\(name) takes no value") }
            values[name] = ""
        } else if parts.count == 2 {
            values[name] = String(parts[1])
        } else if let value = rest.popFirst() {
            values[name] = value
        } else {
            throw UsageError("\(name) needs a value")
        }
        if option.isRepeated, let value = values[name] { repeated[name, default: []].append(value) }
    }

    private func check(against specification: CommandSpecification) throws(UsageError) {
        for option in specification.options where option.isRequired && values[option.name] == nil {
            throw UsageError("\(option.name) \(option.valueName ?? "") is needed")
        }
        let needed = specification.operands.filter { !$0.isOptional }
        guard operands.count >= needed.count else {
            throw UsageError("\(needed[operands.count].name) is needed")
        }
        let isOpenEnded = specification.operands.last?.isRepeated ?? false
        guard isOpenEnded || operands.count <= specification.operands.count else {
            throw UsageError("unexpected argument '\(operands[specification.operands.count])'")
        }
    }
}
