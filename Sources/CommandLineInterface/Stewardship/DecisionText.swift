import Identity
import RegistryModel

/// What a decision did, or would do, for a steward to read.
struct DecisionText {
    private let outcome: DecisionOutcome

    /// Describes an outcome.
    init(_ outcome: DecisionOutcome) { self.outcome = outcome }

    /// The lines, without local identifiers beyond those of the records that move or stay.
    var lines: [String] {
        var lines = [headline]
        if !outcome.moves.isEmpty {
            var table = TextTable(["record", "from", "to"])
            for move in outcome.moves {
                table.add([
                    "\(move.record.authority):\(move.record.value)", move.from.description,
                    move.to.description,
                ])
            }
            lines += table.lines
        }
        lines += StayText.lines(outcome.stays, of: outcome.stays.count)
        for retired in outcome.retired {
            let survivors = retired.survivors.map(\.description).joined(separator: " and ")
            lines.append("\(retired.person) is retired; \(survivors) answers instead")
        }
        for person in outcome.revived { lines.append("\(person) is a person again") }
        for record in outcome.withdrawn {
            let fate =
                outcome.kind == .erase ? "is erased for good" : "is withdrawn and no longer counts"
            lines.append("\(record.authority):\(record.value) \(fate)")
        }
        for record in outcome.reinstated {
            lines.append("\(record.authority):\(record.value) counts again")
        }
        for pinned in outcome.pinned {
            lines.append("\(pinned.field.name) is pinned by way of \(name(of: pinned))")
        }
        for pinned in outcome.unpinned {
            lines.append("\(pinned.field.name) is no longer pinned by way of \(name(of: pinned))")
        }
        if let release = outcome.release {
            let verb = outcome.operation == nil ? "would be" : "is"
            lines.append(
                "release \(release) \(verb) \(outcome.kind == .import ? "live" : "taken back")")
        }
        lines += counts
        lines += outcome.warnings.map { "note: \($0)" }
        return lines
    }

    private func name(of pinned: PinnedField) -> String {
        "\(pinned.record.authority):\(pinned.record.value)"
    }

    private var headline: String {
        let moved = Figures.counted(outcome.moves.count, "record")
        guard let operation = outcome.operation else {
            return outcome.kind.rawValue + (outcome.moves.isEmpty ? "" : " would move \(moved)")
        }
        return "operation \(operation): \(outcome.kind.rawValue)"
            + (outcome.moves.isEmpty ? "" : " moved \(moved)")
    }

    private var counts: [String] {
        [
            (outcome.constraintsAdded, "pair", "of records held from now on"),
            (outcome.constraintsRetracted, "pair", "of records free again"),
            (outcome.tasksClosed, "review task", "closed"),
            (outcome.tasksReopened, "review task", "open again"),
            (outcome.tasksOpened, "review task", "opened"),
        ].filter { $0.0 > 0 }.map { "\(Figures.counted($0.0, $0.1)) \($0.2)" }
    }
}
