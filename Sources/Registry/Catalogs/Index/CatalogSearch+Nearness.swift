package import RegistryModel
package import RegistryStore

/// Answers a search with nearness: the database tells what is near, memory what of that is meant.
extension CatalogSearch {
    /// Entries that the database answers at once, at first and at most.
    private static let (nearestMin, nearestMax) = (64, 4_096)

    /// The live releases whose positions are looked at.
    var releases: [Int64] { searched.flatMap(\.releases) }

    /// The answer, from entries that a closure tells, nearest first: so many, behind so many.
    func page(
        nearest: (_ limit: Int64, _ offset: Int64) throws -> [NearEntry]
    ) throws -> EntryPage {
        var tableOfRelease: [Int64: Int] = [:]
        for (index, table) in searched.enumerated() {
            for release in table.releases { tableOfRelease[release] = index }
        }
        var found: [(place: SearchPlace, entry: FoundEntry)] = []
        var size = min(max(Self.nearestMin, search.limit * 2), Self.nearestMax)
        var offset = 0
        reading: while !releases.isEmpty {
            let batch = try nearest(Int64(size), Int64(offset))
            for near in batch {
                let metres = near.kilometres * 1_000
                // Of equally near ones all are needed before they stand in order.
                if found.count > search.limit, let last = found.last, metres > last.place.rank {
                    break reading
                }
                guard let index = tableOfRelease[near.release],
                    let row = searched[index].row(of: near)
                else { continue }
                let place = SearchPlace(
                    rank: metres, authority: searched[index].key.authority, code: near.code)
                if let after = search.after, !(after < place) { continue }
                guard isMet(by: row, in: index) else { continue }
                found.append((place, searched[index].entry(row, kilometres: near.kilometres)))
            }
            if batch.count < size { break }
            offset += size
            size = min(size * 4, Self.nearestMax)
        }
        found.sort { $0.place < $1.place }
        return EntryPage(
            entries: found.prefix(search.limit).map(\.entry),
            next: found.count > search.limit ? found[search.limit - 1].place : nil)
    }
}

extension CatalogTable {
    /// The row that lies near a point; nil where another release says now what is there.
    fileprivate func row(of near: NearEntry) -> Int? {
        let bytes = near.code.utf8
        guard let place = codes.place(of: bytes.span),
            releases[Int(codeReleases[place])] == near.release
        else { return nil }
        return rows(ofCode: place).first { period($0) == near.period }
    }
}

extension CatalogTables {
    /// The entries that meet the conditions of a search, from memory, and where nearness is asked for from
    /// memory and database.
    ///
    /// - Throws: as `find`, and what the database refuses.
    package func page(
        _ search: EntrySearch, today: Int32, _ session: inout RegistrySession
    ) throws -> EntryPage {
        let prepared = try CatalogSearch(search, in: self, today: today)
        guard let nearness = search.nearness else { return prepared.page() }
        let releases = prepared.releases
        return try prepared.page { limit, offset in
            try session.nearestEntries(
                to: nearness.point.latitude, longitude: nearness.point.longitude,
                withinKilometres: nearness.kilometres, releases: releases, limit: limit,
                offset: offset)
        }
    }
}
