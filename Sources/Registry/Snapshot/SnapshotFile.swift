internal import Foundation
internal import Glibc
internal import TransportSecurity

/// A snapshot's file that is being read: chunks first, then the header, then what tells it whole.
///
/// The end is `length of the header (8 bytes)`, its SHA-256, and a mark: so a file that was cut short has
/// none, and nothing is believed before its digest was compared.
final class SnapshotFile: Sendable {
    /// The last byte is the version of the form; its place in a file is that of an older one too.
    static let mark = Array("PADRONi3".utf8)
    fileprivate static let endBytes = 8 + SHA256Digest.byteCount + mark.count
    /// Bytes of a header, or of a chunk, that are believed to be one.
    private static let bytesMax = 1 << 30

    let header: SnapshotHeader
    private let descriptor: Int32

    deinit { Glibc.close(descriptor) }

    /// Opens a file; nil where there is none.
    init?(path: String) throws {
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw SnapshotUnfit("it cannot be opened")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size >= Self.endBytes else {
            throw SnapshotUnfit("it was cut short")
        }
        guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw SnapshotUnfit("others may have written or read it")
        }
        let size = Int(status.st_size)
        let end = try Self.read(descriptor, Self.endBytes, at: size - Self.endBytes)
        let length = end.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let mark = end.suffix(Self.mark.count)
        guard mark.last == Self.mark.last || !mark.starts(with: Self.mark.dropLast()) else {
            throw SnapshotUnfit("it is another program's")
        }
        guard mark.elementsEqual(Self.mark), length >= 0,
            length <= min(size - Self.endBytes, Self.bytesMax)
        else { throw SnapshotUnfit("it was cut short") }
        let bytes = try Self.read(descriptor, length, at: size - Self.endBytes - length)
        let digest = Array(end.dropFirst(8).prefix(SHA256Digest.byteCount))
        guard try Self.digest(of: bytes) == digest, let header = SnapshotHeader(bytes: bytes) else {
            throw SnapshotUnfit("its header is damaged")
        }
        self.header = header
    }

    /// The bytes of a chunk.
    ///
    /// - Throws: ``SnapshotUnfit`` where they are not those that were written.
    func bytes(of chunk: SnapshotChunk) throws -> [UInt8] {
        guard chunk.offset >= 0, chunk.length >= 0, chunk.length <= Self.bytesMax else {
            throw SnapshotUnfit("its header is damaged")
        }
        let bytes = try Self.read(descriptor, chunk.length, at: chunk.offset)
        guard try Self.digest(of: bytes) == chunk.digest else {
            throw SnapshotUnfit("a part of it is damaged")
        }
        return bytes
    }

    private static func read(_ descriptor: Int32, _ count: Int, at offset: Int) throws -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count, let base = buffer.baseAddress {
                let got = pread(descriptor, base + done, count - done, off_t(offset + done))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                done += got
            }
        }
        guard bytes.count == count else { throw SnapshotUnfit("it was cut short") }
        return bytes
    }

    static func digest(of bytes: [UInt8]) throws -> [UInt8] {
        let digest = try SHA256.digest(of: bytes.span)
        return digest.bytes
    }

    /// The digest of this program's file.
    static func programDigest() throws -> [UInt8] { try digestOfProgram.get() }

    /// Taken once: the file of a program that runs does not change.
    private static let digestOfProgram = Result {
        let file = try Data(
            contentsOf: URL(fileURLWithPath: "/proc/self/exe"), options: .alwaysMapped)
        return try SHA256.digest(of: file.span).bytes
    }
}

/// A snapshot's file that is being written under another name.
///
/// It is locked while it is written, so that one whose writer was killed is known and removed.
struct SnapshotFileWriter: ~Copyable {
    static let unfinishedSuffix = ".part"

    private let path: String
    private let descriptor: Int32
    private var offset = 0
    private var chunks: [SnapshotChunk] = []

    /// Begins a file that will have a name.
    init(path final: String) throws {
        path = "\(final)-\(UUID().uuidString)\(Self.unfinishedSuffix)"
        descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unwritten }
        flock(descriptor, LOCK_EX | LOCK_NB)
        try write(SnapshotFile.mark)
    }

    deinit {
        // It is gone already where it got its name.
        unlink(path)
        Glibc.close(descriptor)
    }

    /// Writes the next chunk.
    mutating func append(
        _ kind: SnapshotChunk.Kind, first: Int, count: Int, _ bytes: [UInt8]
    ) throws {
        chunks.append(
            SnapshotChunk(
                kind: kind, first: first, count: count, offset: offset, length: bytes.count,
                digest: try SnapshotFile.digest(of: bytes)))
        try write(bytes)
    }

    /// Writes the header behind the chunks, and all of it to the disk.
    mutating func finish(_ header: SnapshotHeader) throws {
        var header = header
        header.chunks = chunks
        let bytes = header.bytes
        var end: [UInt8] = []
        withUnsafeBytes(of: Int64(bytes.count).littleEndian) { end.append(contentsOf: $0) }
        end += try SnapshotFile.digest(of: bytes)
        end += SnapshotFile.mark
        try write(bytes + end)
        guard fsync(descriptor) == 0 else { throw Self.unwritten }
    }

    /// Gives the file its name, in place of the one that has it.
    func publish(as final: String) throws {
        guard rename(path, final) == 0 else { throw SnapshotUnfit("it cannot be renamed") }
        let folder = Glibc.open(
            URL(fileURLWithPath: final).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            Glibc.close(folder)
        }
    }

    /// Why the system does not take what was to be written: mostly a full disk.
    private static var unwritten: SnapshotUnfit {
        SnapshotUnfit("it cannot be written: \(String(cString: strerror(errno)).lowercased())")
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.unwritten }
            done += count
        }
        offset += bytes.count
    }
}
