import Synchronization

/// What a server has done since it started, counted by all loops.
final class ServerStatistics: Sendable {
    let requestsCount = Atomic<Int>(0)
    let failedAuthenticationsCount = Atomic<Int>(0)
    private let startedAt = ContinuousClock.now

    /// Whole seconds since the start.
    var uptimeSeconds: Int64 { startedAt.duration(to: .now).components.seconds }
}
