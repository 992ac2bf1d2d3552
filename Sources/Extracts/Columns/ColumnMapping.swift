import Identity

/// What each column of a file means.
package struct ColumnMapping: Sendable {
    /// The names in the header, in order.
    package let header: [String]
    /// The meaning of each column, nil where it is not recognised.
    package private(set) var meanings: [ColumnMeaning?]
    /// The columns whose meaning only their values told.
    package private(set) var toldByValues: [(column: String, meaning: ColumnMeaning)] = []

    /// The columns that are not read, for the user to look over.
    package var unrecognised: [String] {
        zip(header, meanings).filter { $0.1 == nil }.map(\.0)
    }

    /// The column that holds something, the first where there are several.
    package func column(of meaning: ColumnMeaning) -> Int? {
        meanings.firstIndex { $0?.name == meaning.name }
    }

    /// Recognises a header; what only values tell is settled after that.
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
    }

    /// The columns whose values may tell more than their names do.
    var columnsToLookInto: [Int] {
        meanings.indices.filter { index in
            switch meanings[index] {
            case nil: !HeaderWords(header[index]).isOfAnotherPerson
            case .field(.birthDate), .field(.deceasedDate): true
            default: false
            }
        }
    }

    /// Settles columns by their first values: those without a meaning, as far as no other column has it
    /// and no two could have it, and dates by the order of their parts.
    mutating func settle(by contents: [Int: ColumnContent], path: String) throws(ExtractError) {
        let open = contents.keys.sorted().filter { meanings[$0] == nil }
        let names = Set(meanings.compactMap { $0?.name })
        if !names.contains(where: { $0 == "national_id" || $0.hasPrefix("id.") }) {
            settle(open.map { ($0, contents[$0]?.authority.map { .nationalID(authority: $0) }) })
        }
        if names.isDisjoint(with: ["birth_date", "birth_year"]) {
            settle(
                open.map { ($0, contents[$0]?.areBirthDates == true ? .field(.birthDate) : nil) })
        }
        if !names.contains("email") {
            settle(open.map { ($0, contents[$0]?.areEmails == true ? .field(.email) : nil) })
        }
        for (index, content) in contents where content.areMonthFirst {
            guard case .field(let field) = meanings[index] else { continue }
            meanings[index] = .monthFirstDate(field)
        }
        guard meanings.contains(where: { $0?.isUsable ?? false }) else {
            throw .noUsableColumn(path: path, columns: header)
        }
    }

    /// Gives the one column that may have a meaning that meaning.
    private mutating func settle(_ candidates: [(index: Int, meaning: ColumnMeaning?)]) {
        let fitting = candidates.filter { $0.meaning != nil && meanings[$0.index] == nil }
        guard fitting.count == 1, let meaning = fitting[0].meaning else { return }
        meanings[fitting[0].index] = meaning
        toldByValues.append((header[fitting[0].index], meaning))
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
