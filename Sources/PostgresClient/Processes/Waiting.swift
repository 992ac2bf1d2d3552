internal import Glibc

/// A moment on the monotonic clock after which a wait is given up.
struct Deadline {
    private let end: ContinuousClock.Instant

    init(milliseconds: Int) { end = .now + .milliseconds(milliseconds) }

    var isOver: Bool { .now >= end }
}

/// Pauses that grow from one millisecond to twenty.
struct Pause {
    private var microseconds: UInt32 = 1_000

    mutating func wait() {
        usleep(microseconds)
        microseconds = min(microseconds * 2, 20_000)
    }
}
