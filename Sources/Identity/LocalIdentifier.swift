/// What a source says of an identifier's standing, as FHIR's `Identifier.use` and HL7 v2's CX mean it.
package enum IdentifierStatus: UInt8, CaseIterable, Hashable, Sendable {
    /// In use; what an identifier is of which nothing is said.
    case current = 0
    /// In use until a lasting one takes its place.
    case temporary = 1
    /// The person's, and in use no longer.
    case old = 2
    /// Never the person's: entered in error.
    case mistaken = 3

    /// The word by which people and JSON know it.
    package var name: StaticString {
        switch self {
        case .current: "current"
        case .temporary: "temporary"
        case .old: "old"
        case .mistaken: "mistaken"
        }
    }

    /// The status that a word means.
    package init?(name: String) {
        let known = Self.allCases.first { $0.name.description == name }
        guard let known else { return nil }
        self = known
    }
}

/// An identifier as one assigning authority gave it out.
package struct LocalIdentifier: Hashable, Sendable {
    /// The authority's code, for example `cl-run`; empty where the source did not say.
    package var authority: String
    /// The value as recorded, before any normalisation.
    package var value: String
    /// When it was in use, as stated.
    package var validity: ValidityPeriod
    /// Its standing, as stated.
    package var status: IdentifierStatus

    /// Creates an identifier of an authority.
    package init(
        authority: String, value: String, status: IdentifierStatus = .current,
        validity: ValidityPeriod = .unstated
    ) {
        self.authority = authority
        self.value = value
        self.status = status
        self.validity = validity
    }

    /// Whether nothing but authority and value is stated.
    package var isPlain: Bool { status == .current && validity.isUnstated }

    /// Whether it was the person's and is no longer: it finds the person, and contradicts no other.
    package var isFormer: Bool {
        switch status {
        case .current, .temporary: validity.isOver
        case .old: true
        case .mistaken: false
        }
    }

    /// Whether it says nothing of the person, since it was entered in error.
    package var isMistaken: Bool { status == .mistaken }
}

extension LocalIdentifier: CustomStringConvertible {
    /// The authority alone: a value is personal data and never reaches a log.
    package var description: String { "\(authority):…" }
}
