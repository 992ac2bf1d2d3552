internal import Identity

/// What a person's records state, side by side in one buffer: what a golden record is derived from.
///
/// Records come in the packed form in which memory holds them, and their values are compared where
/// they lie: deriving a golden record makes no string of any value but the numbers that differ.
package struct StatementTable: Sendable {
    /// A value of one record, as a part of the buffer; empty where the record states none.
    typealias Place = Range<Int>

    /// A record without its values.
    struct Row: Sendable {
        var recordedAt: Int64
        var record: Int64
        var source: Int32
        /// The whole packed record.
        var content: Place
    }

    /// A number that a record states.
    struct StatedIdentifier: Sendable {
        /// The place of the record among the rows.
        var row: Int
        var authority: Place
        var value: Place
        var status: IdentifierStatus
        var validity: ValidityPeriod

        /// Whether nothing is said of its standing.
        var isPlain: Bool { status == .current && validity.isUnstated }
    }

    private(set) var rows: [Row] = []
    /// Without those entered in error, which say nothing of the person.
    private(set) var identifiers: [StatedIdentifier] = []
    /// The further names, each with the place of its record among the rows.
    private(set) var names: [(row: Int, name: FurtherName)] = []
    private var bytes: [UInt8] = []
    /// The values of a record by field, record behind record; `none` where one is absent.
    private var places: [Place] = []

    private static let none: Place = 0..<0
    /// The bytes of a record as most are.
    private static let bytesExpected = 320

    /// Creates a table for a number of records.
    package init(recordsExpected: Int) {
        rows.reserveCapacity(recordsExpected)
        identifiers.reserveCapacity(recordsExpected)
        bytes.reserveCapacity(recordsExpected * Self.bytesExpected)
        places.reserveCapacity(recordsExpected * DemographicField.count)
    }

    /// Creates a table of records.
    init(_ sources: [GoldenRecordSource]) {
        self.init(recordsExpected: sources.count)
        for source in sources {
            append(
                PackedPerson.bytes(of: source.person).span, recordedAt: source.recordedAt,
                record: source.record, source: source.source)
        }
    }

    /// Forgets all records and keeps the memory, so that a loop can use one table for all persons.
    package mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        identifiers.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// The number of records.
    package var count: Int { rows.count }

    /// Adds a record's current version in its packed form.
    package mutating func append(
        _ packed: Span<UInt8>, recordedAt: Int64, record: Int64, source: Int32
    ) {
        let start = bytes.count
        let row = rows.count
        packed.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        places.append(contentsOf: repeatElement(Self.none, count: DemographicField.count))
        var isWhole = true
        var offset = 0
        while isWhole, offset < packed.count {
            isWhole = PackedPerson.readPart(of: packed, &offset) { part in
                switch part {
                case .value(let field, let text):
                    places[row * DemographicField.count + Int(field.rawValue)] =
                        start + text.lowerBound..<start + text.upperBound
                case .identifier(_, _, .mistaken, _): break
                case .identifier(let authority, let value, let status, let validity):
                    identifiers.append(
                        StatedIdentifier(
                            row: row,
                            authority: start + authority.lowerBound..<start + authority.upperBound,
                            value: start + value.lowerBound..<start + value.upperBound,
                            status: status, validity: validity))
                case .name(let name): names.append((row, name.name(in: packed)))
                }
            }
        }
        assert(isWhole, "records are packed by PackedPerson")
        rows.append(
            Row(
                recordedAt: recordedAt, record: record, source: source,
                content: start..<bytes.count))
    }

    /// Whether a record was recorded after another, or at the same time under a higher number.
    func isLater(_ row: Int, than other: Int) -> Bool {
        (rows[row].recordedAt, rows[row].record) > (rows[other].recordedAt, rows[other].record)
    }

    /// Whether of two statements of one number the first one tells its standing: the later one of
    /// those that say something of it, else the later one.
    func outweighs(_ stated: StatedIdentifier, _ other: StatedIdentifier) -> Bool {
        stated.isPlain != other.isPlain ? other.isPlain : isLater(stated.row, than: other.row)
    }

    /// Where a record's value of a field lies.
    @inline(__always)
    func place(_ row: Int, _ field: DemographicField) -> Place {
        places[row * DemographicField.count + Int(field.rawValue)]
    }

    /// Whether two parts hold the same bytes.
    func isEqual(_ left: Place, _ right: Place) -> Bool {
        guard left.count == right.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            let left = UnsafeRawBufferPointer(rebasing: bytes[left])
            let right = UnsafeRawBufferPointer(rebasing: bytes[right])
            var offset = 0
            while offset + 8 <= left.count {
                let part = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let other = right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                if part != other { return false }
                offset += 8
            }
            while offset < left.count {
                if left[offset] != right[offset] { return false }
                offset += 1
            }
            return true
        }
    }

    /// What records say of a field, as far as no rule is asked.
    enum Agreement {
        /// Nothing.
        case silence
        /// All that state it state this.
        case value(Place)
        /// Not the same bytes.
        case dispute
    }

    /// Whether all records that state a field state it in the same bytes.
    func agreement(on field: DemographicField) -> Agreement {
        var first = Self.none
        for row in rows.indices {
            let place = place(row, field)
            if place.isEmpty { continue }
            if first.isEmpty {
                first = place
            } else if !isEqual(first, place) {
                return .dispute
            }
        }
        return first.isEmpty ? .silence : .value(first)
    }

    /// The bytes of the longest record.
    var bytesOfLongest: Int { rows.reduce(0) { max($0, $1.content.count) } }

    /// Whether a part comes before another in the order of bytes.
    func precedes(_ left: Place, _ right: Place) -> Bool {
        bytes[left].lexicographicallyPrecedes(bytes[right])
    }

    /// Calls a closure with the bytes of a part.
    @inline(__always)
    func withBytes<Result>(_ place: Place, _ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(place))
    }

    /// The text of a part.
    func string(_ place: Place) -> String { withBytes(place, PackedPerson.string) }

    /// A record as a whole.
    func person(_ row: Int) -> PersonRecord {
        withBytes(rows[row].content) { PackedPerson.person(from: $0) } ?? PersonRecord()
    }
}
