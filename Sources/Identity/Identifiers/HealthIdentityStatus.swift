/// The status of a French national health identity (INS).
///
/// Two things make it: whether the identity was retrieved from the national service (INSi), and
/// whether a document of identity was checked. Each combination is one status, so that they exclude
/// each other (RNIV; Guide d'implémentation INS v3.0, EXI SI 07).
package enum HealthIdentityStatus: CaseIterable, Hashable, Sendable {
    /// Neither retrieved nor checked.
    case provisional
    /// Retrieved, not checked.
    case retrieved
    /// Checked, not retrieved.
    case validated
    /// Retrieved and checked.
    case qualified

    /// What marks an identity besides its status.
    package enum Attribute: CaseIterable, Hashable, Sendable {
        /// The patient may be another than he says (identité douteuse).
        case doubtful
        /// The patient is invented (identité fictive).
        case fictitious
    }

    /// The status that two answers make.
    package init(isRetrieved: Bool, isDocumentChecked: Bool) {
        self =
            switch (isRetrieved, isDocumentChecked) {
            case (false, false): .provisional
            case (true, false): .retrieved
            case (false, true): .validated
            case (true, true): .qualified
            }
    }

    /// Whether the identity came from the national service.
    package var isRetrieved: Bool { self == .retrieved || self == .qualified }

    /// Whether a document of identity was checked.
    package var isDocumentChecked: Bool { self == .validated || self == .qualified }

    /// Whether the matricule may be kept and sent with the identity (EXI SI 08).
    package var mayCarryMatricule: Bool { self == .qualified }

    /// The status that attributes leave: a doubtful or fictitious identity is provisional (EXI SI 09).
    ///
    /// Nil where both attributes stand, since they exclude each other.
    package func with(_ attributes: Set<Attribute>) -> HealthIdentityStatus? {
        switch attributes.count {
        case 0: self
        case 1: .provisional
        default: nil
        }
    }

    /// Whether the national service may be asked about an identity with attributes (EXI SI 09).
    package static func mayBeRetrieved(with attributes: Set<Attribute>) -> Bool {
        attributes.isEmpty
    }

    /// The code of the national reference (RNIV).
    package var code: String {
        switch self {
        case .provisional: "PROV"
        case .retrieved: "RECUP"
        case .validated: "VALI"
        case .qualified: "QUAL"
        }
    }

    /// The status with a code of the national reference, in any case of letters.
    package init?(code: String) {
        let upper = code.uppercased()
        guard let status = Self.allCases.first(where: { $0.code == upper }) else { return nil }
        self = status
    }

    /// The authorities of the matricule, by the NIR or the NIA, of persons and of tests.
    package static let matriculeAuthorities: Set<String> = [
        "fr-ins-nir", "fr-ins-nia", "fr-ins-nir-test", "fr-ins-nir-demo",
    ]

    /// The authority under which a record states the status of its identity.
    package static let statusAuthority = "fr-ins-status"

    /// The status that a record states of its identity; nil where it states none.
    package init?(statedBy person: PersonRecord) {
        let stated = person.identifiers.first {
            $0.authority == Self.statusAuthority && !$0.isMistaken
        }
        guard let stated else { return nil }
        self.init(code: stated.value)
    }

    /// The status that an HL7 v2 message of PAM-FR means.
    ///
    /// There `VALI` in PID-32 beside an identifier of the INS means qualified, unlike in the national
    /// reference, where it says that the service was not asked.
    package init?(messageCode: String, hasMatricule: Bool) {
        guard let status = Self(code: messageCode) else { return nil }
        self = status == .validated && hasMatricule ? .qualified : status
    }
}
