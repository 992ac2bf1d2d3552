internal import RegistryModel
internal import RegistryStore

/// A drafted step whose new records are entered into the matcher above the slots of the step ahead, and
/// matched, before that one is durable.
///
/// What a row does is decided afterwards, by `BatchPlanner`, against an index that has the step ahead.
struct PreparedStep: Sendable {
    let step: StagedStep
    let rows: [SubmittedRow]
    /// Rows of records that were erased, which are passed over.
    let erasedRows: Int
    private(set) var entered: EnteredRecords
    /// The model by which the records were matched.
    private(set) var matchingNumber: Int64 = 0

    /// Enters and matches the new records of a step behind one that may be under way.
    ///
    /// `found` is what was found of them beforehand, where it was and still counts; else it is nil
    /// afterwards.
    init(
        _ drafted: consuming DraftedStep, behind ahead: CommitUnderWay?,
        found: inout ExtractCandidates?, in node: NodeState
    ) {
        step = drafted.step
        rows = drafted.rows
        erasedRows = drafted.erasedRows
        let firstSlot =
            node.index.read { $0.records.count } + (ahead?.plan?.newRecords.count ?? 0)
        if erasedRows == 0, found?.bringUpToDate(node) == true,
            found?.enter(drafted.newRows, in: step.chunks, from: firstSlot) == true,
            let candidates = found?.candidates(
                ofNew: drafted.newRows, of: rows, in: step.chunks, node.index)
        {
            entered = EnteredRecords(
                drafted.newRows, drafted.slices, drafted.versions, candidates: candidates,
                from: firstSlot, in: node.index)
            matchingNumber = found?.matchingNumber ?? 0
        } else {
            found = nil
            entered = EnteredRecords(
                drafted.newRows, drafted.slices, drafted.versions, from: firstSlot,
                in: node.index)
            match(node)
        }
    }

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

    /// Finds the candidates of the new records anew, by what was found beforehand as far as it still counts.
    mutating func matchAgain(_ found: inout ExtractCandidates?, in node: NodeState) {
        if found?.bringUpToDate(node) == true,
            let candidates = found?.candidates(
                ofNew: entered.rows, of: rows, in: step.chunks, node.index)
        {
            entered.candidates = candidates
        } else {
            found = nil
            match(node)
        }
    }

    /// Finds the candidates of the new records in the index, by the model in force.
    private mutating func match(_ node: NodeState) {
        let matching = node.matchingInForce
        entered.match(in: node.index, weightMin: matching.rule.reviewThreshold)
        matchingNumber = matching.number
    }
}
