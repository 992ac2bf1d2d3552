internal import RegistryModel

/// What the index holds of a record beside its bytes, in 48 bytes.
struct RecordRow: BitwiseCopyable {
    var content: ByteArena.Place
    var recordedAt: Int64
    var sequence: Int64
    var person: UInt32
    /// The next record of the same person, `PatientIndex.noSlot` for the last.
    var nextMember = PatientIndex.noSlot
    var version: Int32
    var versions: Int32
    /// Weights are the engine's, which are of this precision; NaN for none.
    private var storedWeight: Float
    /// The number of the source, and above it three bits each for the origin and the state.
    private var marks: UInt32

    private static let sourceBits: UInt32 = 26
    private static let markMask: UInt32 = 7

    /// The row of a record whose bytes lie at a place; its person comes later.
    init(_ record: SourceRecord, at content: ByteArena.Place) {
        precondition(
            record.source >= 0 && record.source < 1 << RecordRow.sourceBits,
            "sources are numbered from 1, one by one")
        self.content = content
        recordedAt = record.recordedAt
        sequence = record.sequence
        person = 0
        version = record.version
        versions = record.versions
        storedWeight = .nan
        marks = UInt32(record.source)
        weight = record.weight
        origin = record.origin
        state = record.state
    }

    /// The number of the source.
    var source: Int32 { Int32(marks & (1 << RecordRow.sourceBits - 1)) }

    /// The weight in bits at which it was linked; nil for a founder.
    var weight: Double? {
        get { storedWeight.isNaN ? nil : Double(storedWeight) }
        set { storedWeight = newValue.map { Float($0) } ?? .nan }
    }

    var origin: LinkOrigin {
        get { LinkOrigin(rawValue: Int16(mark(0))) ?? .founder }
        set { setMark(0, UInt32(newValue.rawValue)) }
    }

    /// Neither matching nor a number nor a golden record finds one that does not count.
    var state: RecordState {
        get { RecordState(rawValue: Int16(mark(3))) ?? .active }
        set { setMark(3, UInt32(newValue.rawValue)) }
    }

    var isWithdrawn: Bool { mark(3) != 0 }

    private func mark(_ bit: UInt32) -> UInt32 {
        marks >> (RecordRow.sourceBits + bit) & RecordRow.markMask
    }

    private mutating func setMark(_ bit: UInt32, _ value: UInt32) {
        assert(value <= RecordRow.markMask, "a mark has three bits")
        let shift = RecordRow.sourceBits + bit
        marks = marks & ~(RecordRow.markMask << shift) | value << shift
    }
}

/// What the index holds of a person.
struct PersonRow: BitwiseCopyable {
    private var bits: UInt64
    var firstMember = PatientIndex.noSlot
    var members: UInt32 = 0
    /// The last event that changed it: one of its records, or one that left it.
    var version: Int64 = 0

    init(_ euid: EnterpriseIdentifier) { bits = euid.bits }

    var euid: EnterpriseIdentifier { EnterpriseIdentifier(bits: bits) }
}
