import Foundation
import Registry
import RegistryModel
import RegistryStore
import Testing

// What operators do: loads, rematches, and the taking back of them.
extension RandomHistory {
    /// Loads a small extract; now and then takes it back at once.
    func load() throws {
        let takesBack = Int.random(in: 0..<3, using: &random) == 0
        let last = try RevertedLoads.lastRecord(of: url)
        let before = takesBack ? try state(upTo: last) : []
        let people = (0..<HistoryPopulation.personsMax).shuffled(using: &random)
            .prefix(Int.random(in: 1...12, using: &random))
        var lines: [String] = []
        for person in people {
            let source = HistoryPopulation.sources.randomElement(using: &random) ?? ""
            lines.append(HistoryPopulation.line(person, source: source, &random))
        }
        let path = try RevertedLoads.extract(lines)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let count = lines.count
        var attempts = 0
        var made: Int64?
        while made == nil {
            attempts += 1
            // Killed and begun again, it ends as one that was not.
            let outcome = try carryOut("load", isCommand: true) { way in
                try LoadJob(
                    databaseURL: way.url,
                    request: LoadRequest(path: path, actor: "operator"),
                    node: TestRegistry.options("load")
                ).run()
            }
            switch outcome {
            case .done(let summary):
                #expect(summary.counts.total + summary.rejected == Int64(count), "\(place)")
                made = summary.load
            case .refused(let error): throw error
            case .unknown: try readRecords(allowingNew: count)
            }
        }
        try readRecords(allowingNew: count)
        // A load all of whose rows were rejected has registered nothing that could be taken back.
        guard takesBack, attempts == 1, let made, let operation = try session.load(made).operation,
            try revertLoad(of: operation)
        else { return }
        doing = "load taken back"
        expectNoTrace(of: operation, try state(upTo: last), before)
    }

    /// Takes the load of an operation back, to its end; whether it was not before.
    func revertLoad(of operation: Int64) throws -> Bool {
        let load = try session.loads(limit: 10_000).first { $0.operation == operation }?.load ?? 0
        while true {
            let outcome = try carryOut("load revert", isCommand: true) { way in
                try LoadRevertJob(
                    databaseURL: way.url, load: load, node: TestRegistry.options("revert")
                ).run(actor: "operator", reason: "test")
            }
            switch outcome {
            case .done:
                try readRecords(allowingNew: 0)
                return true
            case .refused:
                try expectNothingChanged()
                return false
            case .unknown:
                try readRecords(allowingNew: 0)
                if try session.load(load).state == .reverted { return true }
            }
        }
    }

    /// Links everything anew at other thresholds; half of the time that is taken back at once.
    func rematch() throws {
        let thresholds: [Double] = [-12, -4, 0, 6, 14, 30]
        let automatic = thresholds.randomElement(using: &random) ?? 4
        let takesBack = Bool.random(using: &random)
        let before = takesBack ? try state() : []
        let request = RematchRequest(
            model: .named(try Rematches.model(automatic: automatic, review: automatic - 6)),
            threads: 1)
        let outcome = try carryOut("rematch", isCommand: true) { way in
            let job = RematchJob(databaseURL: way.url, node: TestRegistry.options("rematch"))
            let plan = try job.plan(request)
            if plan.isEmpty { throw RegistryError(.conflict, "nothing to do") }
            let done = try job.apply(plan, actor: "operator", reason: "test")
            guard done.counts.skipped == 0, done.counts.moved == plan.forecast.moved else {
                throw RegistryError(.internal, "the forecast told otherwise")
            }
            return done.operation
        }
        try readRecords(allowingNew: 0)
        guard case .done(let operation?) = outcome, takesBack, try undoRematch(operation) else {
            return
        }
        doing = "rematch taken back"
        expectNoTrace(of: operation, try state(), before)
    }

    /// Takes a rematch back, to its end; whether it was not before.
    func undoRematch(_ operation: Int64) throws -> Bool {
        let wasStanding = try session.operation(operation)?.undoneBy == nil
        let outcome = try carryOut("rematch undo", isCommand: true) { way in
            try RematchJob(databaseURL: way.url, node: TestRegistry.options("rematch"))
                .undo(operation, actor: "operator", reason: "test")
        }
        if case .refused = outcome { try expectNothingChanged() }
        try readRecords(allowingNew: 0)
        return try wasStanding && session.operation(operation)?.undoneBy != nil
    }
}
