package import Identity

/// A person or a source record, as a steward names it.
package enum DecisionSubject: Hashable, Sendable {
    case person(EnterpriseIdentifier)
    /// A record by the code of its source and its local identifier.
    case record(LocalIdentifier)
}

/// What a steward decides of records, persons and releases.
///
/// Each becomes one operation: the records that it moves, the constraints that it leaves, the tasks that it
/// closes, in one transaction.
package enum Decision: Hashable, Sendable {
    /// All records of `retired` move to `survivor`.
    case merge(retired: EnterpriseIdentifier, survivor: EnterpriseIdentifier)
    /// Takes a merge back; the records that part are held apart unless they may rejoin.
    case unmerge(operation: Int64, mayRejoin: Bool)
    /// A record moves to a person.
    case link(LocalIdentifier, to: EnterpriseIdentifier)
    /// A record leaves its person for one of its own, and is held apart unless it may rejoin.
    case unlink(LocalIdentifier, mayRejoin: Bool)
    /// Records leave a person for one of their own, and are held apart unless they may rejoin.
    case split(EnterpriseIdentifier, [LocalIdentifier], mayRejoin: Bool)
    /// Two subjects of different persons are held apart.
    case distinct(DecisionSubject, DecisionSubject)
    /// Two subjects of one person are held together.
    case confirm(DecisionSubject, DecisionSubject)
    /// A record stands as it is: what stewards are asked about it alone is answered.
    case accept(LocalIdentifier)
    /// A record is restricted: its person, whoever that is, is answered without demographics.
    case restrict(LocalIdentifier)
    /// Values that a person has from now on, whatever its records say.
    case pin(DecisionSubject, [FieldValue])
    /// Fields of a person that its records decide again.
    case unpin(DecisionSubject, [DemographicField])
    /// Takes an operation back.
    case undo(operation: Int64)
    /// A source withdraws its record, or says that it was merged into another of its own.
    case retire(LocalIdentifier, into: LocalIdentifier?)
    /// A source changes the local identifier of its record.
    case renumber(LocalIdentifier, to: String)
    /// A staged release becomes part of what its catalog says.
    case activate(release: Int64)
    /// A live release is taken back.
    case revert(release: Int64)
    /// Grants a request to erase, which another person made.
    case erase(request: Int64)

    /// The kind of operation that it becomes.
    package var kind: OperationKind {
        switch self {
        case .merge: .merge
        case .unmerge: .unmerge
        case .link: .link
        case .unlink: .unlink
        case .split: .split
        case .distinct: .distinct
        case .confirm: .confirm
        case .accept: .accept
        case .restrict: .restrict
        case .pin: .pin
        case .unpin: .unpin
        case .undo: .undo
        case .retire: .retire
        case .renumber: .renumber
        case .activate: .import
        case .revert: .revert
        case .erase: .erase
        }
    }
}

extension Decision {
    /// The source that speaks of its own records; nil where a steward decides.
    package var source: String? {
        switch self {
        case .retire(let record, _), .renumber(let record, _): record.authority
        case .merge, .unmerge, .link, .unlink, .split, .distinct, .confirm, .accept, .restrict,
            .pin, .unpin, .undo, .activate, .revert, .erase:
            nil
        }
    }
}

/// A decision with who took it and why.
package struct DecisionRequest: Hashable, Sendable {
    package var decision: Decision
    package var actor: String
    package var reason: String
    /// The versions of persons that the steward looked at; another one now is a conflict.
    package var expectedVersions: [EnterpriseIdentifier: Int64]
    /// Whether to tell what would be done, and do nothing.
    package var isPreview: Bool
    /// The registry that the request named where it is of a source; nil where it named none.
    package var realm: Realm?

    /// Creates a request.
    package init(
        _ decision: Decision, actor: String, reason: String = "",
        expectedVersions: [EnterpriseIdentifier: Int64] = [:], isPreview: Bool = false
    ) {
        self.decision = decision
        self.actor = actor
        self.reason = reason
        self.expectedVersions = expectedVersions
        self.isPreview = isPreview
    }
}
