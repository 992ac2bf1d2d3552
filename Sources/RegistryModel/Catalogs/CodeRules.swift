package import Identity

/// How authorities write the codes of entries, and the identifiers and references within them.
///
/// A code is never taken for a placeholder: 111111 may be an establishment.
package struct CodeRules: Sendable {
    private let authorities: AuthorityDirectory?

    /// Rules of the authorities of a directory; of nobody where there is none.
    package init(_ authorities: AuthorityDirectory?) { self.authorities = authorities }

    /// The longest code in bytes.
    package static let codeBytesMax = 200

    /// A code as its authority writes it: as it stands, but for blanks at its ends, where the
    /// authority is not known.
    ///
    /// Nil for a code that its authority would not give out, that is empty or that is too long.
    package func canonical(_ code: String, of authority: String) -> String? {
        let canonical: String
        if var rule = authorities?[authority] {
            rule.placeholders = .init(repeatedDigits: false, runs: false)
            let assessed = rule.assess(code)
            guard assessed.finding == .valid else { return nil }
            canonical = assessed.canonical
        } else {
            canonical = code.trimmingBlanks
        }
        guard !canonical.isEmpty, canonical.utf8.count <= CodeRules.codeBytesMax,
            !canonical.utf8.contains(0)
        else { return nil }
        return canonical
    }

    /// A value of an entry, where it is a code or names one.
    func canonical(
        _ value: JSONValue?, _ form: EntryField.Form, of authority: String?
    ) throws(EntryProblem) -> JSONValue? {
        guard authorities != nil, case .string(let text)? = value else { return value }
        if case .reference = form, let reference = EntryReference(text) {
            guard let code = canonical(reference.code, of: reference.authority) else {
                throw .badIdentifier(authority: reference.authority)
            }
            return code == reference.code ? value : .string("\(reference.authority):\(code)")
        }
        guard let authority else { return value }
        guard let code = canonical(text, of: authority) else {
            throw .badIdentifier(authority: authority)
        }
        return code == text ? value : .string(code)
    }
}
