import Foundation
import Identity
import Linkage
import PostgresClient
import Registry
import RegistryModel
import RegistryStore

/// Registries that are linked anew.
enum Rematches {
    /// The shipped model of Chile with other thresholds.
    static func model(automatic: Double, review: Double = -3) throws -> LinkageModel {
        guard var model = ShippedModels.named("cl") else {
            throw RegistryError(.internal, "no model of Chile")
        }
        model.automaticThreshold = automatic
        model.reviewThreshold = review
        return model
    }

    /// The job of `padron rematch`.
    static func job(_ url: String) -> RematchJob {
        RematchJob(databaseURL: url, node: TestRegistry.options("rematch"))
    }

    /// Plans with thresholds and carries it out.
    @discardableResult
    static func rematch(
        _ url: String, automatic: Double, review: Double = -3
    ) throws -> (plan: RematchPlan, done: Rematch) {
        let plan = try job(url).plan(
            RematchRequest(
                model: .named(try model(automatic: automatic, review: review)), threads: 2))
        return (plan, try job(url).apply(plan, actor: "test", reason: "test"))
    }

    /// Takes a rematch back, which must do what its preview says.
    @discardableResult
    static func undo(_ operation: Int64?, in url: String) throws -> Rematch {
        let operation = operation ?? 0
        let preview = try job(url).undoPreview(of: operation)
        let done = try job(url).undo(operation, actor: "test", reason: "test")
        guard preview.returned == done.counts.moved, preview.stayed == done.counts.skipped,
            preview.tasksClosed == done.counts.tasksClosed
        else { throw RegistryError(.internal, "the preview told otherwise") }
        return done
    }

    /// A registry of generated persons that links nothing but near copies by itself; it is loaded once.
    private static func cautious(persons: Int) -> DatabaseTemplate {
        DatabaseTemplate("cautious_\(persons)") { address in
            let url = address.connectionString
            try RegistryNode.migrate(databaseURL: url)
            let path = try TestRegistry.extract(persons: persons, seed: 5)
            defer { try? FileManager.default.removeItem(atPath: path) }
            var options = TestRegistry.options("load")
            options.linkageModel = try model(automatic: 30)
            let request = LoadRequest(path: path, createsSources: true, actor: "test")
            _ = try LoadJob(databaseURL: url, request: request, node: options).run()
        }
    }

    /// Calls a closure with a new database of a cautious registry.
    static func withCautiousRegistry<Value>(
        persons: Int, _ body: (String) throws -> Value
    ) throws -> Value {
        try ThrowAwayCluster.withDatabase(from: cautious(persons: persons)) {
            try body($0.connectionString)
        }
    }

    /// Calls an asynchronous closure with a new database of a cautious registry.
    static func withCautiousRegistry<Value>(
        persons: Int, _ body: (String) async throws -> Value
    ) async throws -> Value {
        try await ThrowAwayCluster.withDatabase(from: cautious(persons: persons)) {
            try await body($0.connectionString)
        }
    }

    /// The person of each record, by number.
    static func links(of url: String) throws -> [Int64: EnterpriseIdentifier] {
        var session = try RegistrySession(DatabaseAddress(url))
        var links: [Int64: EnterpriseIdentifier] = [:]
        try session.readRecords { links[$0.record] = $0.person }
        return links
    }

    /// The number of the last operation.
    static func lastOperation(of url: String) throws -> Int64 {
        var session = try RegistrySession(DatabaseAddress(url))
        return try session.counters().lastOperation
    }

    /// Whether a rematch was carried out or stored.
    static func isDone(in url: String) throws -> Bool {
        var session = try RegistrySession(DatabaseAddress(url))
        return try session.activeModelNumber() > 1
    }

    /// Open review tasks.
    static func openTasks(of url: String) throws -> Int {
        var session = try RegistrySession(DatabaseAddress(url))
        return try session.openTasks().count
    }
}
