internal import Identity
package import RegistryModel

// What a node tells of facilities, services, drugs and the like.
extension RegistryNode {
    /// What a catalog says of a code, or of all codes that state an identifier.
    ///
    /// - Throws: `unknown-authority` and `not-found`, the latter with the days on which it is valid.
    package func entries(_ question: EntryQuestion) throws(RegistryError) -> [FoundEntry] {
        try catalogs().entries(question, today: CalendarDate.todayNumber)
    }

    /// The entries that meet the conditions of a search.
    package func find(_ search: EntrySearch) throws(RegistryError) -> EntryPage {
        try catalogs().find(search, today: CalendarDate.todayNumber)
    }

    /// How far the catalogs in memory follow the log.
    package func catalogPosition() -> LogPosition { state.catalogPosition }

    /// Calls back once the catalogs follow the log up to a position, or after a while.
    package func whenCatalogsRead(
        _ position: LogPosition, millisecondsMax: Int, completion: @escaping @Sendable () -> Void
    ) {
        guard state.catalogPosition < position else { return completion() }
        state.catalogWaiters.add(
            position, until: NodeState.now() + Int64(millisecondsMax) * 1_000, completion)
    }

    private func catalogs() throws(RegistryError) -> CatalogIndex {
        guard let catalogs = state.catalogs else {
            throw RegistryError(.unavailable, "this node holds no catalogs")
        }
        return catalogs
    }
}

extension NodeState {
    /// How far the catalogs in memory follow the log: as far as the patients, but for events of theirs
    /// that are still to be taken.
    var catalogPosition: LogPosition {
        var position = index.read { $0.position }
        if let missing = catalogs?.missing {
            position.sequence = min(position.sequence, missing - 1)
        }
        return position
    }
}
