/// The authorities that one registry knows: those it was told of, before those the program ships.
package struct AuthorityDirectory: Hashable, Sendable {
    /// Those it was told of, by code; one of them may stand in place of a shipped one.
    private let told: [String: AssigningAuthority]

    /// The authorities of a registry that was told of none.
    package static let shipped = AuthorityDirectory([])

    /// The shipped authorities, and in their place or beside them those given.
    package init(_ authorities: [AssigningAuthority]) {
        told = Dictionary(authorities.map { ($0.code, $0) }) { _, last in last }
    }

    /// The authority with a code.
    package subscript(code: String) -> AssigningAuthority? {
        told[code] ?? AssigningAuthority.shipped(code: code)
    }

    /// The rule for an authority's values; that of unknown authorities where the code is none.
    package func rule(of code: String) -> AssigningAuthority { self[code] ?? .unknown }

    /// Whether an authority was told of, and so is not, or not only, the program's own.
    package func isTold(_ code: String) -> Bool { told[code] != nil }

    /// All authorities by code, those of passports apart.
    package var all: [AssigningAuthority] {
        (told.values + AssigningAuthority.shipped.filter { told[$0.code] == nil })
            .sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
    }

    /// Whether every value has the same canonical form and finding in both.
    package func readsLike(_ other: AuthorityDirectory) -> Bool {
        Set(told.keys).union(other.told.keys).allSatisfy { code in
            let (mine, its) = (rule(of: code), other.rule(of: code))
            return mine.format == its.format && mine.placeholders == its.placeholders
        }
    }
}
