import Foundation
import Registry
import RegistryModel
import SeededTesting
import Testing

/// Whatever has happened before, a rematch leaves the registry whole, and taken back it leaves no trace.
///
/// Method: random histories of loads, submissions, withdrawals, reverts and stewards' decisions over a small
/// population; between them rematches with random thresholds, beside a living writer. Half of them are taken
/// back at once, after which everything must be as before; the others at the end, in random order, when
/// much has come after them. After each step `verify` finds nothing, decisions broken included.
@Suite(.serialized) struct RematchPropertyTests {
    @Test(arguments: PropertySeeds.seeds(3)) func theRegistryStaysWhole(seed: UInt64) throws {
        try TestRegistry.withNode { node, url in
            var random = SeededGenerator(seed: seed)
            var history = LoadRevertHistory(node, url, seed: seed &+ 77)
            var kept: [Int64] = []
            var moved: Int64 = 0
            for round in 0..<8 {
                for _ in 0..<Int.random(in: 2...6, using: &random) { try history.step() }
                let before = try RevertedLoads.state(of: url)
                let thresholds: [Double] = [-12, -4, 0, 6, 14, 30]
                let automatic = thresholds.randomElement(using: &random) ?? 4
                let (plan, done) = try Rematches.rematch(
                    url, automatic: automatic, review: automatic - 6)
                let name = "seed \(seed), round \(round)"
                #expect(done.counts.skipped == 0, "\(name)")
                #expect(done.counts.moved == plan.forecast.moved, "\(name)")
                #expect(try TestRegistry.findings(in: url) == [], "\(name)")
                moved += done.counts.moved
                if Bool.random(using: &random) {
                    try Rematches.undo(done.operation, in: url)
                    let traces = Set(try RevertedLoads.state(of: url)).symmetricDifference(before)
                    #expect(traces.sorted() == [], "\(name)")
                    #expect(try TestRegistry.findings(in: url) == [], "\(name)")
                } else {
                    kept += [done.operation].compactMap { $0 }
                }
            }
            for operation in kept.shuffled(using: &random) {
                try Rematches.undo(operation, in: url)
                #expect(try TestRegistry.findings(in: url) == [], "seed \(seed), end")
            }
            let reopened = try RegistryNode.open(
                databaseURL: url, options: TestRegistry.options("reader", role: .reader))
            defer { reopened.close() }
            #expect(reopened.status().persons == node.status().persons, "seed \(seed)")
            #expect(reopened.status().reviewTasks == node.status().reviewTasks, "seed \(seed)")
            print("RematchPropertyTests: seed \(seed), \(moved) moved, \(history.summary)")
        }
    }
}
