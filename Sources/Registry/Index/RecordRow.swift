internal import RegistryModel

/// What the index holds of a record beside its bytes, in 40 bytes.
struct RecordRow: BitwiseCopyable {
    var recordedAt: Int64
    private var contentLow: UInt32 = 0
    private var sequenceLow: UInt32 = 0
    private var contentHigh: UInt8 = 0
    private var storedBehind: UInt8 = 0
    private var sequenceHigh: UInt16 = 0
    /// The versions that there were, those that were taken back included.
    var versions: Int32
    var person: UInt32
    /// The next record of the same person, `PatientIndex.noSlot` for the last.
    var nextMember = PatientIndex.noSlot
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
        recordedAt = record.recordedAt
        versions = record.versions
        person = 0
        storedWeight = .nan
        marks = UInt32(record.source)
        self.content = content
        sequence = record.sequence
        behind = record.behind
        weight = record.weight
        origin = record.origin
        state = record.state
    }

    /// Where its bytes lie.
    var content: ByteArena.Place {
        get { ByteArena.Place(low: contentLow, high: contentHigh) }
        set { (contentLow, contentHigh) = (newValue.low, newValue.high) }
    }

    /// The last event that changed it, below 2^48.
    var sequence: Int64 {
        get { Int64(sequenceHigh) << 32 | Int64(sequenceLow) }
        set {
            precondition(newValue >> 48 == 0, "events are numbered from 1, one by one")
            sequenceLow = UInt32(truncatingIfNeeded: newValue)
            sequenceHigh = UInt16(truncatingIfNeeded: newValue >> 32)
        }
    }

    /// The versions behind the one that counts, which were taken back; nil where they are more than a
    /// row has room for: the index knows them then.
    var behind: Int32? {
        get { storedBehind == .max ? nil : Int32(storedBehind) }
        set { storedBehind = newValue.map { UInt8(clamping: $0) } ?? .max }
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

extension SourceRecord {
    /// The versions behind the one that counts.
    var behind: Int32 { versions - version }
}

/// What the index holds of a person, in 20 bytes.
struct PersonRow: BitwiseCopyable {
    private var euidHalves: (UInt32, UInt32)
    private var versionHalves: (UInt32, UInt32) = (0, 0)
    var firstMember = PatientIndex.noSlot

    init(_ euid: EnterpriseIdentifier) {
        euidHalves = (
            UInt32(truncatingIfNeeded: euid.bits), UInt32(truncatingIfNeeded: euid.bits >> 32)
        )
    }

    var euid: EnterpriseIdentifier {
        EnterpriseIdentifier(bits: UInt64(euidHalves.1) << 32 | UInt64(euidHalves.0))
    }

    /// The last event that changed it: one of its records, or one that left it.
    var version: Int64 {
        get { Int64(versionHalves.1) << 32 | Int64(versionHalves.0) }
        set {
            versionHalves = (
                UInt32(truncatingIfNeeded: newValue), UInt32(truncatingIfNeeded: newValue >> 32)
            )
        }
    }
}
