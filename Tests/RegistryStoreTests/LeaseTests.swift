import Glibc
import PostgresClient
import RegistryModel
import RegistryStore
import Testing

/// One writer at a time, and a dead one is replaced at once.
///
/// Method: sessions of one test over a real database; sessions are closed, or the row is aged.
@Suite struct LeaseTests {
    @Test func aLivingWriterIsNotReplaced() throws {
        try TestStore.withSession { first, address in
            let taken = try first.acquireLease(holder: "a", address: "10.0.0.1:7771")
            #expect(taken == LogPosition(epoch: 1, sequence: 0))
            var second = try RegistrySession(address)
            #expect(try second.acquireLease(holder: "b", address: "") == nil)
            let lease = try second.lease()
            #expect(lease.isAlive)
            #expect(lease.holder == "a")
            #expect(lease.address == "10.0.0.1:7771")
        }
    }

    @Test func aWriterWithoutSessionIsReplaced() throws {
        try TestStore.withSession { session, address in
            do {
                var first = try RegistrySession(address)
                _ = try first.acquireLease(holder: "a", address: "")
            }
            var taken: LogPosition?
            for _ in 0..<12_000 where taken == nil {
                taken = try session.acquireLease(holder: "b", address: "")
                usleep(5_000)
            }
            #expect(taken?.epoch == 2)
        }
    }

    /// Takes the lease for a writer that does not renew it, and answers a session that finds it so.
    private func session(
        besideSilent writer: inout RegistrySession, _ address: DatabaseAddress
    ) throws -> RegistrySession {
        _ = try writer.acquireLease(holder: "a", address: "")
        var other = try RegistrySession(address)
        try other.connection.execute(
            "UPDATE padron.lease SET renewed_at = renewed_at - interval '1 minute'")
        return other
    }

    @Test func aWriterThatHangsIsEnded() throws {
        try TestStore.withSession { first, address in
            var second = try session(besideSilent: &first, address)
            #expect(try second.acquireLease(holder: "b", address: "")?.epoch == 2)
            #expect(throws: PostgresError.self) { _ = try first.lease() }
            #expect(try second.renewLease(epoch: 2))
            #expect(try !second.renewLease(epoch: 1))
        }
    }

    @Test func aLongTransactionOfTheWriterKeepsItsLease() throws {
        try TestStore.withSession { first, address in
            var second = try session(besideSilent: &first, address)
            try first.connection.query("BEGIN")
            try first.connection.execute("UPDATE padron.lease SET sequence = sequence")
            #expect(try !second.lease().isAlive)
            do {
                var keeper = try RegistrySession(address)
                try keeper.keepLease(epoch: 1)
                #expect(try keeper.renewLease(epoch: 1))
                #expect(try second.lease().isAlive)
                #expect(try second.acquireLease(holder: "b", address: "") == nil)
                #expect(try !keeper.renewLease(epoch: 2))
            }
            // Its process is gone, and its transaction with it, though the server has not ended that yet.
            for _ in 0..<12_000 where try second.lease().isAlive { usleep(5_000) }
            #expect(try second.acquireLease(holder: "b", address: "")?.epoch == 2)
        }
    }

    @Test func writersOfOtherDatabasesLiveOn() throws {
        try TestStore.withSession { bystander, _ in
            _ = try bystander.acquireLease(holder: "a", address: "")
            try TestStore.withSession { first, address in
                var second = try session(besideSilent: &first, address)
                #expect(try second.acquireLease(holder: "b", address: "")?.epoch == 2)
            }
            #expect(try bystander.lease().isAlive)
        }
    }

    @Test func aLeaseGivenUpIsFree() throws {
        try TestStore.withSession { first, address in
            _ = try first.acquireLease(holder: "a", address: "")
            try first.releaseLease(epoch: 1)
            var second = try RegistrySession(address)
            #expect(try second.acquireLease(holder: "b", address: "")?.epoch == 2)
        }
    }
}
