/// What a catalog lists.
package enum CatalogKind: String, CaseIterable, Hashable, Sendable {
    /// Administrative divisions: countries, regions, provinces, municipalities.
    case place
    /// Establishments and the legal entities that own them.
    case facility
    /// What a register of the professions says of a provider, beside who that is.
    case provider
    /// Health services, procedures and examinations, with tariffs and relative values.
    case service
    /// Medicines and equipment.
    case drug
    /// What an insurer says of its members.
    case coverage

    /// The word for many of them, as commands have it.
    package var plural: String {
        switch self {
        case .place: "places"
        case .facility: "facilities"
        case .provider: "providers"
        case .service: "services"
        case .drug: "drugs"
        case .coverage: "coverage"
        }
    }

    /// The kind that a word names, one or many.
    package init?(word: String) {
        guard
            let kind = CatalogKind.allCases.first(where: {
                [$0.rawValue, $0.plural].contains(word)
            })
        else { return nil }
        self = kind
    }

    /// What an entry of this kind says.
    package var schema: EntrySchema {
        switch self {
        case .place: .place
        case .facility: .facility
        case .provider: .provider
        case .service: .service
        case .drug: .drug
        case .coverage: .coverage
        }
    }
}

/// One catalog: all entries of a kind that one authority numbers.
///
/// The authority is that of the entries' codes: `facility` of `cl-deis`, `drug` of `fr-cis`. A provider's
/// entries have the local identifiers of a source, and the source's code is their authority; an insurer's
/// entries have its members' identifiers as codes, and the insurer's code is their authority.
package struct CatalogKey: Hashable, Sendable {
    package var kind: CatalogKind
    /// The code of an authority, a source or an insurer.
    package var authority: String

    /// Creates a key.
    package init(_ kind: CatalogKind, _ authority: String) {
        self.kind = kind
        self.authority = authority
    }

    /// As people and files name it: `facility/cl-deis`.
    package var text: String { "\(kind.rawValue)/\(authority)" }
}
