internal import Linkage
internal import RegistryModel
internal import RegistryStore

/// The next chunks of a load as they lie staged.
struct StagedStep: Sendable {
    /// The load; it counts chunks as done up to those that were when it was read.
    var load: Load
    var chunks: Range<Int32>
    /// The bytes of each chunk.
    var contents: [[UInt8]]

    var isLast: Bool { chunks.upperBound == load.chunks }
}

/// The rows of a step with all that can be made ready before the step ahead of it is durable.
///
/// Read, encoded, entered into the matcher above the slots of the step ahead, and matched. What a row
/// does is decided afterwards, by `BatchPlanner`, against an index that has the step ahead.
struct PreparedStep: Sendable {
    let step: StagedStep
    let rows: [SubmittedRow]
    /// Rows of records that were erased, which are passed over.
    let erasedRows: Int
    /// The records that are new.
    let newKeys: Set<SubmittedRow.Key>
    private(set) var entered: EnteredRecords
    /// The model by which the records were matched.
    private(set) var matchingNumber: Int64 = 0

    /// What is known of the batch behind a position of the log before it is planned; nil unless all rows are
    /// new records.
    func head(from base: LogPosition) -> CommitHead? {
        guard !rows.isEmpty, entered.rows.count == rows.count else { return nil }
        let versions = rows.indices.map { place in
            RecordVersion(
                record: Int64(entered.firstSlot + place) + 1, version: 1,
                sequence: base.sequence + 1, recordedAt: rows[place].recordedAt,
                content: entered.versions[place])
        }
        return CommitHead(base: base, events: 1, versions: versions)
    }

    /// Finds the candidates of the new records by the model in force.
    mutating func match(_ node: NodeState) {
        let matching = node.matchingInForce
        entered.match(in: node.index, weightMin: matching.rule.reviewThreshold)
        matchingNumber = matching.number
    }
}

extension Committer {
    /// Makes a step ready behind one that may be under way; nil where its bytes cannot be read.
    func prepare(_ step: StagedStep, behind ahead: CommitUnderWay?) -> PreparedStep? {
        let (contents, createdAt) = (step.contents, step.load.createdAt)
        let parts = concurrentSlices(count: contents.count, sliceMin: 1) { range in
            range.map { StagedChunk.rows(contents[$0], recordedAtWhenUnknown: createdAt) }
        }
        let read = parts.flatMap { $0.compactMap { $0 } }
        guard read.count == contents.count else { return nil }
        let staged = Array(read.joined())
        let rows = withoutErased(staged)
        let erasedRows = staged.count - rows.count
        let (places, newKeys) = newRecords(among: rows, behind: ahead)
        let (slices, versions) = encode(places, of: rows)
        let firstSlot =
            node.index.read { $0.records.count } + (ahead?.plan?.newRecords.count ?? 0)
        var prepared = PreparedStep(
            step: step, rows: rows, erasedRows: erasedRows, newKeys: newKeys,
            entered: EnteredRecords(places, slices, versions, from: firstSlot, in: node.index))
        prepared.match(node)
        return prepared
    }

    /// The rows that are the first of their record, known neither to the index nor to the step ahead.
    private func newRecords(
        among rows: [SubmittedRow], behind ahead: CommitUnderWay?
    ) -> (places: [Int], keys: Set<SubmittedRow.Key>) {
        var places: [Int] = []
        var keys: Set<SubmittedRow.Key> = []
        let isKnown = node.index.read { index in
            rows.map { index.slot(source: $0.source, localID: $0.localID) != nil }
        }
        for (place, row) in rows.enumerated() where !isKnown[place] {
            let key = row.key
            if ahead?.newKeys.contains(key) != true, keys.insert(key).inserted {
                places.append(place)
            }
        }
        return (places, keys)
    }

    /// Encodes new records for the matcher, and writes their first versions, on all cores.
    private func encode(
        _ places: [Int], of rows: [SubmittedRow]
    ) -> (slices: [EncodedRecords], versions: [VersionContent]) {
        let slices = concurrentSlices(
            count: places.count, sliceMin: RegistryLimits.encodeRowsMax
        ) { range in
            (
                EncodedRecords(rows: range.lazy.map { rows[places[$0]] }),
                range.map { VersionContent(of: rows[places[$0]].person) }
            )
        }
        return (slices.map(\.0), slices.flatMap(\.1))
    }
}
