import Extracts

/// Two record ids as an argument names them, `LEFT,RIGHT`.
struct AskedPair {
    private let text: String

    init(_ text: String) throws(UsageError) {
        guard text.contains(",") else {
            throw UsageError("--explain takes two record ids: LEFT,RIGHT")
        }
        self.text = text
    }

    /// The slots of both records.
    ///
    /// A comma may be part of an id: the one that has a known id on either side counts.
    func slots(in recordIDs: RecordIDs) throws -> (left: UInt32, right: UInt32) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let readings = (1..<parts.count).map { cut in
            (parts[..<cut].joined(separator: ","), parts[cut...].joined(separator: ","))
        }
        let wanted = Set(readings.flatMap { [$0.0, $0.1] })
        var slots: [String: UInt32] = [:]
        for slot in 0..<UInt32(recordIDs.count) {
            let id = recordIDs[slot]
            if wanted.contains(id) { slots[id] = slot }
        }
        for (left, right) in readings {
            guard let first = slots[left], let second = slots[right] else { continue }
            guard first != second else {
                throw CommandFailure("--explain: both are one record; name two")
            }
            return (first, second)
        }
        throw CommandFailure("--explain: the extracts have no two records of these ids")
    }
}
