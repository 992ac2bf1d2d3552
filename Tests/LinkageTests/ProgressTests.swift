import Synchronization
import Testing

@testable import Linkage

/// A run tells how far it has come.
///
/// Method: all that is told of a run over a few hundred households, on one and two threads.
@Suite struct ProgressTests {
    @Test(arguments: [1, 2]) func fractionsMove(threads: Int) {
        let records = LinkageRunTests.population(households: 300).map(\.record)
        var builder = PopulationBuilder(threads: threads)
        builder.append(records, sources: records.map { _ in "a" })
        var options = LinkageOptions()
        options.threads = threads
        let told = Mutex<[LinkageProgress]>([])
        _ = LinkageRun.run(builder.finish(), options: options) { progress in
            told.withLock { $0.append(progress) }
        }
        let all = told.withLock { $0 }
        #expect(all.allSatisfy { (0...1).contains($0.fraction) })
        for phase in LinkagePhase.allCases {
            let fractions = all.filter { $0.phase == phase }.map(\.fraction)
            #expect(fractions.first == 0 && fractions.last == 1)
        }
        let blocking = all.filter { $0.phase == .blocking && $0.fraction > 0 && $0.fraction < 1 }
        #expect(blocking.count >= 10, "each rule's blocks are a step")
    }
}
