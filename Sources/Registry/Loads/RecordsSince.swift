internal import Identity
internal import Linkage
internal import RegistryModel

/// The records of an index that others brought, or that have changed, since an extract was matched with the rest.
///
/// What was found then says nothing of them. They are held as they are now in a small engine of their own, which is
/// asked for each row besides.
struct RecordsSince: Sendable {
    private let engine: OnlineIndex
    /// For each slot of the engine that of the registry.
    private var slots: [UInt32] = []
    /// For each of these its slot in the engine, also where it holds no record any more.
    private var places: [UInt32: UInt32] = [:]

    /// None yet, to be weighed by a model.
    init(model: LinkageModel) { engine = OnlineIndex(model: model) }

    /// The number of records, those that were taken out among them.
    var count: Int { slots.count }

    /// Whether a record is one of them.
    func holds(_ slot: UInt32) -> Bool { places[slot] != nil }

    /// Takes some records as an index has them now.
    mutating func take(_ changed: some Sequence<UInt32>, in index: Guarded<PatientIndex>) {
        var isTaken: Set<UInt32> = []
        for slot in changed where isTaken.insert(slot).inserted {
            let record = index.read { index in
                index.matcher.holds(slot)
                    ? (content: index.content(of: slot), source: index.records[Int(slot)].source)
                    : nil
            }
            let place = place(of: slot)
            guard let record else {
                engine.remove(slot: place)
                continue
            }
            engine.update(record.content, slot: place, realm: Realm(ofSource: record.source))
        }
    }

    private mutating func place(of slot: UInt32) -> UInt32 {
        if let place = places[slot] { return place }
        let place = UInt32(slots.count)
        slots.append(slot)
        places[slot] = place
        return place
    }

    /// Those that may be of one person with a row, the heaviest first, with a hash of what each says.
    ///
    /// Equal weights stand in the order of content.
    func candidates(
        for row: SubmittedRow, weightMin: Double, limit: Int
    ) -> [(candidate: MatcherCandidate, content: UInt64)] {
        engine.match(
            row.person, realm: Realm(ofSource: row.source), limit: limit,
            minimumWeight: Float(weightMin)
        ).map { found in
            var candidate = MatcherCandidate(found)
            candidate.slot = slots[Int(found.slot)]
            return (candidate, engine.contentHash(of: found.slot) ?? 0)
        }
    }
}
