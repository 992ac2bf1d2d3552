import Identity
import Linkage
import Registry
import RegistryModel

/// What a rematch would change, for a steward to read.
struct RematchText {
    private let plan: RematchPlan
    private let changes: Range<Int>
    private let names: [Int64: LocalIdentifier]
    private let explanations: [Int: RematchExplanation]

    /// Gathers the names of the changes to list and the reasons of the first few.
    init(_ plan: RematchPlan, job: RematchJob, changes: Range<Int>, samples: Int) throws {
        self.plan = plan
        self.changes = changes
        names = try job.names(of: Array(plan.changes[changes]))
        explanations = try job.explanations(of: Array(changes.prefix(samples)), in: plan)
    }

    /// The lines: what changes in figures, the changes, the reasons.
    var lines: [String] { headlines + listed + reasons }

    private var headlines: [String] {
        let forecast = plan.forecast
        func persons(_ count: Int) -> String { Figures.counted(count, "person") }
        var lines = [
            "model \(plan.model.name), \(Self.thresholds(plan.model))"
                + (plan.modelInForce.map {
                    $0 == plan.model
                        ? "; it is in force"
                        : "; in force: \($0.name), "
                            + Self.thresholds($0)
                } ?? "; none is in force yet"),
            "\(Figures.counted(forecast.records, "record")) of \(persons(forecast.personsBefore)):"
                + " \(Figures.grouped(forecast.moved)) would move, to make"
                + " \(persons(forecast.personsAfter))",
            "\(persons(forecast.joining)) would become \(Figures.grouped(forecast.joined));"
                + " \(persons(forecast.parting)) would part into"
                + " \(Figures.grouped(forecast.parts))",
            "\(Figures.grouped(forecast.retired)) EUIDs would be retired,"
                + " \(Figures.grouped(forecast.created)) given out",
            "review tasks: \(Figures.grouped(forecast.tasksOpen)) open,"
                + " \(Figures.grouped(forecast.tasksClosed)) would close and"
                + " \(Figures.grouped(forecast.tasksOpened)) open",
        ]
        let held = [
            (forecast.heldApart, "pair", "of persons held apart by decisions"),
            (forecast.heldTogether, "pair", "of records held together by decisions"),
            (forecast.waiting, "person", "left alone, of whom a steward is asked"),
            (forecast.leftOut, "change", "left out, against which decisions stand, or too large"),
        ].filter { $0.0 > 0 }.map { "\(Figures.counted($0.0, $0.1)) \($0.2)" }
        lines += held
        return lines
    }

    /// The thresholds of a model.
    static func thresholds(_ model: LinkageModel) -> String {
        "links from \(Figures.signed(model.automaticThreshold, places: 2)) bits,"
            + " asks from \(Figures.signed(model.reviewThreshold, places: 2))"
    }

    private func name(_ record: Int64) -> String {
        names[record].map { "\($0.authority):\($0.value)" } ?? "record \(record)"
    }

    /// A person as planned: by its identifier, or as new.
    private func title(_ person: EnterpriseIdentifier, in change: RematchChange) -> String {
        change.before.contains(person) ? person.description : "new"
    }

    private var listed: [String] {
        guard !changes.isEmpty else { return [] }
        var table = TextTable(["change", "record", "from", "to", "weight"])
        for place in changes {
            let change = plan.changes[place]
            for member in change.members {
                table.add([
                    "\(place + 1)", name(member.record), member.from.description,
                    member.isMoving ? title(member.to, in: change) : "",
                    member.isMoving
                        ? member.weight.map { Figures.signed($0, places: 1) } ?? "" : "",
                ])
            }
        }
        var lines = [""] + table.lines
        let left = plan.changes.count - changes.upperBound
        if left > 0 {
            lines.append(
                "\(Figures.counted(left, "change")) behind them: --after \(changes.upperBound)")
        }
        return lines
    }

    private var reasons: [String] {
        explanations.sorted { $0.key < $1.key }.flatMap { place, reason in
            let pair =
                "\(reason.left.authority):\(reason.left.value) and"
                + " \(reason.right.authority):\(reason.right.value)"
            var lines = [
                "",
                "change \(place + 1): \(pair)"
                    + (reason.isJoining ? " become one person" : " are one person no longer"),
            ]
            if let before = reason.before {
                lines.append(
                    "\(Figures.signed(Double(before.total), places: 1)) bits by the model in force,"
                        + " \(Figures.signed(Double(reason.after.total), places: 1)) by this one")
            }
            return lines + WaterfallText.lines(reason.after)
        }
    }
}

// The same as JSON.
extension RematchText {
    /// The plan as one object: figures, the changes listed, the reasons of the first few.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("model")
        writer.string(plan.model.name)
        writer.key("automatic_threshold")
        writer.decimal(plan.model.automaticThreshold, places: 4)
        writer.key("review_threshold")
        writer.decimal(plan.model.reviewThreshold, places: 4)
        let forecast = plan.forecast
        for (key, count) in [
            ("records", forecast.records), ("moved", forecast.moved),
            ("persons_before", forecast.personsBefore), ("persons_after", forecast.personsAfter),
            ("joining", forecast.joining), ("joined", forecast.joined),
            ("parting", forecast.parting), ("parts", forecast.parts),
            ("retired", forecast.retired), ("created", forecast.created),
            ("tasks_open", forecast.tasksOpen), ("tasks_opened", forecast.tasksOpened),
            ("tasks_closed", forecast.tasksClosed), ("held_apart", forecast.heldApart),
            ("held_together", forecast.heldTogether), ("waiting", forecast.waiting),
            ("left_out", forecast.leftOut), ("changes_in_all", plan.changes.count),
        ] as [(StaticString, Int)] {
            writer.key(key)
            writer.integer(Int64(count))
        }
        writer.key("changes")
        writer.beginArray()
        for place in changes { write(place, to: &writer) }
        writer.endArray()
        if changes.upperBound < plan.changes.count {
            writer.key("next_after")
            writer.integer(Int64(changes.upperBound))
        }
        writer.endObject()
        return writer.text
    }

    private func write(_ place: Int, to writer: inout JSONWriter) {
        let change = plan.changes[place]
        writer.beginObject()
        writer.key("change")
        writer.integer(Int64(place) + 1)
        writer.key("records")
        writer.beginArray()
        for member in change.members {
            writer.beginObject()
            writer.key("record")
            writer.string(name(member.record))
            writer.key("from")
            writer.string(member.from.description)
            // New persons have no identifier before they are made: their places tell them apart.
            writer.key("to")
            let isKnown = change.before.contains(member.to)
            let number = change.after.filter { !change.before.contains($0) }
                .firstIndex(of: member.to)
            writer.string(isKnown ? member.to.description : "new-\((number ?? 0) + 1)")
            if let weight = member.weight {
                writer.key("weight")
                writer.decimal(weight, places: 2)
            }
            writer.endObject()
        }
        writer.endArray()
        if let reason = explanations[place] { write(reason, to: &writer) }
        writer.endObject()
    }

    private func write(_ reason: RematchExplanation, to writer: inout JSONWriter) {
        writer.key("because")
        writer.beginObject()
        writer.key("records")
        writer.beginArray()
        for name in [reason.left, reason.right] {
            writer.string("\(name.authority):\(name.value)")
        }
        writer.endArray()
        writer.key("become_one")
        writer.boolean(reason.isJoining)
        if let before = reason.before {
            writer.key("weight_in_force")
            writer.decimal(Double(before.total), places: 2)
        }
        writer.key("weight")
        writer.decimal(Double(reason.after.total), places: 2)
        writer.key("contradiction")
        writer.boolean(reason.after.isVetoed)
        writer.key("steps")
        writer.beginArray()
        for step in reason.after.steps {
            writer.beginObject()
            writer.key("step")
            writer.string(step.field.name)
            writer.key("level")
            writer.string(step.level)
            writer.key("weight")
            writer.decimal(Double(step.weight), places: 2)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
