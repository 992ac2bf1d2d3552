internal import Glibc
internal import Linkage
internal import RegistryModel

/// The rows of a load's next chunks, all of them or as many as are worth it, as the engine takes them, in their
/// order.
struct StagedExtract: Sendable {
    private(set) var records: EncodedExtract
    let firstChunk: Int32
    /// The place of the first row of each chunk from that on.
    private let firstPlaces: [UInt32]
    /// Whether no two rows of the load are of one record, and none is of a record that the registry knows.
    private var bringsNewAlone: Bool

    init(
        _ records: EncodedExtract, firstChunk: Int32, firstPlaces: [UInt32], bringsNewAlone: Bool
    ) {
        self.records = records
        self.firstChunk = firstChunk
        self.firstPlaces = firstPlaces
        self.bringsNewAlone = bringsNewAlone
    }

    /// Has the record of each row be looked for from now on, since others have brought records.
    mutating func expectKnownRecords() { bringsNewAlone = false }

    private var endChunk: Int32 { firstChunk + Int32(firstPlaces.count) }

    /// Whether each row of some chunks is known to be the first of its record.
    ///
    /// Not near the end of rows of which more come: what is drafted behind those looks for its records among
    /// the new ones of the steps that are not registered yet.
    func areAllNew(_ chunks: Range<Int32>, of load: Load, stepRowsMax: Int) -> Bool {
        guard bringsNewAlone, holds(chunks) else { return false }
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
/// Records are known by the place of their row until they are prepared; then the slot of each is known. What was found
/// counts for the records that the index held then and for those that the rows bring, as they were. Those that others
/// bring, and those that change, are asked besides (``RecordsSince``). All goes by the model of then.
struct ExtractCandidates: Sendable {
    /// For a row that is of no new record.
    static let noSlot = UInt32.max

    /// The model by which records were matched.
    private let matching: MatchingInForce
    /// Its number.
    var matchingNumber: Int64 { matching.number }
    private let found: EarlierCandidates
    private(set) var extract: StagedExtract
    /// The number of records that the index held.
    private let heldCount: Int
    /// For each row the slot of the record that came with it.
    private var slots: [UInt32]
    /// The chunk that comes next, and the slot of its first record.
    private var next: (chunk: Int32, slot: Int)
    /// The place of the first row that is registered in this turn of the writer, and the slot of its record.
    private var turn: (place: Int, slot: Int)
    private var since: RecordsSince
    /// The changes of the matcher that are taken.
    private var changesTaken: Int

    /// What was found of an extract by a model, when an index held so many records and had had so many changes.
    init(
        _ found: EarlierCandidates, of extract: StagedExtract, by matching: MatchingInForce,
        heldCount: Int, changes: Int
    ) {
        self.matching = matching
        self.found = found
        self.extract = extract
        self.heldCount = heldCount
        slots = Array(repeating: Self.noSlot, count: extract.records.count)
        next = (extract.firstChunk, heldCount)
        turn = (0, heldCount)
        since = RecordsSince(model: matching.model)
        changesTaken = changes
    }

    /// Steps in which an index makes room for the records: look-ups go between.
    private static let roomSteps = 32
    private static let roomPauseMicroseconds: UInt32 = 500

    /// Has an index make room for the records.
    func makeRoom(in index: Guarded<PatientIndex>) {
        let rows = extract.records.count
        for step in 0..<Self.roomSteps {
            index.write {
                $0.reserve(records: rows, persons: rows / 2, step: step, of: Self.roomSteps)
            }
            // Who waits has the lock before it is wanted again.
            usleep(Self.roomPauseMicroseconds)
        }
    }

    /// Begins another turn of the writer with a chunk, in which nobody else brings records; false where what was
    /// found counts no more.
    ///
    /// Records that are neither of the time before nor of the rows up to that chunk are of others.
    mutating func goOn(from chunk: Int32, in index: Guarded<PatientIndex>) -> Bool {
        guard chunk >= extract.firstChunk else { return false }
        let place = extract.firstPlace(of: chunk)
        guard place >= turn.place else { return false }
        // Of steps that were prepared and taken out again nothing may be left.
        let end = max(place, extract.firstPlace(of: next.chunk))
        for place in place..<end { slots[place] = Self.noSlot }
        let own = slots[turn.place..<place].count { $0 != Self.noSlot }
        let (first, records) = (turn.slot + own, index.read { $0.records.count })
        guard first <= records else { return false }
        if first < records {
            extract.expectKnownRecords()
            since.take(UInt32(first)..<UInt32(records), in: index)
        }
        next = (chunk, records)
        turn = (place, records)
        return true
    }

    /// Takes in what has changed; false where what was found counts no more, since the model is another, or so many
    /// records are of others or have changed that to ask the index takes no longer.
    mutating func bringUpToDate(_ node: NodeState) -> Bool {
        guard node.matchingInForce.number == matching.number else { return false }
        let taken = changesTaken
        let (count, changed) = node.index.read {
            ($0.matcher.changes.count, $0.matcher.changes.slots(behind: taken))
        }
        guard let changed else { return false }
        since.take(changed, in: node.index)
        changesTaken = count
        return since.count <= RegistryLimits.extractRecordsSinceMax
    }

    /// Takes note of the slots that the new records of a step's rows have, the first and those behind it; false
    /// where the step is not the next one.
    mutating func enter(
        _ newRows: [Int], in chunks: Range<Int32>, from firstSlot: Int
    ) -> Bool {
        guard chunks.lowerBound == next.chunk, firstSlot == next.slot, extract.holds(chunks)
        else { return false }
        let base = extract.firstPlace(of: chunks.lowerBound)
        for (offset, row) in newRows.enumerated() {
            slots[base + row] = UInt32(firstSlot + offset)
        }
        next = (chunks.upperBound, firstSlot + newRows.count)
        return true
    }

    /// The candidates of each new record of a step that was entered.
    func candidates(
        ofNew newRows: [Int], of rows: [SubmittedRow], in chunks: Range<Int32>,
        _ index: Guarded<PatientIndex>
    ) -> [[MatcherCandidate]] {
        let base = extract.firstPlace(of: chunks.lowerBound)
        guard since.count > 0 else {
            return concurrentMap(
                count: newRows.count, sliceMin: RegistryLimits.encodeRowsMax
            ) { range in
                newRows[range].map { row in
                    found.candidates(
                        of: UInt32(base + row), limit: RegistryLimits.matchCandidatesMax
                    ) { slot(of: $0) != Self.noSlot }.map(candidate)
                }
            }
        }
        return concurrentMap(
            count: newRows.count, sliceMin: RegistryLimits.matchRowsMin
        ) { range in
            newRows[range].map { row in
                let before = candidatesBefore(UInt32(base + row))
                let beside = since.candidates(
                    for: rows[row], weightMin: matching.rule.reviewThreshold,
                    limit: RegistryLimits.matchCandidatesMax)
                return beside.isEmpty ? before.map(\.candidate) : joined(before, beside, index)
            }
        }
    }

    /// What was found for a row but those that have changed; with each, which may not be entered yet, its place in
    /// what was matched.
    private func candidatesBefore(
        _ row: UInt32
    ) -> [(candidate: MatcherCandidate, place: UInt32)] {
        found.candidates(of: row, limit: RegistryLimits.matchCandidatesMax) { place in
            let slot = slot(of: place)
            return slot != Self.noSlot && !since.holds(slot)
        }.map { (candidate($0), $0.slot) }
    }

    private func candidate(_ found: OnlineCandidate) -> MatcherCandidate {
        var candidate = MatcherCandidate(found)
        candidate.slot = slot(of: found.slot)
        return candidate
    }

    /// The slot of a record that was matched: behind the rows stand the records that the index held.
    private func slot(of place: UInt32) -> UInt32 {
        let rows = UInt32(slots.count)
        return place < rows ? slots[Int(place)] : place - rows
    }

    /// Both in the order in which an index answers.
    private func joined(
        _ before: [(candidate: MatcherCandidate, place: UInt32)],
        _ beside: [(candidate: MatcherCandidate, content: UInt64)], _ index: Guarded<PatientIndex>
    ) -> [MatcherCandidate] {
        let all = beside + before.map { ($0.candidate, content(of: $0.place, index)) }
        return all.sorted { left, right in
            if left.candidate.weight != right.candidate.weight {
                return left.candidate.weight > right.candidate.weight
            }
            return (left.content, left.candidate.slot) < (right.content, right.candidate.slot)
        }.prefix(RegistryLimits.matchCandidatesMax).map(\.candidate)
    }

    private func content(of place: UInt32, _ index: Guarded<PatientIndex>) -> UInt64 {
        if Int(place) < slots.count { return extract.records.contentHash(at: Int(place)) }
        let slot = slot(of: place)
        return index.read { $0.matcher.contentHash(of: slot) } ?? 0
    }
}
