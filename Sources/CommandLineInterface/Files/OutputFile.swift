import Glibc

/// A file that appears whole or not at all; `-` is standard output.
///
/// Bytes go into a temporary file beside it, which takes its name when `finish` is called. An
/// output that is let go before that leaves nothing behind.
struct OutputFile: ~Copyable {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private let isDiscarded: Bool
    private var isFinished = false

    /// Whether the output is standard output, which appears as it is written.
    private var isStandardOutput: Bool { path == "-" }

    /// Opens the output.
    ///
    /// - Parameters:
    ///   - path: Where the file appears.
    ///   - isDiscarded: Whether the bytes go nowhere, whatever the path.
    /// - Throws: a failure that names the path and the system's reason.
    init(path: String, isDiscarded: Bool = false) throws(CommandFailure) {
        self.path = path
        self.isDiscarded = isDiscarded
        guard !isDiscarded else {
            temporaryPath = ""
            descriptor = -1
            return
        }
        guard path != "-" else {
            temporaryPath = ""
            descriptor = STDOUT_FILENO
            return
        }
        temporaryPath = "\(path).part-\(getpid())"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        descriptor = open(temporaryPath, flags, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure("cannot write \(path): \(OutputFile.reason())")
        }
    }

    deinit {
        guard !isFinished, !isStandardOutput, descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporaryPath)
    }

    /// Writes bytes at the end.
    func write(_ bytes: Span<UInt8>) throws(CommandFailure) {
        guard !isDiscarded else { return }
        let failure: String? = bytes.withUnsafeBytes { buffer in
            var rest = buffer
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return OutputFile.reason() }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return nil
        }
        if let failure { throw CommandFailure("could not write \(path): \(failure)") }
    }

    /// Writes text at the end.
    func write(_ text: String) throws(CommandFailure) {
        let bytes = text.utf8
        try write(bytes.span)
    }

    /// Gives the file its name, its bytes safely on the disk.
    mutating func finish() throws(CommandFailure) {
        guard !isStandardOutput, !isDiscarded else { return }
        let isSafe = fsync(descriptor) == 0 || errno == EINVAL
        guard isSafe, rename(temporaryPath, path) == 0 else {
            throw CommandFailure("could not write \(path): \(OutputFile.reason())")
        }
        close(descriptor)
        isFinished = true
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
