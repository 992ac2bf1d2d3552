package import Identity

/// A moment at which something is known.
package enum KnownTime: Hashable, Sendable {
    case now
    /// Once the event at a position had happened.
    case position(LogPosition)
    /// Once all events up to a time had happened, in microseconds since 1970.
    case time(Int64)

    /// The moment that a text names: `now`, `EPOCH:SEQ`, a point in time, or a day, which means its
    /// end in UTC; nil for anything else.
    package init?(_ text: String) {
        if text == "now" {
            self = .now
        } else if let position = LogPosition(text) {
            self = .position(position)
        } else if let time = Timestamp.microseconds(of: text) {
            let isDay = text.utf8.count <= 10
            self = .time(isDay ? time + 86_400_000_000 - 1 : time)
        } else {
            return nil
        }
    }
}

/// A person as known at one moment: its records with the versions that were current, and the golden
/// record derived from them.
///
/// A pure function of the archive: links are replayed backwards, so what is decided later changes
/// nothing.
package struct PersonSnapshot: Hashable, Sendable {
    /// One record as it was then.
    package struct Record: Hashable, Sendable {
        package var record: Int64
        package var name: LocalIdentifier
        package var version: ArchivedVersion
        package var link: ArchivedRecord.Link
        /// Whether it did not count, though it was linked.
        package var isWithdrawn: Bool
        /// Whether what it said was erased since.
        package var isErased: Bool
    }

    package var person: EnterpriseIdentifier
    /// `active` while it had records that counted.
    package var status: PersonStatus
    /// The last event that had changed it.
    package var version: Int64
    package var records: [Record]
    /// What stewards had pinned; nothing where it had no record that counted.
    package var pins: PersonPins
    /// The golden record and where its parts come from; empty where it had no record that counted.
    package var derivation: GoldenDerivation
    /// Who answers in its place now; empty unless it is retired now.
    package var survivors: [EnterpriseIdentifier]
    /// Whether one of the records is of a person who is restricted now.
    package private(set) var isRestricted = false

    /// The person of an archive at a moment; nil where it was not known then.
    package init?(
        _ archive: PersonArchive, at time: KnownTime = .now, policy: Survivorship
    ) {
        let cutoff = archive.lastSequence(at: time)
        person = archive.person
        records = []
        version = 0
        var pinned: [PinnedValue] = []
        var isKnown = cutoff == .max && archive.retirement != nil
        for record in archive.records {
            guard let link = record.link(at: cutoff), let stated = record.version(at: cutoff)
            else { continue }
            let moves = record.moves.filter { $0.sequence <= cutoff }
            let visits = moves.filter { $0.from == archive.person || $0.to == archive.person }
            if let last = visits.last {
                isKnown = true
                version = max(version, last.sequence)
            }
            guard link.person == archive.person else { continue }
            isKnown = true
            pinned += record.pins(at: cutoff)
            let changed =
                cutoff == .max
                ? record.sequence
                : max(
                    stated.sequence, record.lastWithdrawal(upTo: cutoff),
                    record.lastPin(upTo: cutoff))
            version = max(version, changed)
            records.append(
                Record(
                    record: record.record, name: record.name, version: stated, link: link,
                    isWithdrawn: record.isWithdrawn(at: cutoff), isErased: record.isErased))
            if record.isRestricted { isRestricted = true }
        }
        guard isKnown else { return nil }
        let counts = records.contains { !$0.isWithdrawn }
        status =
            counts
            ? .active
            : records.isEmpty ? .retired : records.allSatisfy(\.isErased) ? .erased : .withdrawn
        survivors = records.isEmpty ? archive.retirement?.survivors ?? [] : []
        pins = PersonPins(counts ? pinned : [])
        let sources = Set(records.map(\.name.authority)).sorted()
        derivation = GoldenRecord.deriveWithProvenance(
            from: records.filter { !$0.isWithdrawn }.map { record in
                // A source that the policy does not know still speaks with one voice.
                let place = sources.firstIndex(of: record.name.authority) ?? 0
                return GoldenRecordSource(
                    person: record.version.content, recordedAt: record.version.recordedAt,
                    record: record.record,
                    source: policy.number(ofSource: record.name.authority) ?? -1 - Int32(place))
            }, pins: pins, policy: policy)
    }

    /// The golden record; empty where it had no record that counted.
    package var golden: PersonRecord { derivation.person }
}

extension PersonArchive {
    /// The last event that had happened at a moment, among those of the archive; the largest number
    /// where all had.
    func lastSequence(at time: KnownTime) -> Int64 {
        switch time {
        case .now: return .max
        case .position(let position): return position.sequence
        case .time(let time):
            // The first event behind the moment ends it, whatever a writer's clock said after that.
            let later = events.values.filter { $0.occurredAt > time }.map(\.position.sequence)
            return later.min().map { $0 - 1 } ?? .max
        }
    }
}

extension PersonSnapshot {
    /// Writes the person as the object of the line protocol; without values for those who may not
    /// see demographics.
    package func write(to writer: inout JSONWriter, withValues: Bool) {
        writer.beginObject()
        writer.key("euid")
        writer.string(person.description)
        writer.key("status")
        writer.string(status.rawValue)
        writer.key("version")
        writer.integer(version)
        writer.key("survivors")
        writer.beginArray()
        for survivor in survivors { writer.string(survivor.description) }
        writer.endArray()
        if isRestricted {
            writer.key("restricted")
            writer.boolean(true)
        }
        if withValues {
            writer.key("golden")
            writer.raw(golden.json)
        }
        if !pins.isEmpty {
            writer.key("pinned")
            pins.write(to: &writer)
        }
        writer.key("records")
        writer.beginArray()
        for record in records { record.write(to: &writer, withValues: withValues) }
        writer.endArray()
        writer.endObject()
    }
}

extension PersonSnapshot.Record {
    fileprivate func write(to writer: inout JSONWriter, withValues: Bool) {
        writer.beginObject()
        writer.key("record")
        writer.string("\(name.authority):\(name.value)")
        writer.key("version")
        writer.integer(Int64(version.version))
        writer.key("recorded_at")
        writer.string(Timestamp.text(of: version.recordedAt))
        writer.key("link")
        writer.string(link.origin.name.description)
        if isErased || isWithdrawn {
            writer.key(isErased ? "erased" : "withdrawn")
            writer.boolean(true)
        }
        if let weight = link.weight {
            writer.key("weight")
            writer.decimal(weight, places: 2)
        }
        if withValues {
            writer.key("patient")
            writer.raw(version.content.json)
        }
        writer.endObject()
    }
}

extension LinkOrigin {
    /// The word for it in JSON and tables.
    package var name: StaticString {
        switch self {
        case .founder: "founder"
        case .automatic: "automatic"
        case .steward: "steward"
        case .rematch: "rematch"
        }
    }
}
