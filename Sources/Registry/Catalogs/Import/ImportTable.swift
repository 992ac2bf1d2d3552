internal import RegistryModel

/// What an import holds in memory of a file and of its catalog: of each code and each entry some numbers
/// and none of the content, about 150 bytes together.
struct ImportTable {
    /// What is known of a code.
    struct Code {
        /// The sum of the digests of the entries by which the catalog tells of it.
        var knownDigest: UInt128 = 0
        /// The release that tells of it; 0 where the catalog never had it.
        var knownRelease: Int64 = 0
        /// Its first row in the file; -1 where there is none.
        var firstRow: Int32 = -1
        /// Whether the catalog says that it is no more.
        var isGone = false
        /// Whether the catalog has it valid on the day of the import or later.
        var isOpen = false
        /// Whether the file names it, be it in a row that is refused.
        var isMentioned = false
        /// Whether the parents that the catalog gives it have been read.
        var hasKnownParents = false

        /// Whether the catalog has it.
        var isKnown: Bool { knownRelease != 0 && !isGone }
    }

    /// One row of the file that has not been refused, or was later.
    struct Row {
        var digest: UInt128
        /// Where its content lies in the spool, and how long it is.
        var start: UInt64
        var length: Int32
        var code: Int32
        var line: Int32
        var from: Int32
        var through: Int32
        /// The next row of the code; -1 where this is the last.
        var next: Int32 = -1
        /// Its place among the positions; -1 where it has none.
        var position: Int32 = -1
        var isRefused = false

        var period: EntryPeriod? {
            EntryPeriod(
                from: from == .min ? nil : from, through: through == .max ? nil : through)
        }
    }

    /// A code below another in a hierarchy, on the days of a row, or as the catalog has it.
    struct Edge {
        /// The row; -1 for an edge of the catalog.
        var row: Int32
        var child: Int32
        /// The code above it; below zero for one of another authority.
        var parent: Int32
        var hierarchy: Int32
        var from: Int32
        var through: Int32
    }

    let catalog: CatalogKey
    var numbers = CodeTable()
    private(set) var codes: [Code] = []
    private(set) var rows: [Row] = []
    private(set) var positions: [(latitude: Double, longitude: Double)] = []
    private(set) var edges: [Edge] = []
    private(set) var hierarchies: [String] = []
    /// References to parents of other authorities, by number, and whether they are registered.
    private(set) var foreign: [EntryReference] = []
    var isForeignKnown: [Bool] = []
    private var foreignNumbers: [EntryReference: Int32] = [:]

    /// Creates a table of nothing.
    init(_ catalog: CatalogKey) { self.catalog = catalog }

    /// The number of a code.
    mutating func number(of code: String) -> Int {
        let number = numbers.number(of: code)
        if number == codes.count { codes.append(Code()) }
        return number
    }

    /// Takes note that the file names a code.
    mutating func mention(_ code: String) {
        let number = number(of: code)
        codes[number].isMentioned = true
    }

    /// Takes an entry by which the catalog tells of a code; the last release comes first.
    mutating func takeKnown(
        _ code: String, _ period: EntryPeriod?, _ json: [UInt8], release: Int64, day: Int32
    ) {
        let number = number(of: code)
        if codes[number].knownRelease == 0 { codes[number].knownRelease = release }
        guard codes[number].knownRelease == release else { return }
        guard let period else {
            codes[number].isGone = true
            return
        }
        codes[number].knownDigest &+= EntryChecking.digest(period, json)
        if period.through.map({ $0 >= day }) ?? true { codes[number].isOpen = true }
    }

    /// Takes a row, or tells why it cannot stand beside an earlier one.
    mutating func take(_ entry: CheckedEntry, start: UInt64) throws(EntryProblem) {
        let number = number(of: entry.code)
        codes[number].isMentioned = true
        let row = Int32(rows.count)
        let last = try lastRow(of: number, beside: entry)
        rows.append(
            Row(
                digest: entry.digest, start: start, length: Int32(entry.json.count),
                code: Int32(number), line: Int32(clamping: entry.line),
                from: entry.period.from ?? .min, through: entry.period.through ?? .max))
        if last < 0 { codes[number].firstRow = row } else { rows[Int(last)].next = row }
        if let position = entry.position {
            rows[Int(row)].position = Int32(positions.count)
            positions.append(position)
        }
        for (hierarchy, parent) in entry.parents {
            addEdge(row, number, hierarchy, parent, entry.period)
        }
    }

    /// The last row of a code, all of which must be parted from a new one; -1 where there is none.
    private func lastRow(
        of number: Int, beside entry: CheckedEntry
    ) throws(EntryProblem) -> Int32 {
        var last: Int32 = -1
        var next = codes[number].firstRow
        var count = 0
        while next >= 0 {
            let row = rows[Int(next)]
            if let period = row.period, period.overlaps(entry.period) {
                let line = Int(row.line)
                throw period == entry.period ? .duplicate(line: line) : .overlapping(line: line)
            }
            count += 1
            last = next
            next = row.next
        }
        guard count < RegistryLimits.importEntriesOfCodeMax else {
            throw .unreadable(
                "its code has more than \(RegistryLimits.importEntriesOfCodeMax) entries")
        }
        return last
    }

    /// Takes the parents that the catalog gives a code which the file leaves as it is.
    mutating func takeKnownParents(
        _ number: Int, _ period: EntryPeriod,
        _ parents: [(hierarchy: String, parent: EntryReference)]
    ) {
        for (hierarchy, parent) in parents { addEdge(-1, number, hierarchy, parent, period) }
    }

    /// Takes note that the catalog's parents of a code are known.
    mutating func setHasKnownParents(_ number: Int) { codes[number].hasKnownParents = true }

    private mutating func addEdge(
        _ row: Int32, _ child: Int, _ hierarchy: String, _ parent: EntryReference,
        _ period: EntryPeriod
    ) {
        let above: Int32
        if parent.authority == catalog.authority {
            above = Int32(number(of: parent.code))
        } else if row < 0 {
            return
        } else {
            above = -1 - foreignNumber(of: parent)
        }
        edges.append(
            Edge(
                row: row, child: Int32(child), parent: above,
                hierarchy: hierarchyNumber(hierarchy), from: period.from ?? .min,
                through: period.through ?? .max))
    }

    private mutating func foreignNumber(of reference: EntryReference) -> Int32 {
        if let known = foreignNumbers[reference] { return known }
        let number = Int32(foreign.count)
        foreign.append(reference)
        isForeignKnown.append(false)
        foreignNumbers[reference] = number
        return number
    }

    private mutating func hierarchyNumber(_ name: String) -> Int32 {
        if let known = hierarchies.firstIndex(of: name) { return Int32(known) }
        hierarchies.append(name)
        return Int32(hierarchies.count - 1)
    }

    /// Refuses a row that was taken.
    mutating func refuse(row: Int) { rows[row].isRefused = true }

    /// Whether an edge counts: one of a row that is not refused, or of a code that the file leaves alone.
    func stands(_ edge: Edge) -> Bool {
        edge.row >= 0 ? !rows[Int(edge.row)].isRefused : !isStated(Int(edge.child))
    }

    /// Whether the file has a row of a code that is not refused.
    func isStated(_ number: Int) -> Bool {
        var next = codes[number].firstRow
        while next >= 0 {
            if !rows[Int(next)].isRefused { return true }
            next = rows[Int(next)].next
        }
        return false
    }

    /// The rows of a code that are not refused, in the order of their days.
    func statedRows(of number: Int) -> [Row] {
        var stated: [Row] = []
        var next = codes[number].firstRow
        while next >= 0 {
            let row = rows[Int(next)]
            if !row.isRefused { stated.append(row) }
            next = row.next
        }
        return stated.count < 2 ? stated : stated.sorted { $0.from < $1.from }
    }

    /// What becomes of a code; nil where nothing does.
    func change(of number: Int, closesMissing: Bool) -> CodeDifference.Change? {
        let code = codes[number]
        var digest: UInt128 = 0
        var isStated = false
        var next = code.firstRow
        while next >= 0 {
            let row = rows[Int(next)]
            if !row.isRefused {
                isStated = true
                digest &+= row.digest
            }
            next = row.next
        }
        if isStated {
            return code.isKnown ? (digest == code.knownDigest ? nil : .changed) : .new
        }
        return closesMissing && code.isKnown && code.isOpen && !code.isMentioned ? .closed : nil
    }
}
