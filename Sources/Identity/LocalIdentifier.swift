/// An identifier as one assigning authority gave it out.
package struct LocalIdentifier: Hashable, Sendable {
    /// The authority's code, for example `cl-run`; empty where the source did not say.
    package var authority: String
    /// The value as recorded, before any normalisation.
    package var value: String

    /// Creates an identifier of an authority.
    package init(authority: String, value: String) {
        self.authority = authority
        self.value = value
    }
}

extension LocalIdentifier: CustomStringConvertible {
    /// The authority alone: a value is personal data and never reaches a log.
    package var description: String { "\(authority):…" }
}
