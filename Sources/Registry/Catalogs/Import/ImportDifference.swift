internal import RegistryModel
internal import RegistryStore

/// What a file changes in its catalog, code by code.
struct ImportDifference {
    private(set) var counts = ReleaseCounts()
    /// New and changed codes by number, in the order of the file where it has each once.
    private(set) var stated: [Int32] = []
    /// Codes that the file closes.
    private(set) var closed: [Int32] = []
    private var sampled: [(number: Int32, change: CodeDifference.Change)] = []

    /// Compares the rows of a table with what it knows of the catalog.
    init(_ table: ImportTable, closesMissing: Bool) {
        for number in table.codes.indices {
            switch table.change(of: number, closesMissing: closesMissing) {
            case .new?:
                sample(number, .new, counts.new)
                counts.new += 1
                stated.append(Int32(number))
            case .changed?:
                sample(number, .changed, counts.changed)
                counts.changed += 1
                stated.append(Int32(number))
            case .closed?:
                sample(number, .closed, counts.closed)
                counts.closed += 1
                closed.append(Int32(number))
            case nil: if table.isStated(number) { counts.unchanged += 1 }
            }
        }
        // A changed code has its number from the catalog, and its content elsewhere in the file.
        stated.sort { table.codes[Int($0)].firstRow < table.codes[Int($1)].firstRow }
    }

    private mutating func sample(_ number: Int, _ change: CodeDifference.Change, _ before: Int64) {
        guard before < Int64(RegistryLimits.importSamplesMax) else { return }
        sampled.append((Int32(number), change))
    }

    /// The first codes of each kind of change, changed ones field by field.
    func samples(
        _ table: ImportTable, _ spool: EntrySpool, _ session: inout RegistrySession
    ) throws -> [CodeDifference] {
        let changed = sampled.filter { $0.change == .changed }.map { table.numbers[Int($0.number)] }
        var before: [String: [CatalogEntry]] = [:]
        try session.readEntries(catalog: table.catalog, codes: changed) { _, code, period, json in
            guard let period else { return }
            before[code, default: []].append(
                CatalogEntry(code: code, period: period, content: try EntryContent(stored: json)))
        }
        return try sampled.map { sample in
            let code = table.numbers[Int(sample.number)]
            guard sample.change == .changed else {
                return CodeDifference(code: code, change: sample.change)
            }
            let after = try table.statedRows(of: Int(sample.number)).map { row in
                CatalogEntry(
                    code: code, period: row.period ?? .always,
                    content: try EntryContent(
                        stored: try spool.read(at: row.start, count: Int(row.length))))
            }
            return CodeDifference(
                code: code, change: .changed,
                fields: FieldDifference.between(before[code] ?? [], after))
        }
    }
}

extension FieldDifference {
    /// What differs between the entries of a code before and after, those that begin on one day beside
    /// each other.
    static func between(_ before: [CatalogEntry], _ after: [CatalogEntry]) -> [FieldDifference] {
        var differences: [FieldDifference] = []
        let days = Set((before + after).map { $0.period.from ?? .min }).sorted()
        let isOneEach = before.count == 1 && after.count == 1
        for day in isOneEach ? [days[0]] : days {
            let old = isOneEach ? before.first : before.first { ($0.period.from ?? .min) == day }
            let new = isOneEach ? after.first : after.first { ($0.period.from ?? .min) == day }
            let mark = isOneEach ? "" : day == .min ? "" : "\(EntryPeriod.text(day)) "
            differences += difference(old, new, mark)
        }
        return differences
    }

    private static func difference(
        _ before: CatalogEntry?, _ after: CatalogEntry?, _ mark: String
    ) -> [FieldDifference] {
        var differences: [FieldDifference] = []
        let days: [(String, (EntryPeriod) -> Int32?)] = [
            ("valid_from", { $0.from }), ("valid_to", { $0.through }),
        ]
        for (name, day) in days {
            let (old, new) = (before.flatMap { day($0.period) }, after.flatMap { day($0.period) })
            if old != new {
                differences.append(
                    FieldDifference(
                        field: mark + name, before: old.map(EntryPeriod.text) ?? "",
                        after: new.map(EntryPeriod.text) ?? ""))
            }
        }
        let names = (before?.content.members ?? []).map(\.key)
        let added = (after?.content.members ?? []).map(\.key).filter { !names.contains($0) }
        for name in names + added {
            let (old, new) = (before?.content[name], after?.content[name])
            if old != new {
                differences.append(
                    FieldDifference(field: mark + name, before: text(old), after: text(new)))
            }
        }
        return differences
    }

    private static func text(_ value: JSONValue?) -> String {
        guard let value else { return "" }
        if case .string(let text) = value { return text }
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
