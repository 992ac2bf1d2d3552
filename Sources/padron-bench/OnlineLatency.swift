import Foundation

/// The times of one kind of call.
///
/// Wall time is what a caller waits; time of the thread is the same without what other programs took
/// of the processor, the fairer measure of the longest pause on a busy machine.
struct LatencySummary: Sendable {
    private var wall: [UInt32] = []
    private var thread: [UInt32] = []

    /// Makes room for a number of calls, so that noting them costs no growth.
    init(capacity: Int) {
        wall.reserveCapacity(capacity)
        thread.reserveCapacity(capacity)
    }

    /// Calls of several threads taken together.
    init(joining parts: [LatencySummary]) {
        for part in parts {
            wall += part.wall
            thread += part.thread
        }
    }

    /// The number of calls.
    var count: Int { wall.count }

    /// Measures one call.
    mutating func time(_ body: () -> Void) {
        let threadStart = Self.nanoseconds(CLOCK_THREAD_CPUTIME_ID)
        let wallStart = Self.nanoseconds(CLOCK_MONOTONIC)
        body()
        let wallEnd = Self.nanoseconds(CLOCK_MONOTONIC)
        let threadEnd = Self.nanoseconds(CLOCK_THREAD_CPUTIME_ID)
        wall.append(UInt32(clamping: wallEnd - wallStart))
        thread.append(UInt32(clamping: threadEnd - threadStart))
    }

    /// The names of the columns of ``line(_:)``.
    static let header =
        "microseconds".padding(toLength: 20, withPad: " ", startingAt: 0)
        + "    calls    median      99 %    99.9 %   maximum"
        + "  of the thread:  median      99 %   maximum"

    /// A line of the table, in microseconds: wall time, then time of the thread.
    func line(_ name: String) -> String {
        let waited = Self.quantiles([0.5, 0.99, 0.999, 1], of: wall)
        let worked = Self.quantiles([0.5, 0.99, 1], of: thread)
        return name.padding(toLength: 20, withPad: " ", startingAt: 0)
            + String(format: "%9d", count) + waited.joined()
            + String(repeating: " ", count: 13) + worked.joined()
    }

    private static func quantiles(_ shares: [Double], of times: [UInt32]) -> [String] {
        let sorted = times.sorted()
        return shares.map { share in
            let time =
                sorted.isEmpty
                ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
            return String(format: "%10.1f", Double(time) / 1e3)
        }
    }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// What the system says this program holds of the memory.
enum ResidentMemory {
    /// Bytes resident now, 0 where the system does not tell.
    static var bytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// The time since it was made.
struct ElapsedTime {
    private let wall = ContinuousClock.now
    private let processor = clock()

    /// Wall time and processor time of all threads.
    var text: String {
        let waited = Double((ContinuousClock.now - wall) / .milliseconds(1)) / 1e3
        let worked = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
        return String(format: "%.2f s, processor %.2f s", waited, worked)
    }
}
