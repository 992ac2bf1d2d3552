import Registry
import Testing

/// Whatever sources, stewards and operators do, in whatever order, whatever breaks meanwhile, the
/// registry stays whole.
///
/// Method: random histories that hold all operations: submissions, every decision, loads, rematches,
/// erasures, and the undo of anything, on nodes that are closed, opened from their snapshots and
/// replaced, with a connection cut between any two messages to the server or the writer cut off
/// altogether in one step of three. After each step the links are those that the answer told, a
/// refusal has changed nothing, and the writer answers so; an operation that is taken back at once
/// leaves no trace. Every 25 steps `verify` finds nothing, all nodes answer as one that is opened
/// then, the feed has no gap and repeats nothing, the log replayed gives the links, and persons as
/// of earlier positions are what they were. A failure names its seed and step.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RandomHistoryTests {
    @Test(arguments: RandomHistory.seeds) func theRegistryStaysWhole(seed: UInt64) throws {
        try TestRegistry.withDatabase { url in
            let history = try RandomHistory(url, seed: seed)
            defer { history.end() }
            while history.step < RandomHistory.stepsMax {
                try history.takeStep()
                if history.step % RandomHistory.stepsToCheck == 0 { try history.checkAll() }
            }
            try history.checkAll()
            let summary = history.tally.summary(of: history.nodes)
            print("RandomHistoryTests: seed \(seed), \(summary)")
        }
    }
}
