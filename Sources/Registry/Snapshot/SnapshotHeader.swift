internal import RegistryModel
internal import RegistryStore
internal import TransportSecurity

/// Why a snapshot is not used; the database is read then.
struct SnapshotUnfit: Error, CustomStringConvertible {
    /// One line that ends a sentence about the snapshot.
    let description: String

    init(_ description: String) { self.description = description }
}

/// What a snapshot is of, and where in its file everything lies.
struct SnapshotHeader: Hashable, Sendable {
    /// The digest of the program that wrote it: another one may pack and encode records otherwise.
    var program: [UInt8]
    /// The history of the database up to after the last row was read.
    var lineage: DatabaseLineage
    /// The end of the log before the first row was read: the tail from here on is to be followed.
    var start: LogPosition
    var records: Int
    var persons: Int
    /// The day of whose numbers the engine's images tell which are in use, in days since 1970-01-01.
    var numbersDay: Int32
    var chunks: [SnapshotChunk] = []
}

/// One part of a snapshot's file, with a checksum of its own.
struct SnapshotChunk: Hashable, Sendable {
    enum Kind: Int64, Sendable {
        /// The rows and the bytes of records, and what the engine made of them.
        case records = 1
        case persons = 2
        /// A book by which records are written; `first` and `count` tell when the last was learned.
        case book = 3
        /// The words of the engine.
        case words = 4
        /// How many versions were taken back of records whose rows have no room for it: numbers of four
        /// bytes, slot and versions.
        case farBehind = 5
    }

    var kind: Kind
    /// The first record's slot, or the first person's number.
    var first: Int
    var count: Int
    var offset: Int
    var length: Int
    /// SHA-256: on processors with its instructions as fast as memory is copied (1.8 GB a second), and
    /// half a gigabyte without; found damaged is what any damage leaves.
    var digest: [UInt8]
}

extension SnapshotHeader {
    private static let digestBytes = SHA256Digest.byteCount
    private static let headNumbers = 10
    private static let chunkNumbers = 5

    /// The header as it stands at the end of the file: numbers of eight bytes, digests.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        func append(_ number: Int64) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for number in [
            lineage.system, lineage.database, lineage.position.epoch, lineage.position.sequence,
            lineage.occurredAt, start.epoch, start.sequence, Int64(records), Int64(persons),
            Int64(numbersDay),
        ] { append(number) }
        bytes += program
        for chunk in chunks {
            for number in [chunk.first, chunk.count, chunk.offset, chunk.length] {
                append(Int64(number))
            }
            append(chunk.kind.rawValue)
            bytes += chunk.digest
        }
        return bytes
    }

    /// The header that bytes hold; nil where they are not of its shape.
    init?(bytes: [UInt8]) {
        let chunkBytes = 8 * Self.chunkNumbers + Self.digestBytes
        var rest = bytes[...]
        func number() -> Int64 {
            defer { rest = rest.dropFirst(8) }
            return rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int64($1) }
        }
        func digest() -> [UInt8] {
            defer { rest = rest.dropFirst(Self.digestBytes) }
            return Array(rest.prefix(Self.digestBytes))
        }
        let headBytes = 8 * Self.headNumbers + Self.digestBytes
        guard bytes.count >= headBytes, (bytes.count - headBytes) % chunkBytes == 0 else {
            return nil
        }
        let numbers = (0..<Self.headNumbers).map { _ in number() }
        lineage = DatabaseLineage(
            system: numbers[0], database: numbers[1],
            position: LogPosition(epoch: numbers[2], sequence: numbers[3]), occurredAt: numbers[4])
        start = LogPosition(epoch: numbers[5], sequence: numbers[6])
        records = Int(numbers[7])
        persons = Int(numbers[8])
        guard let day = Int32(exactly: numbers[9]) else { return nil }
        numbersDay = day
        program = digest()
        while !rest.isEmpty {
            let place = (0..<4).map { _ in Int(number()) }
            guard let kind = SnapshotChunk.Kind(rawValue: number()) else { return nil }
            chunks.append(
                SnapshotChunk(
                    kind: kind, first: place[0], count: place[1], offset: place[2],
                    length: place[3], digest: digest()))
        }
    }
}
