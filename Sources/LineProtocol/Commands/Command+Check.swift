package import RegistryModel

extension Command {
    /// Refuses a request whose arguments are not those of the command.
    ///
    /// - Throws: `bad-request` naming the first key that is unknown, missing or written twice.
    package func check(_ request: Request) throws(RegistryError) {
        try checkPositional(request)
        try checkKeyed(request)
        guard request.object == nil || takesPerson else {
            throw RegistryError(.badRequest, "\(verb.rawValue) takes no object")
        }
    }

    private func checkPositional(_ request: Request) throws(RegistryError) {
        var given = 0
        var keyed = false
        for argument in request.arguments {
            if !argument.key.isEmpty {
                keyed = true
            } else if keyed {
                throw RegistryError(.badRequest, "values without a key come first; try \(usage)")
            } else {
                given += 1
            }
        }
        guard given >= positionalCounts.lowerBound else {
            throw RegistryError(.badRequest, "a value is missing; try \(usage)")
        }
        guard given <= positionalCounts.upperBound else {
            throw RegistryError(.badRequest, "one value without a key too many; try \(usage)")
        }
    }

    private func checkKeyed(_ request: Request) throws(RegistryError) {
        for (index, argument) in request.arguments.enumerated() where !argument.key.isEmpty {
            guard let described = describedArgument(for: argument.key) else {
                throw RegistryError(
                    .badRequest, "unknown argument \(argument.key); HELP \(verb.rawValue) lists all"
                )
            }
            guard !described.isRepeated else { continue }
            for earlier in request.arguments[..<index] where earlier.key == argument.key {
                throw RegistryError(.badRequest, "\(argument.key) stands twice")
            }
        }
        for key in requiredKeys where !request.hasValue(of: key) {
            throw RegistryError(.badRequest, "\(key) is missing; try \(usage)")
        }
    }

    private func describedArgument(for key: String) -> CommandArgument? {
        if let own = arguments.first(where: { $0.accepts(key: key) }) { return own }
        return takesPerson ? PersonArguments.argument(for: key) : nil
    }
}

extension Request {
    /// Whether a key has a value that is not empty, among the arguments or in the object.
    fileprivate func hasValue(of key: String) -> Bool {
        if let value = value(of: key), !value.isEmpty { return true }
        guard case .string(let text)? = object?[key] else { return false }
        return !text.isEmpty
    }
}
