internal import Linkage
internal import RegistryModel

/// The rows of a load's next chunks, all of them or as many as are worth it, as the engine takes them, in their
/// order.
struct StagedExtract: Sendable {
    private(set) var records: EncodedExtract
    let firstChunk: Int32
    /// The place of the first row of each chunk from that on.
    private let firstPlaces: [UInt32]
    /// Whether no two rows of the load are of one record.
    private let namesDiffer: Bool

    init(
        _ records: EncodedExtract, firstChunk: Int32, firstPlaces: [UInt32], namesDiffer: Bool
    ) {
        self.records = records
        self.firstChunk = firstChunk
        self.firstPlaces = firstPlaces
        self.namesDiffer = namesDiffer
    }

    private var endChunk: Int32 { firstChunk + Int32(firstPlaces.count) }

    /// Whether each row of some chunks is the first of its record, in a registry that knew none of the load's
    /// records before it.
    ///
    /// Not near the end of rows of which more come: what is drafted behind those looks for its records among
    /// the new ones of the steps that are not registered yet.
    func areAllNew(_ chunks: Range<Int32>, of load: Load, stepRowsMax: Int) -> Bool {
        guard namesDiffer, holds(chunks) else { return false }
        let rowsBehind = records.count - firstPlace(of: chunks.upperBound)
        return load.chunks <= endChunk
            || rowsBehind >= StepDrafting.stepsPendingMax * stepRowsMax
    }

    /// Whether it has the rows of chunks.
    func holds(_ chunks: Range<Int32>) -> Bool {
        chunks.lowerBound >= firstChunk && chunks.upperBound <= endChunk
    }

    /// The place of a chunk's first row; behind the last chunk that behind the last row.
    func firstPlace(of chunk: Int32) -> Int {
        chunk < endChunk ? Int(firstPlaces[Int(chunk - firstChunk)]) : records.count
    }

    /// Gives the records the numbers that their words have in an index.
    mutating func giveWords(to index: Guarded<PatientIndex>) {
        index.write { $0.matcher.takeWords(of: &records) }
    }

    /// Holds the words no more, which the index has.
    mutating func releaseWords() { records.releaseWords() }
}

/// What was found of the records of a load before they are registered.
///
/// Records are known by the place of their row until they are prepared; then the slot of each is known. It counts
/// as long as the index has no records but those that it held then, as they were, and behind them those of
/// the rows, in their order, as they came first, and goes by the model of then.
struct ExtractCandidates: Sendable {
    /// For a row that is of no new record.
    static let noSlot = UInt32.max

    /// The model by which records were matched.
    let matchingNumber: Int64
    /// What the matcher counts of changes where all records are as they came.
    private let matcherChanges: Int
    private let found: EarlierCandidates
    let extract: StagedExtract
    /// The number of records that the index held.
    private let heldCount: Int
    /// For each row the slot of the record that came with it.
    private var slots: [UInt32]
    /// The chunk that comes next, and the slot of its first record.
    private var next: (chunk: Int32, slot: UInt32)

    init(
        matchingNumber: Int64, matcherChanges: Int, found: EarlierCandidates,
        extract: StagedExtract, heldCount: Int
    ) {
        self.matchingNumber = matchingNumber
        self.matcherChanges = matcherChanges
        self.found = found
        self.extract = extract
        self.heldCount = heldCount
        slots = Array(repeating: Self.noSlot, count: extract.records.count)
        next = (extract.firstChunk, UInt32(heldCount))
    }

    /// Steps in which an index makes room for the records: look-ups go between.
    private static let roomSteps = 32

    /// Has an index make room for the records.
    func makeRoom(in index: Guarded<PatientIndex>) {
        let rows = extract.records.count
        for step in 0..<Self.roomSteps {
            index.write {
                $0.reserve(records: rows, persons: rows / 2, step: step, of: Self.roomSteps)
            }
        }
    }

    /// Goes on with a chunk; false where the records of the index are others than those that it held and those of
    /// the chunks before.
    mutating func goOn(from chunk: Int32, records: Int) -> Bool {
        guard chunk >= extract.firstChunk else { return false }
        let place = extract.firstPlace(of: chunk)
        // Of steps that were prepared and taken out again nothing may be left.
        let end = max(place, extract.firstPlace(of: next.chunk))
        for place in place..<end { slots[place] = Self.noSlot }
        next = (chunk, UInt32(records))
        return heldCount + slots[..<place].count { $0 != Self.noSlot } == records
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
        let (found, slots, rowCount) = (found, slots, UInt32(extract.records.count))
        return concurrentMap(count: rows.count, sliceMin: RegistryLimits.encodeRowsMax) { range in
            range.map { place in
                found.candidates(of: UInt32(base + rows[place]), limit: limit).compactMap {
                    var candidate = MatcherCandidate($0)
                    // Behind the rows stand the records that the index held.
                    candidate.slot =
                        candidate.slot < rowCount
                        ? slots[Int(candidate.slot)] : candidate.slot - rowCount
                    return candidate.slot == Self.noSlot ? nil : candidate
                }
            }
        }
    }
}
