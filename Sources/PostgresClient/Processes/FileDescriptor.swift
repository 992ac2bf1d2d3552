internal import Glibc

/// A file descriptor that is closed with its owner and never inherited by a child.
struct FileDescriptor: ~Copyable {
    let number: Int32

    init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(ClusterError) {
        let number = unsafe open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else {
            throw ClusterError(.home, "cannot open \(path): \(ClusterError.text(of: errno))")
        }
        self.number = number
    }

    deinit { close(number) }

    /// A file that has no name and goes with its descriptor.
    static func temporary() throws(ClusterError) -> FileDescriptor {
        let name = "/tmp/padron-output-\(getpid())-\(UInt64.random(in: .min ... .max))"
        let file = try FileDescriptor(name, O_RDWR | O_CREAT | O_EXCL)
        unsafe unlink(name)
        return file
    }

    /// What was written, from the start and up to a bound.
    borrowing func readFromStart() -> String {
        var bytes = [UInt8](repeating: 0, count: PostgresLimits.processOutputBytesMax)
        let count = unsafe pread(number, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
