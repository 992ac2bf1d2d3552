import Identity
import RegistryModel

/// A person for a steward to read: who it is, its records, what they say, and what is open about
/// it.
struct PersonText {
    /// Records that stand beside each other in one table.
    private static let recordsAcross = 3
    /// The width of a value in characters.
    private static let valueWidth = 30

    private let person: PersonSnapshot
    private let archive: PersonArchive
    private let isPast: Bool
    private let withValues: Bool

    /// Describes a person of an archive; `isPast` where it is shown as known once, without values where
    /// it is restricted.
    init(
        _ person: PersonSnapshot, _ archive: PersonArchive, isPast: Bool = false,
        withValues: Bool = true
    ) {
        self.person = person
        self.archive = archive
        self.isPast = isPast
        self.withValues = withValues
    }

    /// The lines.
    var lines: [String] {
        var lines = [headline]
        guard !person.records.isEmpty else { return lines }
        var table = TextTable(["record", "version", "recorded", "linked by", "weight", ""])
        for record in person.records {
            table.add([
                RecordText.name(record.name), "\(record.version.version)",
                RecordText.time(record.version.recordedAt), record.link.origin.name.description,
                record.link.weight.map { Figures.decimal($0, places: 1) } ?? "",
                record.isErased ? "erased" : record.isWithdrawn ? "withdrawn" : "",
            ])
        }
        lines += [""] + table.lines
        if !withValues { lines += ["", RestrictedAccess.refusal] }
        var rest = withValues ? person.records.filter { !$0.isErased }[...] : []
        while !rest.isEmpty {
            lines += [""] + values(of: Array(rest.prefix(Self.recordsAcross)))
            rest = rest.dropFirst(Self.recordsAcross)
        }
        lines += person.pins.values.map { pin in
            "\(pin.field.name) is \(ProvenanceText.text(of: pin))"
        }
        if !isPast { lines += holds + doubts }
        return lines
    }

    private var headline: String {
        let count = person.records.count
        guard count > 0 else {
            let survivors = person.survivors.map(\.description).joined(separator: " and ")
            return survivors.isEmpty
                ? "\(person.person)  retired"
                : "\(person.person)  retired; \(survivors) answers in its place"
        }
        let fate =
            person.isRestricted
            ? ", restricted"
            : [.erased, .withdrawn].contains(person.status) ? ", \(person.status.rawValue)" : ""
        return
            "\(person.person)  \(Figures.counted(count, "record")), version \(person.version)\(fate)"
    }

    /// Golden record and some records side by side.
    private func values(of records: [PersonSnapshot.Record]) -> [String] {
        let golden = FieldChange.values(of: person.golden)
        let stated = records.map { FieldChange.values(of: $0.version.content) }
        var fields = golden.map(\.field)
        for values in stated {
            for (field, _) in values where !fields.contains(field) { fields.append(field) }
        }
        var table = TextTable(["field", "golden"] + records.map { RecordText.name($0.name) })
        for field in fields {
            let survivor = golden.first { $0.field == field }?.value ?? ""
            let cells = stated.map { values in
                guard let value = values.first(where: { $0.field == field })?.value else {
                    return ""
                }
                return value == survivor
                    ? "=" : RecordText.cell(value, width: Self.valueWidth)
            }
            table.add([field, RecordText.cell(survivor, width: Self.valueWidth)] + cells)
        }
        return table.lines
    }

    /// What stewards decided of the records, and what stands.
    private var holds: [String] {
        archive.constraints.filter { $0.retractedSequence == nil }.compactMap { held in
            guard let (own, other) = pair(held.constraint.left, held.constraint.right) else {
                return nil
            }
            let manner = held.constraint.isMustLink ? "together with" : "apart from"
            let operation = archive.events[held.sequence]?.operation
            let source = operation.map { " by operation \($0)" } ?? ""
            return "\(own) is held \(manner) \(other)\(source)"
        }
    }

    private var doubts: [String] {
        archive.tasks.filter { $0.closedSequence == nil }.compactMap { open in
            guard let (own, other) = pair(open.task.record, open.task.otherRecord) else {
                return nil
            }
            let weight =
                open.task.weight.map { ", \(Figures.signed($0, places: 1)) bits" } ?? ""
            return "task \(open.task.task): \(open.task.kind.rawValue) of \(own)"
                + (own == other ? "" : " and \(other)") + weight
        }
    }

    /// The names of two records, one of the person's first; nil where neither is the person's now.
    private func pair(_ left: Int64, _ right: Int64) -> (String, String)? {
        func name(_ record: Int64) -> String {
            archive.names[record].map(RecordText.name) ?? "record \(record)"
        }
        let own = Set(person.records.map(\.record))
        if own.contains(left) { return (name(left), name(right)) }
        return own.contains(right) ? (name(right), name(left)) : nil
    }
}
