internal import Glibc

/// A file that appears whole or not at all; `-` is standard output.
///
/// Bytes go into a temporary file beside it, which takes its name when `finish` is called. An
/// output that is let go before that leaves nothing behind. What is no regular file, a pipe or a
/// device, is written to as it is: a name taken over would leave a file where it was.
package struct OutputFile: ~Copyable {
    private let path: String
    /// The temporary file and the name it takes; nil where bytes go to their end at once.
    private let names: (temporary: String, final: String)?
    /// -1 where bytes go nowhere.
    private let descriptor: Int32
    private var isFinished = false

    /// Opens the output.
    ///
    /// - Parameters:
    ///   - path: Where the file appears; behind a symbolic link, its target.
    ///   - isDiscarded: Whether the bytes go nowhere, whatever the path.
    /// - Throws: `writeFailed` with the path and the system's reason.
    package init(path: String, isDiscarded: Bool = false) throws(ExtractError) {
        self.path = path
        guard !isDiscarded, path != "-" else {
            names = nil
            descriptor = isDiscarded ? -1 : STDOUT_FILENO
            return
        }
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
            names = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            let final = exists ? OutputFile.resolved(path) : path
            let temporary = "\(final).part-\(getpid())"
            names = (temporary, final)
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        }
        guard descriptor >= 0 else { throw OutputFile.failure(path) }
    }

    deinit {
        guard !isFinished, descriptor > STDOUT_FILENO else { return }
        close(descriptor)
        if let names { unlink(names.temporary) }
    }

    /// The path without symbolic links.
    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Writes bytes at the end.
    package func write(_ bytes: Span<UInt8>) throws(ExtractError) {
        guard descriptor >= 0 else { return }
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
        guard let names else { return }
        guard fsync(descriptor) == 0 || errno == EINVAL, rename(names.temporary, names.final) == 0
        else { throw OutputFile.failure(path) }
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
