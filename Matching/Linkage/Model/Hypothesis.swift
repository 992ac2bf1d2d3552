/// What a pair of records may be; a lane of every probability vector of the model.
///
/// Two records of different persons are not all alike: members of one household share surnames,
/// address and phone, twins share the birth date too, a child may bear a parent's whole name. Each of
/// these is a hypothesis of its own beside chance, with its own probabilities of agreement, so that
/// agreement on what a household shares is evidence once, for the household, and cannot add up to a
/// person.
package enum Hypothesis: Int, CaseIterable, Sendable {
    /// One person.
    case match
    /// Two persons with nothing in common.
    case random
    /// Two members of a household or relatives other than siblings: spouses, parent and child.
    case kin
    /// Two children of the same parents, not of one birth.
    case sibling
    /// Two of a multiple birth.
    case twin
    /// Parent and child, or grandparent, of one name.
    case namesake

    /// The number of hypotheses.
    package static let count = Hypothesis.allCases.count

    /// The name in model files and reports.
    package var name: String {
        switch self {
        case .match: "match"
        case .random: "random"
        case .kin: "kin"
        case .sibling: "sibling"
        case .twin: "twin"
        case .namesake: "namesake"
        }
    }
}
