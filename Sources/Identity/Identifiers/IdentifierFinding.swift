/// What normalising an identifier's value found; a source's rules say what follows from it.
///
/// No finding is an error: official samples fail their own check digits, and real documents do.
package enum IdentifierFinding: UInt8, CaseIterable, Hashable, Sendable {
    /// The format is right, and the check digit where the authority has one.
    case valid
    /// The format is right and the check digit wrong: most often one mistyped character.
    case badCheck
    /// The value does not have the authority's format.
    case badFormat
    /// The value stands for "unknown", like ten equal digits.
    case placeholder
    case empty
}

/// An identifier's canonical form and what was found on the way to it.
package struct IdentifierAssessment: Hashable, Sendable {
    /// The form in which values are compared and shown; empty for an empty value.
    package var canonical: String
    package var finding: IdentifierFinding

    /// Creates an assessment.
    package init(canonical: String, finding: IdentifierFinding) {
        self.canonical = canonical
        self.finding = finding
    }
}

extension IdentifierAssessment: CustomStringConvertible {
    /// The finding alone: the value is personal data.
    package var description: String { "\(finding)" }
}
