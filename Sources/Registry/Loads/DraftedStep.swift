internal import Linkage
internal import RegistryModel
internal import RegistryStore

/// The next chunks of a load.
struct StagedStep: Sendable {
    /// The load; it counts chunks as done up to those that were when it was read.
    var load: Load
    var chunks: Range<Int32>

    var isLast: Bool { chunks.upperBound == load.chunks }
}

/// The rows of a step with all that can be made of them without any other step: taken apart, the new
/// records encoded, their first versions written as JSON.
struct DraftedStep: Sendable {
    let step: StagedStep
    let rows: [SubmittedRow]
    /// Rows of records that were erased, which are passed over.
    let erasedRows: Int
    /// The rows that are the first of their record.
    let newRows: [Int]
    /// The records that are new, where the steps behind have to know them.
    let newKeys: Set<SubmittedRow.Key>
    /// The new records as the matcher takes them, some of them to a slice.
    private(set) var slices: [EncodedRecords]
    /// Their first versions.
    let versions: [VersionContent]

    /// Drafts a step from the bytes of its chunks; nil where these cannot be read.
    ///
    /// Records are new that neither the index knows nor one of the steps that it has not taken yet;
    /// `pending` are the new records of those. `extract` has them encoded already, where that was done
    /// beforehand. `threads` says on how many threads.
    init?(
        _ step: StagedStep, _ contents: [[UInt8]], of extract: StagedExtract?,
        behind pending: [Set<SubmittedRow.Key>],
        in node: NodeState, threads: DraftThreads
    ) {
        let createdAt = step.load.createdAt
        let parts = threads.slices(count: contents.count, sliceMin: 1) { range in
            range.map { StagedChunk.rows(contents[$0], recordedAtWhenUnknown: createdAt) }
        }
        let read = parts.flatMap { $0.compactMap { $0 } }
        guard read.count == contents.count else { return nil }
        let staged = Array(read.joined())
        let rows = node.withoutErased(staged)
        // Behind a row that is passed over, the others have lost their places.
        let isHeld = rows.count == staged.count && extract?.holds(step.chunks) == true
        let encoded = isHeld ? extract : nil
        let (newRows, newKeys) =
            encoded?.areAllNew(
                step.chunks, of: step.load, stepRowsMax: node.loads.stepRowsMax) == true
                && node.index.read { !$0.hasFormerLocalIDs }
            ? (Array(rows.indices), []) : Self.newRecords(among: rows, behind: pending, in: node)
        let firstPlace = encoded?.firstPlace(of: step.chunks.lowerBound) ?? 0
        let made = threads.slices(
            count: newRows.count, sliceMin: RegistryLimits.encodeRowsMax
        ) { range in
            (
                encoded?.records.records(at: range.lazy.map { firstPlace + newRows[$0] })
                    ?? EncodedRecords(rows: range.lazy.map { rows[newRows[$0]] }),
                range.map { VersionContent(of: rows[newRows[$0]].person) }
            )
        }
        self.step = step
        self.rows = rows
        erasedRows = staged.count - rows.count
        self.newRows = newRows
        self.newKeys = newKeys
        slices = made.map(\.0)
        versions = made.flatMap(\.1)
    }

    private static func newRecords(
        among rows: [SubmittedRow], behind pending: [Set<SubmittedRow.Key>], in node: NodeState
    ) -> (rows: [Int], keys: Set<SubmittedRow.Key>) {
        var places: [Int] = []
        var keys: Set<SubmittedRow.Key> = []
        keys.reserveCapacity(rows.count)
        let isKnown = node.index.read { index in
            rows.map { index.slot(source: $0.source, localID: $0.localID) != nil }
        }
        for (place, row) in rows.enumerated() where !isKnown[place] {
            let key = row.key
            if !pending.contains(where: { $0.contains(key) }), keys.insert(key).inserted {
                places.append(place)
            }
        }
        return (places, keys)
    }
}

/// On how many threads a step is drafted.
enum DraftThreads {
    /// On one, while others do something else.
    case one
    /// On one for each core.
    case all

    /// The results of a closure for slices of at most `sliceMin` indices, in order.
    func slices<Result: Sendable>(
        count: Int, sliceMin: Int, _ body: @Sendable (Range<Int>) -> Result
    ) -> [Result] {
        switch self {
        case .all: concurrentSlices(count: count, sliceMin: sliceMin, body)
        case .one:
            stride(from: 0, to: count, by: sliceMin).map {
                body($0..<min(count, $0 + sliceMin))
            }
        }
    }
}
