/// What the registry asks of a source's records.
package struct SourceRules: Hashable, Sendable {
    /// What a record gets that has a bad identifier.
    package enum BadIdentifierRule: String, CaseIterable, Hashable, Sendable {
        /// It is taken; the identifier counts for little in matching, and its finding is shown.
        case accept
        /// It is taken, joins nobody by itself and nobody joins it, until a steward has looked.
        case quarantine
        /// It is refused, and an earlier version stays as it is.
        case reject
    }

    package var badIdentifiers: BadIdentifierRule
    /// Whether it feeds invented patients, who must never meet persons.
    package var isOfTests: Bool

    /// Creates rules; without arguments those of a source nobody spoke of.
    package init(badIdentifiers: BadIdentifierRule = .accept, isOfTests: Bool = false) {
        self.badIdentifiers = badIdentifiers
        self.isOfTests = isOfTests
    }

    /// The rules that a JSON object describes; nil for what this program does not write.
    package init?(json: JSONValue) {
        guard case .object = json else { return nil }
        self.init(isOfTests: json["tests"] == .boolean(true))
        guard let text = json["bad_identifiers"]?.string else { return }
        guard let rule = BadIdentifierRule(rawValue: text) else { return nil }
        badIdentifiers = rule
    }

    /// The rules as JSON text.
    package var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("bad_identifiers")
        writer.string(badIdentifiers.rawValue)
        writer.key("tests")
        writer.boolean(isOfTests)
        writer.endObject()
        return writer.text
    }
}
