internal import Glibc
internal import Synchronization

/// A lock on a file, freed by `release`, with its last reference, or by the death of the process.
final class FileLock: Sendable {
    enum Mode {
        case shared
        case exclusive
    }

    private let number: Int32
    private let isHeld = Mutex(true)

    /// Takes the lock, waiting for it.
    convenience init(_ path: String, _ mode: Mode) throws(ClusterError) {
        self.init(number: try Self.open(path))
        guard lock(mode, waits: true) else {
            throw ClusterError(.home, "cannot lock \(path): \(ClusterError.text(of: errno))")
        }
    }

    /// Takes the lock, or answers nil when it is held elsewhere.
    convenience init?(_ path: String, _ mode: Mode, waits: Bool) throws(ClusterError) {
        self.init(number: try Self.open(path))
        guard lock(mode, waits: waits) else { return nil }
    }

    private init(number: Int32) { self.number = number }

    deinit { release() }

    /// Changes the mode; while it waits or fails, the lock may not be held at all.
    func lock(_ mode: Mode, waits: Bool) -> Bool {
        let operation = (mode == .shared ? LOCK_SH : LOCK_EX) | (waits ? 0 : LOCK_NB)
        while flock(number, operation) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }

    /// Frees the lock.
    func release() {
        isHeld.withLock { held in
            if held { close(number) }
            held = false
        }
    }

    private static func open(_ path: String) throws(ClusterError) -> Int32 {
        let number = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else {
            throw ClusterError(.home, "cannot open \(path): \(ClusterError.text(of: errno))")
        }
        return number
    }
}
