internal import Identity

/// The further names of a golden record: those of all its records, each once however it was spelled.
///
/// By use, the social name first, by which the person is to be called; of each use the newest first.
/// Of several spellings one with a stated validity stands, and among such the one recorded last.
enum GoldenNames {
    private struct Named {
        var key: String
        var row: Int
        var name: FurtherName
    }

    /// The names that the records of a table state.
    static func names(in table: StatementTable) -> [FurtherName] {
        guard !table.names.isEmpty else { return [] }
        return united(table.names) { table.isLater($0, than: $1) }
    }

    /// The names of one record.
    static func names(of person: PersonRecord) -> [FurtherName] {
        united(person.names.map { (0, $0) }) { _, _ in false }
    }

    private static func united(
        _ stated: [(row: Int, name: FurtherName)], isLater: (Int, Int) -> Bool
    ) -> [FurtherName] {
        var known: [Named] = []
        for (row, name) in stated {
            let named = Named(key: key(of: name), row: row, name: name)
            guard
                let same = known.firstIndex(where: {
                    $0.name.use == name.use && $0.key == named.key
                })
            else {
                known.append(named)
                continue
            }
            let (isStated, wasStated) =
                (!name.validity.isUnstated, !known[same].name.validity.isUnstated)
            if isStated == wasStated ? isLater(row, known[same].row) : isStated {
                known[same] = named
            }
        }
        return known.sorted(by: precedes).map(\.name)
    }

    private static func precedes(_ left: Named, _ right: Named) -> Bool {
        if left.name.use != right.name.use {
            return left.name.use.rawValue < right.name.use.rawValue
        }
        let (recency, other) = (left.name.validity.recency, right.name.validity.recency)
        if recency != other { return recency > other }
        return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }

    /// The form in which names are compared; what folds to nothing is compared as written.
    private static func key(of name: FurtherName) -> String {
        [name.given, name.family, name.mothersFamily].map { part in
            let folded = NameFolding.folded(part)
            return folded.isEmpty ? part : folded
        }.joined(separator: "\u{1F}")
    }
}
