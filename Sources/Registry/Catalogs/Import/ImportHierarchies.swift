internal import RegistryModel
internal import RegistryStore

/// Refuses rows whose parents nobody knows or that would be their own ancestors.
///
/// A refused row may take its children with it, and gives a code back to what the catalog says of it; so
/// this goes on until nothing more is refused.
struct ImportHierarchies {
    private let checking: EntryChecking
    private(set) var refused: [RefusedRow] = []

    /// Looks at all hierarchies of a file.
    init(
        _ table: inout ImportTable, _ checking: EntryChecking, _ session: inout RegistrySession
    ) throws {
        self.checking = checking
        guard !table.edges.isEmpty else { return }
        try findForeignParents(&table, &session)
        for _ in 0..<RegistryLimits.importRoundsMax {
            try readKnownParents(&table, &session)
            let before = refused.count
            refuseUnknownParents(&table)
            refuseCircles(&table)
            if refused.count == before { return }
        }
        // Deeper than any hierarchy is: what still hangs on refused rows goes with them.
        while true {
            let before = refused.count
            refuseUnknownParents(&table)
            if refused.count == before { return }
        }
    }

    private mutating func refuse(
        _ edge: ImportTable.Edge, _ problem: EntryProblem, _ table: inout ImportTable
    ) {
        let row = table.rows[Int(edge.row)]
        guard !row.isRefused else { return }
        table.refuse(row: Int(edge.row))
        refused.append(
            RefusedRow(
                line: Int(row.line), code: table.numbers[Int(row.code)], problem: problem))
    }

    private mutating func refuseUnknownParents(_ table: inout ImportTable) {
        // Against the order of the file a chain of children would fall one a round; so fall all at once.
        var children: [Int32: [Int]] = [:]
        var fallen: [Int32] = []
        for (place, edge) in table.edges.enumerated() where edge.row >= 0 && table.stands(edge) {
            let isKnown =
                edge.parent < 0
                ? table.isForeignKnown[Int(-1 - edge.parent)]
                : table.codes[Int(edge.parent)].isKnown || table.isStated(Int(edge.parent))
            if !isKnown {
                refuse(edge, .unknownParent(name(of: edge.parent, table)), &table)
                fallen.append(edge.child)
            } else if edge.parent >= 0, !table.codes[Int(edge.parent)].isKnown {
                children[edge.parent, default: []].append(place)
            }
        }
        while let code = fallen.popLast() {
            guard !table.isStated(Int(code)), let orphans = children.removeValue(forKey: code)
            else { continue }
            for place in orphans {
                let edge = table.edges[place]
                refuse(edge, .unknownParent(name(of: edge.parent, table)), &table)
                fallen.append(edge.child)
            }
        }
    }

    private mutating func refuseCircles(_ table: inout ImportTable) {
        for place in HierarchyCycles(table).edges {
            let edge = table.edges[place]
            // The catalog's own edges stand; a circle has one of the file's, since it had none before.
            guard edge.row >= 0 else { continue }
            refuse(edge, .cycle(through: name(of: edge.parent, table)), &table)
        }
    }

    private func name(of parent: Int32, _ table: ImportTable) -> String {
        parent < 0 ? table.foreign[Int(-1 - parent)].text : table.numbers[Int(parent)]
    }

    /// Finds which parents of other authorities are registered.
    private func findForeignParents(
        _ table: inout ImportTable, _ session: inout RegistrySession
    ) throws {
        let byAuthority = Dictionary(grouping: table.foreign.indices) {
            table.foreign[$0].authority
        }
        for (authority, places) in byAuthority {
            let catalog = CatalogKey(table.catalog.kind, authority)
            var known: Set<String> = []
            try session.readEntries(
                catalog: catalog, codes: places.map { table.foreign[$0].code }
            ) { _, code, period, _ in
                if period != nil { known.insert(code) }
            }
            for place in places where known.contains(table.foreign[place].code) {
                table.isForeignKnown[place] = true
            }
        }
    }

    /// Reads what the catalog has above codes which the file leaves as they are and stands on.
    private func readKnownParents(
        _ table: inout ImportTable, _ session: inout RegistrySession
    ) throws {
        while true {
            var wanted: [String] = []
            func want(_ number: Int) {
                let code = table.codes[number]
                guard code.isKnown, !code.hasKnownParents, !table.isStated(number) else { return }
                table.setHasKnownParents(number)
                wanted.append(table.numbers[number])
            }
            for edge in table.edges where edge.parent >= 0 {
                want(Int(edge.parent))
                want(Int(edge.child))
            }
            guard !wanted.isEmpty else { return }
            try session.readEntries(catalog: table.catalog, codes: wanted) {
                _, code, period, json in
                guard let period, let number = table.numbers.find(code) else { return }
                table.takeKnownParents(
                    number, period, checking.parents(try EntryContent(stored: json)))
            }
        }
    }
}
