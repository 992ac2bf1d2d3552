internal import RegistryModel
internal import RegistryStore
internal import Synchronization

// What the writer does not take of erased records.
extension Committer {
    /// Refuses submissions of records that were erased.
    func refusingErased(_ pending: [PendingSubmission]) -> [PendingSubmission] {
        let isErased = node.isErased(pending.map(\.row))
        guard isErased.contains(true) else { return pending }
        let refusal = RegistryError(
            .conflict,
            "the record of this local_id was erased; a steward must allow it first"
                + " (padron erase allow)")
        return zip(pending, isErased).compactMap { submission, isErased in
            if isErased { submission.completion(.failure(refusal)) }
            return isErased ? nil : submission
        }
    }

    /// Writes and applies what must not be in any snapshot: this node's are gone before it is written.
    ///
    /// - Throws: `unavailable` where one cannot be deleted; nothing was written then.
    func withoutSnapshots(_ body: () throws -> Void) throws {
        try node.snapshots?.beginErasure()
        defer { node.snapshots?.endErasure() }
        try body()
    }

    /// Forgets the former names of erased records, and takes note of which may not come back.
    func forget(_ erasure: ErasureStep) {
        if let names = try? session.erasedNames() { node.take(names) }
        node.index.write { index in
            for record in erasure.records {
                index.setFormerLocalIDs([], of: UInt32(record - 1))
            }
        }
    }
}

extension NodeState {
    /// The rows of a chunk but for those of records that were erased since it was staged.
    func withoutErased(_ rows: [SubmittedRow]) -> [SubmittedRow] {
        let isErased = isErased(rows)
        guard isErased.contains(true) else { return rows }
        return zip(rows, isErased).filter { !$0.1 }.map(\.0)
    }

    /// Which rows are of erased records: by their name, or by what stands in its place.
    fileprivate func isErased(_ rows: [SubmittedRow]) -> [Bool] {
        let names = erasedNames.withLock { $0 }
        guard names.stamp > 0 else { return rows.map(\.localID.isEmpty) }
        return index.read { index in
            rows.map { row in
                if row.localID.isEmpty { return true }
                if let slot = index.slot(source: row.source, localID: row.localID) {
                    return index.records[Int(slot)].state == .erased
                }
                return names.contains(source: row.source, localID: row.localID)
            }
        }
    }
}
