internal import Identity
internal import RegistryModel

/// The rows that a search's conditions leave.
extension CatalogSearch {
    /// The rows of each searched catalog that meet all conditions; nil where there are none.
    func selected() throws(RegistryError) -> [RowSet?] {
        var selections: [RowSet?] = searched.map { _ in nil }
        for condition in search.conditions {
            meet(&selections) { table in rows(meeting: condition, in: table) }
        }
        for place in search.places {
            try check(.place, place)
            meetKnown(&selections, "place", place) {
                let below = tables.subtree(.place, place, by: "parent", on: day)
                let own = Set(tables.rows(.place, place)).union(below.rows)
                return tables.tables(of: search.kind).map { table in
                    search.kind == .place
                        ? rows(own, in: table)
                        : rows(referringBy: "place", toAnyOf: below.names, in: table)
                }
            }
        }
        for service in search.services {
            try check(.service, service)
            let names = tables.names(.service, service)
            meet(&selections) { rows(referringBy: "service", toAnyOf: names, in: $0) }
        }
        for ancestor in search.ancestors {
            try check(search.kind, ancestor.entry)
            meetKnown(&selections, "parent.\(ancestor.hierarchy)", ancestor.entry) {
                let below = rows(below: ancestor)
                return tables.tables(of: search.kind).map { rows(below, in: $0) }
            }
        }
        if let drug = search.substituted {
            let substitutes = try substitutes(of: drug)
            meet(&selections) { rows(substitutes, in: $0) }
        }
        return selections
    }

    private func meet(_ selections: inout [RowSet?], _ rows: (CatalogTable) -> RowSet) {
        for (index, table) in searched.enumerated() {
            let met = rows(table)
            if selections[index] == nil {
                selections[index] = met
            } else {
                selections[index]?.formIntersection(met)
            }
        }
    }

    /// Meets rows of each catalog of the kind that lie below an entry, which may be known from before.
    private func meetKnown(
        _ selections: inout [RowSet?], _ field: String, _ entry: EntryReference,
        _ find: () -> [RowSet]
    ) {
        let key = SelectionCache.Key(kind: search.kind, field: field, entry: entry, day: day)
        let known = Array(zip(tables.tables(of: search.kind), tables.selections.rows(key, find)))
        meet(&selections) { table in
            known.first { $0.0 === table }?.1 ?? RowSet(rowCount: table.rowCount)
        }
    }

    /// The rows of some entries that are a catalog's.
    private func rows(_ entries: Set<EntryRow>, in table: CatalogTable) -> RowSet {
        var rows = RowSet(rowCount: table.rowCount)
        for entry in entries where entry.table === table { rows.insert(entry.row) }
        return rows
    }

    /// Refuses a reference to what is not there, which would be met by nothing.
    private func check(_ kind: CatalogKind, _ reference: EntryReference) throws(RegistryError) {
        guard tables.rows(kind, reference).isEmpty else { return }
        _ = try tables.entries(kind, reference, on: day)
    }

    private func rows(
        meeting condition: EntrySearch.Condition, in table: CatalogTable
    ) -> RowSet {
        var rows = RowSet(rowCount: table.rowCount)
        let hasStar = condition.value.hasSuffix("*")
        let isOpenEnded = hasStar || condition.field == "atc"
        let value = NameFolding.folded(
            hasStar ? String(condition.value.dropLast()) : condition.value)
        if isOpenEnded {
            for place in table.termPlaces(field: condition.field, prefix: value) {
                rows.insert(table.termPostings.rows(of: place))
            }
        } else {
            rows.insert(table.rows(field: condition.field, value: value))
        }
        return rows
    }

    private func rows(
        referringBy field: String, toAnyOf names: [String], in table: CatalogTable
    ) -> RowSet {
        var rows = RowSet(rowCount: table.rowCount)
        for name in names { rows.insert(table.rows(field: field, value: name)) }
        return rows
    }

    /// All rows below an entry: in one hierarchy, or, where none is named, in any.
    private func rows(below ancestor: EntrySearch.Ancestor) -> Set<EntryRow> {
        var fields = ["parent"]
        if !ancestor.hierarchy.isEmpty {
            fields = ["parent.\(ancestor.hierarchy)"]
        } else if case .keyed? = search.kind.schema.field(named: "parent")?.form {
            let known = tables.tables(of: search.kind).flatMap(\.termFields)
            fields = Set(known.filter { $0.hasPrefix("parent.") }).sorted()
        }
        return fields.reduce(into: []) { rows, field in
            rows.formUnion(
                tables.subtree(search.kind, ancestor.entry, by: field, on: day).rows)
        }
    }
}

/// What may stand in for a drug.
extension CatalogSearch {
    /// The drugs that may stand in for one, which is not among them.
    ///
    /// They are those of the same generic group; of one without a group those of the same substances,
    /// strength, form and route. A pack that says neither is asked about as the product that it is a pack of.
    private func substitutes(of drug: EntryReference) throws(RegistryError) -> Set<EntryRow> {
        _ = try tables.entries(.drug, drug, on: day)
        var asked = tables.rows(.drug, drug).filter { $0.table.isValid($0.row, on: day) }
        var own = Set(asked)
        // A pack is below a presentation, that below a product, that below a substance.
        for _ in 0..<4 {
            let found = asked.reduce(into: Set<EntryRow>()) { $0.formUnion(substitutes(of: $1)) }
            if !found.isEmpty { return found.subtracting(own) }
            asked = asked.flatMap { entry -> [EntryRow] in
                let parent = (try? EntryContent(stored: entry.table.content(entry.row)))?["parent"]
                guard let parent = parent?.string.flatMap(EntryReference.init) else { return [] }
                return tables.rows(.drug, parent).filter { $0.table.isValid($0.row, on: day) }
            }
            own.formUnion(asked)
        }
        return []
    }

    private func substitutes(of entry: EntryRow) -> Set<EntryRow> {
        for field in ["generic_group", SubstitutionKey.field] {
            for term in terms(of: entry, field: field) {
                // Numbers of groups mean something within their catalog, contents everywhere.
                let tables =
                    field == SubstitutionKey.field
                    ? searched : searched.filter { $0 === entry.table }
                return tables.reduce(into: []) { found, table in
                    for row in table.rows(field: field, value: term) {
                        found.insert(EntryRow(table: table, row: Int(row)))
                    }
                }
            }
        }
        return []
    }

    /// The values that a row has under a term field.
    private func terms(of entry: EntryRow, field: String) -> [String] {
        let table = entry.table
        var indexing = EntryIndexing(table.key.kind, tables.authorities)
        let content = table.content(entry.row)
        indexing.take(content.span, row: 0)
        guard let number = indexing.termFields.firstIndex(of: field) else { return [] }
        let (terms, _) = indexing.terms.sorted()
        return terms.places(prefix: [UInt8(number)].span).map { place in
            terms.withBytes(place) { term in
                term.extracting(1...).withUnsafeBufferPointer {
                    String(decoding: $0, as: UTF8.self)
                }
            }
        }
    }
}
