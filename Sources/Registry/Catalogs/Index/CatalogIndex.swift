package import RegistryModel
internal import Synchronization

/// The catalogs that a node holds in memory, and how far they follow the log.
///
/// Who reads takes all tables as they stand and asks its questions of them; a release puts a whole new
/// table in the place of its catalog's. So nobody waits for a release, and nobody sees half of one.
package final class CatalogIndex: Sendable {
    private struct State {
        var tables: CatalogTables
        /// The last event whose releases the tables have, and the last one of which is known.
        var taken: Int64 = 0
        var expected: Int64 = 0
    }

    private let state: Mutex<State>

    /// An index without catalogs.
    package init(_ tables: CatalogTables = CatalogTables()) {
        state = Mutex(State(tables: tables))
    }

    /// All catalogs as they stand.
    package var tables: CatalogTables { state.withLock { $0.tables } }

    /// The first event that concerns catalogs and is not in them yet; nil where all that are known are.
    var missing: Int64? {
        state.withLock { $0.expected > $0.taken ? $0.taken + 1 : nil }
    }

    /// Takes note of an event that concerns catalogs.
    func expect(_ sequence: Int64) {
        state.withLock { $0.expected = max($0.expected, sequence) }
    }

    /// Takes catalogs as they are after an event.
    func take(_ tables: CatalogTables, of sequence: Int64) {
        state.withLock { state in
            state.tables = tables
            state.taken = sequence
        }
    }

    /// Takes what another index has in place of all that this one has.
    func take(_ other: CatalogIndex) {
        let theirs = other.state.withLock { $0 }
        state.withLock { $0 = theirs }
    }
}

extension CatalogIndex {
    /// What a catalog says of a code, or of all codes that state an identifier.
    ///
    /// - Throws: `unknown-authority` and `not-found`, as `CatalogTables.entries`.
    package func entries(
        _ question: EntryQuestion, today: Int32
    ) throws(RegistryError) -> [FoundEntry] {
        try tables.entries(question.kind, question.reference, on: question.day ?? today)
    }

    /// The entries that meet the conditions of a search.
    ///
    /// - Throws: `unknown-authority`, `not-found` and `bad-request` for what it names that is not there.
    package func find(
        _ search: EntrySearch, today: Int32
    ) throws(RegistryError) -> EntryPage {
        try tables.find(search, today: today)
    }
}

extension CatalogTables {
    /// The entries that meet the conditions of a search.
    package func find(
        _ search: EntrySearch, today: Int32
    ) throws(RegistryError) -> EntryPage {
        try CatalogSearch(search, in: self, today: today).page()
    }
}
