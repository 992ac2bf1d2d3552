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
            try stage([(2, [1, 2, 3]), (1, [4])], of: load, &session)
            #expect(try session.nextStagedLoad() == nil)
            try session.finishStaging(load.load, chunks: 2, rows: 3, rejected: 1)
            #expect(try session.nextStagedLoad()?.load == load.load)
            #expect(try session.loadChunks(load.load, from: 0, rowsMax: 2) == [[1, 2, 3]])
            #expect(
                try session.loadChunks(load.load, from: 0, rowsMax: 3) == [[1, 2, 3], [4]])
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
            #expect(throws: StoreError.self) {
                _ = try session.loadChunks(load.load, from: 0, rowsMax: 2)
            }
        }
    }

    @Test func aStepMayBeOfSeveralChunks() throws {
        try TestStore.withSession { session, _ in
            let load = try session.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
            try stage([(1, [1]), (1, [2]), (1, [3])], of: load, &session)
            try session.finishStaging(load.load, chunks: 3, rows: 3, rejected: 0)
            var batch = CommitBatch(
                base: try #require(try session.acquireLease(holder: "a", address: "")))
            var counts = LoadCounts()
            counts.unchanged = 2
            batch.loadStep = LoadStep(
                load: load.load, chunk: 0, chunks: 2, isLast: false, operation: 1, actor: "me",
                counts: counts)
            try session.commit(batch)
            #expect(try session.load(load.load).chunksDone == 2)
            #expect(try session.loadChunks(load.load, from: 2, rowsMax: 100) == [[3]])
        }
    }

    /// Stages chunks by how many rows they hold and what they say.
    private func stage(
        _ chunks: [(rows: Int32, content: [UInt8])], of load: Load,
        _ session: inout RegistrySession
    ) throws {
        var left = chunks.enumerated().map { place, chunk in
            StagedChunkRow(chunk: Int32(place), rows: chunk.rows, content: chunk.content)
        }[...]
        try session.stageChunks(load.load) { left.popFirst() }
    }

    @Test func anExtractIsStagedOnceAtATime() throws {
        try TestStore.withSession { first, address in
            let load = try first.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
            try stage([(1, [1])], of: load, &first)
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
                try stage([(1, [1])], of: load, &dead)
                number = load.load
            }
            var again: Load?
            for _ in 0..<200 where again == nil {
                again = try? session.beginLoad(extractName: "a.csv", digest: "d", actor: "me")
            }
            #expect(again?.load == number)
            #expect(again?.state == .staging)
            #expect(throws: StoreError.self) {
                _ = try session.loadChunks(number, from: 0, rowsMax: 2)
            }
        }
    }
}
