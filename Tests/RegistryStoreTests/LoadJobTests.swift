import PostgresClient
import RegistryModel
import RegistryStore
import Testing

/// The job of a load moves forward only, and never loses or repeats a chunk.
///
/// Method: the states of one job, one after the other, over a real database.
@Suite struct LoadJobTests {
    @Test func aJobFromStagingToDone() throws {
        try TestStore.withSession { session, _ in
            let load = try session.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
            #expect(load.state == .staging)
            try session.stageChunk(load.load, 0, rows: 2, [1, 2, 3])
            try session.stageChunk(load.load, 1, rows: 1, [4])
            #expect(try session.nextStagedLoad() == nil)
            try session.finishStaging(load.load, chunks: 2, rows: 3, rejected: 1)
            #expect(try session.nextStagedLoad()?.load == load.load)
            #expect(try session.loadChunk(load.load, 0) == [1, 2, 3])
            let base = try #require(try session.acquireLease(holder: "a", address: ""))
            var counts = LoadCounts()
            counts.created = 2
            var batch = CommitBatch(base: base)
            batch.loadStep = LoadStep(
                load: load.load, chunk: 0, isLast: false, operation: 1, actor: "me",
                counts: counts)
            try session.commit(batch)
            #expect(throws: (any Error).self) { try session.commit(batch) }
            counts.created = 0
            counts.unchanged = 1
            batch.loadStep = LoadStep(
                load: load.load, chunk: 1, isLast: true, operation: 1, actor: "me",
                counts: counts)
            try session.commit(batch)
            let done = try session.load(load.load)
            #expect(done.state == .done)
            #expect(done.counts.total == 3)
            #expect(done.rowsRejected == 1)
            #expect(try session.nextStagedLoad() == nil)
            #expect(throws: StoreError.self) { _ = try session.loadChunk(load.load, 0) }
        }
    }

    @Test func anExtractIsStagedOnceAtATime() throws {
        try TestStore.withSession { first, address in
            let load = try first.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
            try first.stageChunk(load.load, 0, rows: 1, [1])
            var second = try RegistrySession(address)
            #expect(throws: StoreError.self) {
                _ = try second.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
            }
            let other = try second.beginLoad(extractName: "b.csv", digest: "e", actor: "me")
            #expect(other.load != load.load)
            try second.abandonLoad(other.load)
            #expect(try second.loads().map(\.load) == [load.load])
        }
    }

    @Test func whatADeadCommandStagedIsForgotten() throws {
        try TestStore.withSession { session, address in
            var number: Int64 = 0
            do {
                var dead = try RegistrySession(address)
                let load = try dead.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
                try dead.stageChunk(load.load, 0, rows: 1, [1])
                number = load.load
            }
            var again: Load?
            for _ in 0..<200 where again == nil {
                again = try? session.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
            }
            #expect(again?.load == number)
            #expect(again?.state == .staging)
            #expect(throws: StoreError.self) { _ = try session.loadChunk(number, 0) }
        }
    }
}
