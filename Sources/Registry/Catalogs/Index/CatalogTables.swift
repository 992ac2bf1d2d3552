internal import Foundation
package import Identity
package import RegistryModel

/// All catalogs that a node holds, as they stand at one moment.
///
/// It is a value: whoever has it asks all of its questions of the same state.
package struct CatalogTables: Sendable {
    /// In the order of kinds and authorities.
    private(set) var tables: [CatalogTable] = []
    /// How codes and identifiers are written.
    let authorities: AuthorityDirectory
    /// What was found below places and entries of this state.
    private(set) var selections = SelectionCache()

    /// No catalogs.
    package init(authorities: AuthorityDirectory = .shipped) { self.authorities = authorities }

    /// The catalogs held, in the order of kinds and authorities.
    package var catalogs: [CatalogKey] { tables.map(\.key) }

    /// The number of entries held.
    package var entryCount: Int { tables.reduce(0) { $0 + $1.rowCount } }

    /// The bytes held.
    package var byteCount: Int { tables.reduce(0) { $0 + $1.byteCount } }

    /// Takes a catalog in place of what it was.
    mutating func replace(_ table: CatalogTable) {
        selections = SelectionCache()
        tables.removeAll { $0.key == table.key }
        let place = tables.firstIndex { Self.precedes(table.key, $0.key) } ?? tables.count
        tables.insert(table, at: place)
    }

    /// Takes what releases say of a catalog in place of what it was.
    package mutating func replace(_ builder: consuming CatalogTableBuilder) {
        replace(builder.finish(authorities))
    }

    /// Takes a release of a catalog: its rows replace all that was said of their codes.
    ///
    /// The entries come from a closure that hands each to another one.
    package mutating func take(
        release: Int64, of key: CatalogKey,
        _ entries: ((String, EntryPeriod?, [UInt8]) -> Void) throws -> Void
    ) rethrows {
        var builder = table(key).map(CatalogTableBuilder.init) ?? CatalogTableBuilder(key)
        builder.begin(release: release)
        try entries { builder.take(code: $0, period: $1, content: $2) }
        replace(builder)
    }

    /// Forgets a catalog.
    mutating func remove(_ key: CatalogKey) {
        selections = SelectionCache()
        tables.removeAll { $0.key == key }
    }

    /// The catalogs of a kind, in the order of their authorities.
    func tables(of kind: CatalogKind) -> ArraySlice<CatalogTable> {
        guard let first = tables.firstIndex(where: { $0.key.kind == kind }) else { return [] }
        let end = tables[first...].firstIndex { $0.key.kind != kind } ?? tables.count
        return tables[first..<end]
    }

    /// The catalog with a key.
    func table(_ key: CatalogKey) -> CatalogTable? { tables.first { $0.key == key } }

    private static func precedes(_ left: CatalogKey, _ right: CatalogKey) -> Bool {
        let kinds = CatalogKind.allCases
        guard left.kind == right.kind else {
            return kinds.firstIndex(of: left.kind) ?? 0 < kinds.firstIndex(of: right.kind) ?? 0
        }
        return left.authority.utf8.lexicographicallyPrecedes(right.authority.utf8)
    }
}

/// An entry's place in memory.
struct EntryRow: Hashable {
    let table: CatalogTable
    let row: Int

    static func == (left: EntryRow, right: EntryRow) -> Bool {
        left.table === right.table && left.row == right.row
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(table))
        hasher.combine(row)
    }
}

extension CatalogTables {
    /// The entries that a code or an identifier names, valid on a day.
    ///
    /// A code names one entry; an identifier all that state it, in the order of catalogs and codes.
    ///
    /// - Throws: `unknown-authority` where nothing of the kind is numbered by the authority; `not-found`
    ///   for what nothing has, and, with the days, for what is not valid then.
    package func entries(
        _ kind: CatalogKind, _ reference: EntryReference, on day: Int32
    ) throws(RegistryError) -> [FoundEntry] {
        let all = rows(kind, reference)
        let valid = all.filter { $0.table.isValid($0.row, on: day) }
        if !valid.isEmpty { return valid.map { $0.table.entry($0.row) } }
        if !all.isEmpty {
            throw RegistryError(
                .notFound,
                "not valid on \(EntryPeriod.text(day)), but "
                    + Self.text(all.map { $0.table.period($0.row) }))
        }
        guard isNumbered(kind, by: reference.authority) else {
            throw RegistryError(
                .unknownAuthority,
                "no \(kind.rawValue) has a code or an identifier of \(reference.authority)")
        }
        throw RegistryError(.notFound, "no such \(kind.rawValue)")
    }

    /// The rows that a code or an identifier names, of whatever days.
    func rows(_ kind: CatalogKind, _ reference: EntryReference) -> [EntryRow] {
        if let table = table(CatalogKey(kind, reference.authority)),
            let place = table.codePlace(reference.code, authorities)
        {
            return table.rows(ofCode: place).map { EntryRow(table: table, row: $0) }
        }
        let value = EntryIndexing.canonical(
            reference.code, authority: reference.authority, authorities)
        return tables(of: kind).flatMap { table in
            table.rows(field: "id", value: "\(reference.authority):\(value)").map {
                EntryRow(table: table, row: Int($0))
            }
        }
    }

    /// Whether some entry of a kind has a code or an identifier of an authority.
    private func isNumbered(_ kind: CatalogKind, by authority: String) -> Bool {
        table(CatalogKey(kind, authority)) != nil
            || tables(of: kind).contains {
                !$0.termPlaces(field: "id", prefix: authority + ":").isEmpty
            }
    }

    private static func text(_ periods: [EntryPeriod]) -> String {
        let distinct = periods.enumerated().filter { index, period in
            !periods[..<index].contains(period)
        }.map(\.element)
        let told = distinct.prefix(8).map { period in
            switch (period.from, period.through) {
            case (nil, nil): "always"
            case (let from?, nil): "from \(EntryPeriod.text(from)) on"
            case (nil, let through?): "until \(EntryPeriod.text(through))"
            case (let from?, let through?):
                "from \(EntryPeriod.text(from)) to \(EntryPeriod.text(through))"
            }
        }
        return told.joined(separator: ", ") + (distinct.count > told.count ? " and later" : "")
    }
}

extension CatalogTables {
    /// Ways to write a reference to an entry: its code, and each of its identifiers.
    func names(of entry: EntryRow) -> [String] {
        var names = ["\(entry.table.key.authority):\(entry.table.code(ofRow: entry.row))"]
        var scanner = IdentifierScanner(entry.table.key.kind.schema)
        let content = entry.table.content(entry.row)
        scanner.scan(content.span) { authority, value in names.append("\(authority):\(value)") }
        return names
    }

    /// Ways in which entries refer to one that a question names: as it does itself, and as the entry, on
    /// whatever day, is called.
    func names(_ kind: CatalogKind, _ reference: EntryReference) -> [String] {
        var names = [reference.text]
        for entry in rows(kind, reference) {
            for name in self.names(of: entry) where !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// The entries of a kind that refer to another one by a field, on a day.
    func referring(
        _ kind: CatalogKind, by field: String, to name: String, on day: Int32
    ) -> [EntryRow] {
        tables(of: kind).flatMap { table in
            table.rows(field: field, value: name).filter { table.isValid(Int($0), on: day) }
                .map { EntryRow(table: table, row: Int($0)) }
        }
    }

    /// Names of an entry and of all that lie below it by a field, on a day; the entry's own first.
    ///
    /// A cycle, which an import refuses, ends it all the same.
    func subtree(
        _ kind: CatalogKind, _ reference: EntryReference, by field: String, on day: Int32
    ) -> (names: [String], rows: Set<EntryRow>) {
        var rows: Set<EntryRow> = []
        var names = names(kind, reference)
        var known = Set(names)
        var next = 0
        while next < names.count {
            for row in referring(kind, by: field, to: names[next], on: day)
            where rows.insert(row).inserted {
                for name in self.names(of: row) where known.insert(name).inserted {
                    names.append(name)
                }
            }
            next += 1
        }
        return (names, rows)
    }
}
