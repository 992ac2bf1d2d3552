import Glibc

/// The file calls of the audit journal.
struct JournalFile: ~Copyable {
    let path: String
    let descriptor: Int32

    /// Opens a file, made readable by its owner alone where it does not exist.
    init(path: String, flags: Int32) throws(AuditJournalError) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw JournalFile.failure(path) }
    }

    deinit { close(descriptor) }

    var size: Int {
        get throws(AuditJournalError) {
            var information = stat()
            guard fstat(descriptor, &information) == 0 else { throw JournalFile.failure(path) }
            return Int(information.st_size)
        }
    }

    /// All bytes of the file.
    func contents() throws(AuditJournalError) -> [UInt8] {
        let size = try size
        var bytes = [UInt8](repeating: 0, count: size)
        var done = 0
        while done < size {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + done }, size - done, off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw JournalFile.failure(path) }
            done += count
        }
        return bytes
    }

    /// Writes all bytes at an offset; one call, unless the kernel takes fewer.
    func write(_ bytes: [UInt8], at offset: Int) throws(AuditJournalError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done,
                    off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw JournalFile.failure(path) }
            done += count
        }
    }

    /// Reserves disk space, which reads as zeros until it is written.
    func reserve(from offset: Int, count: Int) throws(AuditJournalError) {
        while true {
            let status = posix_fallocate(descriptor, off_t(offset), off_t(count))
            if status == EINTR { continue }
            guard status == 0 else { throw JournalFile.failure(path, number: status) }
            return
        }
    }

    func truncate(to size: Int) throws(AuditJournalError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw JournalFile.failure(path) }
    }

    /// Takes the file's lock, which ends with the descriptor; false where another holds it.
    func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    func sync() throws(AuditJournalError) {
        guard fdatasync(descriptor) == 0 else { throw JournalFile.failure(path) }
    }

    static func failure(_ path: String, number: Int32 = errno) -> AuditJournalError {
        .file(path: path, reason: String(cString: strerror(number)))
    }

    /// Makes a directory that its owner alone can enter, unless it exists.
    static func makeDirectory(_ path: String) throws(AuditJournalError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    }

    /// Makes the names in a directory durable.
    static func syncDirectory(_ path: String) throws(AuditJournalError) {
        let directory = try JournalFile(path: path, flags: O_RDONLY | O_DIRECTORY)
        guard fsync(directory.descriptor) == 0 else { throw failure(path) }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}

/// The names of a journal's files.
enum JournalName {
    static func of(_ number: Int) -> String {
        let digits = String(number)
        return "audit-" + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
            + ".log"
    }

    /// The numbers of the journal's files in a directory, ascending.
    static func numbers(in directory: String) throws(AuditJournalError) -> [Int] {
        guard let stream = opendir(directory) else { throw JournalFile.failure(directory) }
        defer { closedir(stream) }
        var numbers: [Int] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix("audit-"), name.hasSuffix(".log"),
                let number = Int(name.dropFirst(6).dropLast(4)), name == of(number)
            else { continue }
            numbers.append(number)
        }
        return numbers.sorted()
    }
}
