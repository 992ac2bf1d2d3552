internal import RegistryModel

/// Answers a search with nearness from the positions in memory.
extension CatalogSearch {
    /// A row within the distance that meets all conditions.
    ///
    /// Catalogs are in the order of their authorities and rows in that of their codes, so that this
    /// is the order of answers.
    private struct NearRow: Comparable {
        var kilometres: Double
        var table: Int
        var row: Int

        /// The rank of the row's place.
        var metres: Double { kilometres * 1_000 }

        static func < (left: NearRow, right: NearRow) -> Bool {
            (left.metres, left.table, left.row) < (right.metres, right.table, right.row)
        }
    }

    /// What squares of equal distances may differ by, relatively and where both ends are one.
    private static let (slack, least) = (1e-12, 1e-30)

    /// The entries nearest to a point, those behind the last one that the asker has.
    func page(_ nearness: EntrySearch.Nearness) -> EntryPage {
        let wanted = search.limit + 1
        let point = SpherePoint(
            latitude: nearness.point.latitude, longitude: nearness.point.longitude)
        let chord = SpherePoint.chord(kilometres: nearness.kilometres)
        let first = SpherePoint.chord(kilometres: (search.after?.rank ?? 0) / 1_000)
        let from = first * first * (1 - 2 * Self.slack) - Self.least
        var most = Self.most(chord * chord)
        var found: [NearRow] = []
        for index in searched.indices where from <= most {
            let table = searched[index]
            let rows = candidates(index)
            let range = table.rows(codePrefix: search.codePrefix)
            table.positions.visit(around: point, within: from...most) { row, squared in
                let line = squared.squareRoot()
                guard line <= chord, range.contains(row), table.isValid(row, on: day),
                    rows?.contains(row) ?? true
                else { return most }
                let near = NearRow(
                    kilometres: SpherePoint.kilometres(chord: line), table: index, row: row)
                guard isBehindLast(near), isOpen(row, in: table) else { return most }
                found.append(near)
                if found.count == 2 * wanted {
                    most = min(most, Self.keepBest(wanted, of: &found))
                }
                return most
            }
        }
        found.sort()
        let entries = found.prefix(search.limit).map { near in
            searched[near.table].entry(near.row, kilometres: near.kilometres)
        }
        return EntryPage(
            entries: entries,
            next: found.count > search.limit ? place(found[search.limit - 1]) : nil)
    }

    /// Keeps the best rows; answers the square of a distance beyond which there is no better one.
    private static func keepBest(_ count: Int, of found: inout [NearRow]) -> Double {
        found.sort()
        found.removeLast(found.count - count)
        let line = SpherePoint.chord(kilometres: found[count - 1].kilometres)
        return most(line * line)
    }

    /// The largest square that a distance may have, with all roundings.
    private static func most(_ squared: Double) -> Double { squared * (1 + 2 * slack) + least }

    private func place(_ near: NearRow) -> SearchPlace {
        let table = searched[near.table]
        return SearchPlace(
            rank: near.metres, authority: table.key.authority, code: table.code(ofRow: near.row))
    }

    private func isBehindLast(_ near: NearRow) -> Bool {
        guard let after = search.after else { return true }
        return near.metres != after.rank ? near.metres > after.rank : after < place(near)
    }
}
