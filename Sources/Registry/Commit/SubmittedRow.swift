internal import Identity
internal import RegistryModel

/// One row to register, with everything settled that needs no index.
///
/// A class, since rows are handed on many times and a copy of one costs four references.
final class SubmittedRow: Sendable {
    let source: Int32
    let localID: String
    /// In microseconds since 1970.
    let recordedAt: Int64
    let person: PersonRecord
    /// `person` in its packed form.
    let packed: [UInt8]

    /// What tells records of a registry apart.
    struct Key: Hashable, Sendable {
        var source: Int32
        var localID: String
    }

    /// Which record the row is of.
    var key: Key { Key(source: source, localID: localID) }

    /// Settles a record.
    init(source: Int32, localID: String, recordedAt: Int64, person: PersonRecord) {
        self.source = source
        self.localID = localID
        self.recordedAt = recordedAt
        self.person = person
        packed = PackedPerson.bytes(of: person)
    }

    fileprivate init(
        source: Int32, localID: String, recordedAt: Int64, person: PersonRecord, packed: [UInt8]
    ) {
        self.source = source
        self.localID = localID
        self.recordedAt = recordedAt
        self.person = person
        self.packed = packed
    }
}

/// Rows back to back in one byte string, the form in which a load is staged.
///
/// Each row: source, local identifier, time of record (8 bytes, the lowest first), packed person.
enum StagedChunk {
    /// Appends a row; `recordedAt` is `Int64.min` where the extract does not tell.
    static func append(
        source: Int32, localID: String, recordedAt: Int64, packed: [UInt8],
        to bytes: inout [UInt8]
    ) {
        PackedPerson.append(length: Int(source), to: &bytes)
        PackedPerson.append(localID, to: &bytes)
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: recordedAt >> Int64(shift)))
        }
        PackedPerson.append(length: packed.count, to: &bytes)
        bytes.append(contentsOf: packed)
    }

    /// Calls `body` with each row of a chunk, its packed person last, until it answers false; false where it
    /// did, or where the bytes are not what `append` wrote.
    static func forEachRow(
        _ chunk: [UInt8],
        _ body: (
            _ source: Int32, _ localID: Span<UInt8>, _ recordedAt: Int64, _ content: Span<UInt8>
        ) -> Bool
    ) -> Bool {
        let bytes = chunk.span
        var offset = 0
        while offset < bytes.count {
            guard let source = PackedPerson.length(bytes, &offset),
                let localID = PackedPerson.range(bytes, &offset), offset + 8 <= bytes.count
            else { return false }
            var recordedAt: Int64 = 0
            for place in 0..<8 {
                recordedAt |= Int64(bytes[offset + place]) << Int64(8 * place)
            }
            offset += 8
            guard let content = PackedPerson.range(bytes, &offset),
                body(
                    Int32(truncatingIfNeeded: source), bytes.extracting(localID), recordedAt,
                    bytes.extracting(content))
            else { return false }
        }
        return true
    }

    /// The rows of a chunk; nil where the bytes are not what `append` wrote.
    static func rows(_ chunk: [UInt8], recordedAtWhenUnknown: Int64) -> [SubmittedRow]? {
        var rows: [SubmittedRow] = []
        let isRead = forEachRow(chunk) { source, localID, recordedAt, content in
            guard let person = PackedPerson.person(from: content) else { return false }
            rows.append(
                SubmittedRow(
                    source: source, localID: PackedPerson.string(localID),
                    recordedAt: recordedAt == .min ? recordedAtWhenUnknown : recordedAt,
                    person: person, packed: content.withUnsafeBufferPointer { Array($0) }))
            return true
        }
        return isRead ? rows : nil
    }
}
