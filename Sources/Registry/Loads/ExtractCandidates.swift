internal import Linkage
internal import RegistryModel

/// The rows of a load's first chunks, all of them or as many as are worth it, as the engine takes them, in their
/// order.
struct StagedExtract: Sendable {
    private(set) var records: EncodedExtract
    /// The place of each chunk's first row.
    private let firstPlaces: [UInt32]
    /// Whether no two of the rows are of one record.
    private let namesDiffer: Bool

    init(_ records: EncodedExtract, firstPlaces: [UInt32], namesDiffer: Bool) {
        self.records = records
        self.firstPlaces = firstPlaces
        self.namesDiffer = namesDiffer
    }

    /// Whether each row of some chunks is the first of its record, in a registry that has no records but those of
    /// rows before.
    ///
    /// Not near the end of rows of which more come: what is drafted behind those looks for its records among
    /// the new ones of the steps that are not registered yet.
    func areAllNew(_ chunks: Range<Int32>, of load: Load) -> Bool {
        guard namesDiffer, holds(chunks) else { return false }
        let rowsBehind = records.count - firstPlace(of: chunks.upperBound)
        return load.chunks <= firstPlaces.count
            || rowsBehind >= StepDrafting.stepsPendingMax * RegistryLimits.loadStepRowsMax
    }

    /// Whether it has the rows of chunks.
    func holds(_ chunks: Range<Int32>) -> Bool { chunks.upperBound <= firstPlaces.count }

    /// The place of a chunk's first row; behind the last chunk that behind the last row.
    func firstPlace(of chunk: Int32) -> Int {
        chunk < firstPlaces.count ? Int(firstPlaces[Int(chunk)]) : records.count
    }

    /// Gives the records the numbers that their words have in an index, which makes room for them.
    mutating func giveWords(to index: Guarded<PatientIndex>) {
        index.write { index in
            index.matcher.takeWords(of: &records)
            index.reserve(records: records.count, persons: records.count / 2)
        }
    }
}

/// What was found of the records of a load before they are registered.
///
/// Records are known by the place of their row in the load until they are prepared; then the slot of each is
/// known. It counts as long as the index has no records but those of the load, in the order of their
/// rows, as they came first, and goes by the model of then.
struct ExtractCandidates: Sendable {
    /// For a row that is of no new record.
    static let noSlot = UInt32.max

    /// The model by which records were matched.
    let matchingNumber: Int64
    /// What the matcher counts of changes where all records are as they came.
    private let matcherChanges: Int
    private let found: EarlierCandidates
    private(set) var extract: StagedExtract
    /// For each row the slot of the record that came with it.
    private var slots: [UInt32]
    /// The chunk that comes next, and the slot of its first record.
    private var next: (chunk: Int32, slot: UInt32) = (0, 0)

    init(
        matchingNumber: Int64, matcherChanges: Int, found: EarlierCandidates,
        extract: StagedExtract,
        slots: [UInt32]
    ) {
        self.matchingNumber = matchingNumber
        self.matcherChanges = matcherChanges
        self.found = found
        self.extract = extract
        let unknown = repeatElement(Self.noSlot, count: extract.records.count - slots.count)
        self.slots = slots + unknown
    }

    /// Makes the records ready to be entered into an index.
    mutating func giveWords(to index: Guarded<PatientIndex>) { extract.giveWords(to: index) }

    /// Goes on with a chunk; false where the records of the index are others than those of the chunks before.
    mutating func goOn(from chunk: Int32, records: Int) -> Bool {
        let place = extract.firstPlace(of: chunk)
        // Of steps that were prepared and taken out again nothing may be left.
        let end = max(place, extract.firstPlace(of: next.chunk))
        for place in place..<end { slots[place] = Self.noSlot }
        next = (chunk, UInt32(records))
        return slots[..<place].count { $0 != Self.noSlot } == records
    }

    /// Whether no record has changed since, nor the model.
    func isCurrent(_ node: NodeState) -> Bool {
        node.matchingInForce.number == matchingNumber
            && node.index.read { $0.matcher.changes } == matcherChanges
    }

    /// Takes note of the slots that the new records of a step's rows have, the first and those behind it;
    /// answers the candidates of each, nil where the step is not the next one.
    mutating func candidates(
        ofNewRows rows: [Int], in chunks: Range<Int32>, from firstSlot: Int, limit: Int
    ) -> [[MatcherCandidate]]? {
        guard chunks.lowerBound == next.chunk, firstSlot == next.slot, extract.holds(chunks)
        else { return nil }
        let base = extract.firstPlace(of: chunks.lowerBound)
        for (offset, row) in rows.enumerated() {
            slots[base + row] = UInt32(firstSlot + offset)
        }
        next = (chunks.upperBound, UInt32(firstSlot + rows.count))
        let (found, slots) = (found, slots)
        return concurrentMap(count: rows.count, sliceMin: RegistryLimits.encodeRowsMax) { range in
            range.map { place in
                found.candidates(of: UInt32(base + rows[place]), limit: limit).compactMap {
                    var candidate = MatcherCandidate($0)
                    candidate.slot = slots[Int(candidate.slot)]
                    return candidate.slot == Self.noSlot ? nil : candidate
                }
            }
        }
    }
}
