internal import Glibc
internal import RegistryModel

/// The checked contents of a file, on the disk until they are staged.
///
/// The file has no name from the start, so that a killed import leaves nothing of it behind: it may
/// hold personal data.
final class EntrySpool {
    private let file: Int32
    private var buffer: [UInt8] = []
    private var written: UInt64 = 0

    /// What is written at once.
    private static let bufferBytesMax = 1 << 20

    /// Creates an empty spool in the folder of temporary files.
    init() throws(RegistryError) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var path = Array("\(folder)/padron-import-XXXXXX".utf8CString)
        file = mkstemp(&path)
        guard file >= 0 else {
            throw RegistryError(
                .unavailable, "cannot write a temporary file in \(folder); set TMPDIR")
        }
        unlink(path)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(file) }

    /// Appends a content; answers where it begins.
    func append(_ content: [UInt8]) throws(RegistryError) -> UInt64 {
        let start = written + UInt64(buffer.count)
        buffer.append(contentsOf: content)
        if buffer.count >= Self.bufferBytesMax { try flush() }
        return start
    }

    /// Writes what has gathered; contents can be read after that.
    func flush() throws(RegistryError) {
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                pwrite(
                    file, bytes.baseAddress?.advanced(by: done), bytes.count - done,
                    off_t(written) + off_t(done))
            }
            guard count > 0 || errno == EINTR else {
                throw RegistryError(
                    .unavailable,
                    "the folder of temporary files is full; free it, or set TMPDIR to another")
            }
            done += max(count, 0)
        }
        written += UInt64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Reads a content; several threads may at once.
    func read(at start: UInt64, count: Int) throws(RegistryError) -> [UInt8] {
        var failed = false
        let content = [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
            while filled < count {
                let read = pread(
                    file, bytes.baseAddress?.advanced(by: filled), count - filled,
                    off_t(start) + off_t(filled))
                if read < 0, errno == EINTR { continue }
                guard read > 0 else {
                    failed = true
                    return
                }
                filled += read
            }
        }
        guard !failed else {
            throw RegistryError(.unavailable, "a temporary file cannot be read back")
        }
        return content
    }
}
