/// Whom records are of: those whom a health system cares for, or those who care.
///
/// Records of one realm never meet those of the other, whatever they say: a physician who is also a
/// patient is a person of each.
package enum Realm: String, CaseIterable, Hashable, Sendable {
    case patient
    case provider
}
