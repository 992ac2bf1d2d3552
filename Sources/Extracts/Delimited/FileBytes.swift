import Glibc

/// A file, or standard input for the path `-`, read from its start to its end.
struct FileBytes: ~Copyable {
    let path: String
    private let descriptor: Int32
    /// The size of a regular file in bytes.
    let total: Int?
    private(set) var count = 0

    private init(path: String, descriptor: Int32, total: Int?) {
        self.path = path
        self.descriptor = descriptor
        self.total = total
    }

    /// Opens a file for reading.
    static func opened(path: String) throws(ExtractError) -> FileBytes {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: reason(errno)) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let kind = status.st_mode & S_IFMT
        let file = FileBytes(
            path: path == "-" ? "standard input" : path, descriptor: descriptor,
            total: isKnown && kind == S_IFREG ? Int(status.st_size) : nil)
        guard kind != S_IFDIR else { throw .cannotOpen(path: path, reason: "it is a folder") }
        return file
    }

    deinit {
        if descriptor > STDIN_FILENO { close(descriptor) }
    }

    /// Appends the next bytes to a buffer and tells how many; 0 at the end of the file.
    mutating func read(into buffer: inout [UInt8]) throws(ExtractError) -> Int {
        let bytesMax = ExtractLimits.readBytesMax
        let descriptor = descriptor
        var failure: Int32 = 0
        let before = buffer.count
        buffer.append(addingCapacity: bytesMax) { (output: inout OutputSpan<UInt8>) in
            output.withUnsafeMutableBufferPointer { pointer, initialized in
                while true {
                    let received = Glibc.read(descriptor, pointer.baseAddress, bytesMax)
                    if received >= 0 {
                        initialized = received
                        return
                    }
                    guard errno == EINTR else {
                        failure = errno
                        return
                    }
                }
            }
        }
        guard failure == 0 else {
            throw .readFailed(path: path, reason: FileBytes.reason(failure))
        }
        count += buffer.count - before
        return buffer.count - before
    }

    /// The system's words for an error number, in lower case.
    static func reason(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
