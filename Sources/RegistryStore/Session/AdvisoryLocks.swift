internal import Glibc
internal import PostgresClient

extension PostgresConnection {
    /// Tries to take an advisory lock, again and again for as long as a dead command may seem to hold it.
    ///
    /// A command that was killed leaves its session behind until the server has noticed. Whoever begins
    /// the same work anew must neither be refused for that nor take the dead for a living one. The attempt is
    /// a `SELECT pg_try_advisory_lock(…)`; false where somebody lives who has the lock.
    mutating func outwaitingTheDead(_ attempt: SQL) throws -> Bool {
        let stepMicroseconds: UInt32 = 20_000
        let steps = StoreLimits.deadSessionMillisecondsMax * 1_000 / Int64(stepMicroseconds)
        for _ in 0..<steps {
            if try query(attempt).single.bool(0) { return true }
            usleep(stepMicroseconds)
        }
        return try query(attempt).single.bool(0)
    }
}
