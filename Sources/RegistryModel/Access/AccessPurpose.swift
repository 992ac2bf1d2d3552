/// Why somebody looks at patients, as the journal tells it.
package enum AccessPurpose {
    /// The purpose for which whoever may decide sees restricted persons, and the auditor is told.
    package static let emergency = "emergency"
    /// The longest purpose in bytes.
    package static let bytesMax = 64

    /// Whether a text can be a purpose: lower-case letters, digits and hyphens.
    package static func isCode(_ text: String) -> Bool {
        Source.isCode(text) && text.utf8.count <= bytesMax
    }
}

/// How the journal tells that a restricted person was asked for.
package enum RestrictedOutcome: String, Hashable, Sendable {
    /// What is known of it was shown.
    case opened = "opened-restricted"
    /// That there is such a person was told, and nothing said of it.
    case masked
}
