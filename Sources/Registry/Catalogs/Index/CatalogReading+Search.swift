package import RegistryModel
internal import RegistryStore

/// Searches of commands, which hold no catalogs in memory.
extension CatalogReading {
    /// The entries that meet the conditions of a search, from the database.
    ///
    /// With nearness the database's index of positions tells what is near, and of that alone contents are
    /// read; other searches read their catalogs whole, and index of them what is asked for.
    ///
    /// - Throws: as `CatalogTables.find`, and what the database refuses.
    package static func find(
        _ search: EntrySearch, today: Int32, databaseURL: String
    ) throws -> EntryPage {
        let named = search.kindsNamed
        // What lies below an entry is told by all entries of its kind.
        if let nearness = search.nearness, search.ancestors.isEmpty, !named.contains(search.kind) {
            let (tables, _) = try read(databaseURL: databaseURL, kinds: named)
            var session = try RegistrySession(databaseURL: databaseURL)
            return try session.snapshot { session in
                var reading = try NearReading(search, tables, &session)
                return try reading.find(nearness, today: today, &session)
            }
        }
        // Of entries that it names, what they are called and what is above them.
        var indexed = Dictionary(
            uniqueKeysWithValues: named.map { ($0, EntryIndexing.Parts.terms) })
        indexed[search.kind] = search.partsAsked
        return try read(
            databaseURL: databaseURL, kinds: named.union([search.kind]), indexed: indexed
        ).tables.find(search, today: today)
    }
}

extension EntrySearch {
    /// The kinds whose catalogs tell of what it names, beside its own.
    fileprivate var kindsNamed: Set<CatalogKind> {
        var kinds: Set<CatalogKind> = []
        if !places.isEmpty { kinds.insert(.place) }
        if !services.isEmpty { kinds.insert(.service) }
        return kinds
    }

    /// What of the entries of its kind it asks about.
    fileprivate var partsAsked: EntryIndexing.Parts {
        var parts: EntryIndexing.Parts = text.isEmpty ? [] : .words
        if !conditions.isEmpty || !ancestors.isEmpty || !kindsNamed.isEmpty || substituted != nil {
            parts.insert(.terms)
        }
        return parts
    }
}

/// A search with nearness that reads what is near, some entries at a time, until the answer is full.
private struct NearReading {
    private let search: EntrySearch
    private let live: [CatalogRelease]
    private var tables: CatalogTables
    private var builders: [CatalogKey: CatalogTableBuilder] = [:]
    private var known: [CatalogKey: Set<String>] = [:]

    /// Entries that the database answers at once, at first and at most.
    private static let (batchMin, batchMax) = (64, 4_096)

    /// Prepares a search beside catalogs of other kinds.
    init(
        _ search: EntrySearch, _ others: CatalogTables, _ session: inout RegistrySession
    ) throws {
        self.search = search
        tables = others
        live = try session.liveReleases().filter { $0.catalog.kind == search.kind }
        for key in Set(live.map(\.catalog)) {
            var builder = CatalogTableBuilder(key)
            // Its entries come as the catalog says them now, whatever their release.
            builder.begin(release: 1)
            builders[key] = builder
            tables.replace(builder)
        }
    }

    mutating func find(
        _ nearness: EntrySearch.Nearness, today: Int32, _ session: inout RegistrySession
    ) throws -> EntryPage {
        let releases = live.filter {
            search.catalog == nil || $0.catalog.authority == search.catalog
        }
        let catalogs = Dictionary(
            uniqueKeysWithValues: releases.map { ($0.number, $0.catalog) })
        var size = min(max(Self.batchMin, search.limit * 2), Self.batchMax)
        var offset = 0
        while true {
            let near = try session.nearestEntries(
                to: nearness.point.latitude, longitude: nearness.point.longitude,
                withinKilometres: nearness.kilometres, releases: releases.map(\.number),
                limit: Int64(size), offset: Int64(offset))
            for (key, entries) in Dictionary(grouping: near, by: { catalogs[$0.release] }) {
                if let key { try take(entries.map(\.code), of: key, &session) }
            }
            let page = try tables.find(search, today: today)
            // Of equally near ones all are needed before they stand in order.
            let farthest = page.entries.last?.kilometres ?? .infinity
            let isFull = page.next != nil && farthest < near.last?.kilometres ?? 0
            if isFull || near.count < size { return page }
            offset += size
            size = min(size * 4, Self.batchMax)
        }
    }

    /// Takes what a catalog says of some codes.
    private mutating func take(
        _ codes: [String], of key: CatalogKey, _ session: inout RegistrySession
    ) throws {
        let new = Set(codes).subtracting(known[key] ?? [])
        guard !new.isEmpty, var builder = builders.removeValue(forKey: key) else { return }
        known[key, default: []].formUnion(new)
        try session.readEntries(catalog: key, codes: Array(new)) { _, code, period, content in
            builder.take(code: code, period: period, content: content)
        }
        builders[key] = builder
        tables.replace(builder)
    }
}
