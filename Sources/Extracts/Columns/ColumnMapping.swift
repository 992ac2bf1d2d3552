/// What each column of a file means.
package struct ColumnMapping: Hashable, Sendable {
    /// The names in the header, in order.
    package let header: [String]
    /// The meaning of each column, nil where its name is not recognised.
    package let meanings: [ColumnMeaning?]

    /// The columns that are not read, for the user to look over.
    package var unrecognised: [String] {
        zip(header, meanings).filter { $0.1 == nil }.map(\.0)
    }

    /// The column that holds something, the first where there are several.
    package func column(of meaning: ColumnMeaning) -> Int? {
        meanings.firstIndex { $0?.name == meaning.name }
    }

    /// Recognises a header.
    package init(header: [String], overrides: ColumnOverrides, path: String) throws(ExtractError) {
        self.header = header
        var meanings =
            ColumnContext(header: header, meanings: header.map(ColumnNames.meaning(of:))).meanings
        let settled = Set(overrides.overrides.map(\.meaning.name))
        for index in meanings.indices {
            if let meaning = meanings[index], settled.contains(meaning.name) {
                meanings[index] = nil
            }
        }
        for override in overrides.overrides {
            let key = ColumnNames.key(of: override.column)
            guard
                let index = header.firstIndex(of: override.column)
                    ?? header.firstIndex(where: { ColumnNames.key(of: $0) == key })
            else { throw .missingColumn(path: path, column: override.column) }
            meanings[index] = override.meaning
        }
        self.meanings = meanings
        try checkUniqueness(path: path)
        guard meanings.contains(where: { $0?.isUsable ?? false }) else {
            throw .noUsableColumn(path: path, columns: header)
        }
    }

    /// Refuses two columns of one name, or of a meaning that takes one only.
    private func checkUniqueness(path: String) throws(ExtractError) {
        var columns: [String: [Int]] = [:]
        for index in header.indices {
            guard let meaning = meanings[index] else { continue }
            columns[meaning.name, default: []].append(index)
        }
        for (name, indices) in columns.sorted(by: { $0.key < $1.key }) where indices.count > 1 {
            let names = indices.map { header[$0] }
            guard meanings[indices[0]]?.joiner == nil || Set(names).count < names.count else {
                continue
            }
            throw .duplicateColumn(path: path, meaning: name, columns: names)
        }
    }
}
