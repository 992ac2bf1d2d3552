internal import Glibc

/// A file that appears whole or not at all; `-` is standard output.
///
/// Bytes go into a temporary file beside it, which takes its name when `finish` is called. An
/// output that is let go before that leaves nothing behind.
package struct OutputFile: ~Copyable {
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
    /// - Throws: `writeFailed` with the path and the system's reason.
    package init(path: String, isDiscarded: Bool = false) throws(ExtractError) {
        self.path = path
        self.isDiscarded = isDiscarded
        guard !isDiscarded, path != "-" else {
            temporaryPath = ""
            descriptor = isDiscarded ? -1 : STDOUT_FILENO
            return
        }
        temporaryPath = "\(path).part-\(getpid())"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        descriptor = open(temporaryPath, flags, 0o644)
        guard descriptor >= 0 else { throw OutputFile.failure(path) }
    }

    deinit {
        guard !isFinished, !isStandardOutput, descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporaryPath)
    }

    /// Writes bytes at the end.
    package func write(_ bytes: Span<UInt8>) throws(ExtractError) {
        guard !isDiscarded else { return }
        let isWritten = bytes.withUnsafeBytes { buffer in
            var rest = buffer
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return false }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return true
        }
        guard isWritten else { throw OutputFile.failure(path) }
    }

    /// Gives the file its name, its bytes safely on the disk.
    package mutating func finish() throws(ExtractError) {
        guard !isStandardOutput, !isDiscarded else { return }
        guard fsync(descriptor) == 0 || errno == EINVAL, rename(temporaryPath, path) == 0 else {
            throw OutputFile.failure(path)
        }
        close(descriptor)
        isFinished = true
    }

    /// What the system just refused.
    private static func failure(_ path: String) -> ExtractError {
        errno == ENOSPC
            ? .diskFull(path: path)
            : .writeFailed(path: path, reason: String(cString: strerror(errno)))
    }
}
