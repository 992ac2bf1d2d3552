internal import Glibc

/// A file that appears whole or not at all; `-` is standard output.
///
/// Bytes go into a file without a name, which takes its own when `finish` is called. An output that
/// is let go before that leaves nothing behind, nor does a program that is killed; only where the
/// file system knows no files without a name do the bytes wait in a temporary one beside the final.
/// What is no regular file, a pipe or a device, is written to as it is: a name taken over would leave
/// a file where it was.
package struct OutputFile: ~Copyable {
    private let path: String
    /// The temporary file and the name it takes; nil where bytes go to their end at once.
    private let names: (temporary: String, final: String)?
    /// -1 where bytes go nowhere.
    private let descriptor: Int32
    /// Whether the temporary file has its name yet.
    private var isNamed: Bool
    private var isFinished = false

    /// Opens the output.
    ///
    /// - Parameters:
    ///   - path: Where the file appears; behind a symbolic link, its target.
    ///   - isDiscarded: Whether the bytes go nowhere, whatever the path.
    /// - Throws: `writeFailed` with the path and the system's reason.
    package init(path: String, isDiscarded: Bool = false) throws(ExtractError) {
        self.path = path
        names = isDiscarded ? nil : OutputFile.names(path)
        (descriptor, isNamed) =
            isDiscarded ? (-1, false) : OutputFile.open(path, temporary: names?.temporary)
        guard isDiscarded || descriptor >= 0 else { throw OutputFile.failure(path) }
    }

    deinit {
        guard !isFinished, descriptor > STDOUT_FILENO else { return }
        close(descriptor)
        if isNamed, let names { unlink(names.temporary) }
    }

    /// Throws what opening the path for output would, and leaves nothing behind.
    package static func check(path: String) throws(ExtractError) {
        // A pipe is opened once only: its reader would take the second opening for the end.
        guard path != "-", [nil, S_IFREG, S_IFDIR].contains(kind(path)) else { return }
        _ = try OutputFile(path: path)
    }

    /// What a path names, nil where there is nothing.
    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// The temporary and the final name; nil for what is written to as it is.
    private static func names(_ path: String) -> (temporary: String, final: String)? {
        guard path != "-", [nil, S_IFREG].contains(kind(path)) else { return nil }
        let final = resolved(path)
        return ("\(final).part-\(getpid())", final)
    }

    /// Opens a path, or the file that will take its name; negative with `errno` where that fails.
    private static func open(
        _ path: String, temporary: String?
    ) -> (descriptor: Int32, isNamed: Bool) {
        guard path != "-" else { return (STDOUT_FILENO, false) }
        guard let temporary else { return (Glibc.open(path, O_WRONLY | O_CLOEXEC), false) }
        let unnamed = openUnnamed(beside: temporary)
        guard unnamed < 0 else { return (unnamed, false) }
        return (Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644), true)
    }

    /// A file without a name in the folder of another; negative where there are no such files.
    private static func openUnnamed(beside path: String) -> Int32 {
        // Its name is given through this folder.
        guard access("/proc/self/fd", X_OK) == 0 else { return -1 }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        // O_TMPFILE, which the C library hides without _GNU_SOURCE.
        return Glibc.open(folder, 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o644)
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
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw OutputFile.failure(path) }
        if !isNamed {
            // Only a name that is free can be given; that of an older file is taken over after.
            unlink(names.temporary)
            let file = "/proc/self/fd/\(descriptor)"
            guard linkat(AT_FDCWD, file, AT_FDCWD, names.temporary, AT_SYMLINK_FOLLOW) == 0
            else { throw OutputFile.failure(path) }
            isNamed = true
        }
        guard rename(names.temporary, names.final) == 0 else { throw OutputFile.failure(path) }
        close(descriptor)
        isFinished = true
    }

    /// What the system just refused.
    private static func failure(_ path: String) -> ExtractError {
        errno == ENOSPC
            ? .diskFull(path: path)
            : .writeFailed(path: path, reason: FileBytes.reason(errno))
    }
}
