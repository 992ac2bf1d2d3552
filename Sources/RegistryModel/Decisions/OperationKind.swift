/// What was done in one go, and is undone in one go.
package enum OperationKind: String, CaseIterable, Hashable, Sendable {
    case load
    case rematch
    case `import`
    /// All records of one person move to another.
    case merge
    /// A merge taken back; the two are held apart from then on.
    case unmerge
    /// A record moves to a person that a steward names.
    case link
    /// A record leaves its person for one of its own.
    case unlink
    /// Some records of a person leave it together.
    case split
    /// Two persons are held apart.
    case distinct
    /// Records of one person are held together.
    case confirm
    /// A record stands as it is, whatever was asked about it.
    case accept
    /// The person of a record is answered without demographics.
    case restrict
    /// A steward states values of a person.
    case pin
    /// Pinned values stand no longer.
    case unpin
    /// A source withdraws a record of its own.
    case retire
    /// A source changes the local identifier of a record.
    case renumber
    case erase
    /// An operation taken back.
    case undo
    /// A whole load taken back.
    case revert

    /// Whether the operation takes another one back, so that its moves cancel that one's.
    package var isReversal: Bool { self == .undo || self == .unmerge || self == .revert }
}
