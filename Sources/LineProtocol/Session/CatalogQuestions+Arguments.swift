import RegistryModel

extension EntryQuestion {
    /// The question that a checked `GET` of a catalog asks.
    init(_ request: Request, day: Int32?) throws(RegistryError) {
        let kind = try request.catalogKind(orPerson: true)
        let text = request.arguments[1].value
        guard let reference = EntryReference(text) else {
            throw RegistryError(.badRequest, "an entry is written AUTHORITY:CODE")
        }
        guard reference.code.utf8.count <= ProtocolLimits.identifierBytesMax else {
            throw RegistryError(
                .badRequest, "a code has at most \(ProtocolLimits.identifierBytesMax) bytes")
        }
        self.init(kind, reference, day: day)
    }
}

extension EntrySearch {
    /// The search that a checked `FIND` asks for.
    init(_ request: Request) throws(RegistryError) {
        self.init(try request.catalogKind(orPerson: false))
        do throws(SearchProblem) {
            for argument in request.arguments
            where !["", "near", "within", "min_position"].contains(argument.key) {
                try set(argument.key, argument.value)
            }
            try setNearness(
                near: request.value(of: "near"), within: request.value(of: "within"))
            try check()
        } catch {
            throw RegistryError(.badRequest, error.description)
        }
    }
}

extension Request {
    fileprivate func catalogKind(orPerson: Bool) throws(RegistryError) -> CatalogKind {
        guard let kind = CatalogKind(rawValue: arguments.first?.value ?? ""),
            EntrySearch.kinds.contains(kind)
        else {
            let known =
                (orPerson ? ["patient", "provider", "coverage"] : [])
                + EntrySearch.kinds.map(\.rawValue)
            throw RegistryError(
                .badRequest,
                "\(verb.rawValue) knows the registries \(known.joined(separator: ", "))"
                    + (orPerson ? "" : "; MATCH realm=provider finds providers"))
        }
        return kind
    }
}
