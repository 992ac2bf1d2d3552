package import RegistryModel
internal import RegistryStore

/// Brings catalogs in memory to what a database says.
package enum CatalogReading {
    /// Reads the catalogs of some kinds, or of all, each made whole by one thread.
    ///
    /// What is known already is kept: of a catalog with further releases these are read alone, one of which
    /// a release was taken back is read anew.
    ///
    /// - Returns: The catalogs, and the last event that they have seen.
    package static func read(
        databaseURL: String, kinds: Set<CatalogKind> = Set(EntrySearch.kinds),
        known: CatalogTables = CatalogTables()
    ) throws -> (tables: CatalogTables, sequence: Int64) {
        try read(databaseURL: databaseURL, kinds: kinds, known: known, indexed: [:])
    }

    /// The same, with what is indexed of the catalogs of some kinds; of others all is.
    static func read(
        databaseURL: String, kinds: Set<CatalogKind>, known: CatalogTables = CatalogTables(),
        indexed: [CatalogKind: EntryIndexing.Parts]
    ) throws -> (tables: CatalogTables, sequence: Int64) {
        var session = try RegistrySession(databaseURL: databaseURL)
        return try session.snapshot { session in
            let sequence = try session.counters().position.sequence
            let authorities = try session.authorityDirectory()
            var tables =
                known.authorities == authorities ? known : CatalogTables(authorities: authorities)
            let releases = try session.liveReleases().filter { kinds.contains($0.catalog.kind) }
            let live = Dictionary(grouping: releases, by: \.catalog).mapValues {
                $0.map(\.number)
            }
            for key in tables.catalogs where live[key] == nil { tables.remove(key) }
            let builders = live.compactMap { key, numbers in
                CatalogBuilding(key, numbers, known: tables.table(key))
            }
            let exported = try session.exportSnapshot()
            try OrderedWork<CatalogTable>.run(parts: builders.count) { work in
                var session = try RegistrySession(databaseURL: databaseURL)
                try session.snapshot(of: exported) { session in
                    while let part = work.next() {
                        let builder = try builders[part].filled(&session)
                        let parts = indexed[builder.key.kind] ?? .all
                        work.offer(builder.finish(authorities, indexed: parts), of: part)
                    }
                }
            } take: { table in
                tables.replace(table)
            }
            return (tables, sequence)
        }
    }
}

/// A table that is to be made: what it begins with, and the releases that it lacks.
private struct CatalogBuilding: Sendable {
    private let key: CatalogKey
    private let known: CatalogTable?
    private let missing: [Int64]

    /// Nil where nothing is to be done.
    init?(_ key: CatalogKey, _ live: [Int64], known: CatalogTable?) {
        let held = known?.releases ?? []
        let isBehind = live.starts(with: held)
        self.key = key
        self.known = isBehind ? known : nil
        missing = isBehind ? Array(live.dropFirst(held.count)) : live
        if missing.isEmpty { return nil }
    }

    /// The builder with all releases in it.
    func filled(_ session: inout RegistrySession) throws -> CatalogTableBuilder {
        var builder = known.map(CatalogTableBuilder.init) ?? CatalogTableBuilder(key)
        for release in missing {
            builder.begin(release: release)
            try session.readEntries(release: release) { code, period, content in
                builder.take(code: code, period: period, content: content)
            }
        }
        return builder
    }
}

extension CatalogReading {
    /// What a catalog says of a code, or of all codes that state an identifier, without an index: of a code
    /// its own entries are read alone.
    ///
    /// - Throws: as `CatalogTables.entries`, and what the database refuses.
    package static func entries(
        _ kind: CatalogKind, _ reference: EntryReference, on day: Int32, databaseURL: String
    ) throws -> [FoundEntry] {
        var session = try RegistrySession(databaseURL: databaseURL)
        let key = CatalogKey(kind, reference.authority)
        var tables = CatalogTables(authorities: try session.authorityDirectory())
        let canonical = EntryIndexing.canonical(
            reference.code, authority: reference.authority, tables.authorities)
        var builder = CatalogTableBuilder(key)
        builder.begin(release: 1)
        var isKnown = false
        try session.readEntries(
            catalog: key, codes: Array(Set([reference.code, canonical]))
        ) { _, code, period, content in
            isKnown = true
            builder.take(code: code, period: period, content: content)
        }
        if isKnown {
            tables.replace(builder)
        } else {
            tables = try read(databaseURL: databaseURL, kinds: [kind]).tables
        }
        return try tables.entries(kind, reference, on: day)
    }
}
