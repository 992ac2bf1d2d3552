/// How a source record came to the person it is linked to.
package enum LinkOrigin: Int16, CaseIterable, Hashable, Sendable {
    /// The first record of its person, or one under review.
    case founder = 0
    /// Linked by its weight.
    case automatic = 1
    /// Linked by a steward's decision, or by the word of the record's source.
    case steward = 2
    /// Moved by a rematch.
    case rematch = 3
}

/// Whether a source record counts.
package enum RecordState: Int16, CaseIterable, Hashable, Sendable {
    case active = 0
    /// Its source has taken it back; what the source said before stays its last word.
    case withdrawn = 1
    /// Only loads stated it, and those were taken back: nothing that it says was ever said.
    case reverted = 2
    /// What it said is gone for good; nothing but its number and its link is known.
    case erased = 3
}

/// One record of a source with its current version and its link: what the index holds of it.
package struct SourceRecord: Hashable, Sendable {
    /// Dense number in the order of registration, from 1.
    package var record: Int64
    /// The number of the source.
    package var source: Int32
    /// The source's own identifier of the record.
    package var localID: String
    /// The number of the current version, from 1.
    package var version: Int32
    /// The number of versions kept, late ones included.
    package var versions: Int32
    /// The person it is linked to.
    package var person: EnterpriseIdentifier
    package var origin: LinkOrigin
    /// The weight in bits at which it was linked; nil for a founder.
    package var weight: Double?
    /// The last event that changed the version or the link.
    package var sequence: Int64
    /// When the source recorded the current version, in microseconds since 1970.
    package var recordedAt: Int64
    /// The current version, in the form of `PackedPerson`.
    package var content: [UInt8]
    /// A record that does not count keeps its link, and speaks for nobody.
    package var state: RecordState

    /// Whether it does not count.
    package var isWithdrawn: Bool { state != .active }

    /// Creates a record.
    package init(
        record: Int64, source: Int32, localID: String, version: Int32 = 1, versions: Int32 = 1,
        person: EnterpriseIdentifier, origin: LinkOrigin, weight: Double? = nil, sequence: Int64,
        recordedAt: Int64, content: [UInt8], state: RecordState = .active
    ) {
        self.record = record
        self.source = source
        self.localID = localID
        self.version = version
        self.versions = versions
        self.person = person
        self.origin = origin
        self.weight = weight
        self.sequence = sequence
        self.recordedAt = recordedAt
        self.content = content
        self.state = state
    }
}

extension SourceRecord: CustomStringConvertible {
    /// Numbers alone: local identifiers and content are personal data.
    package var description: String { "record \(record) version \(version)" }
}
