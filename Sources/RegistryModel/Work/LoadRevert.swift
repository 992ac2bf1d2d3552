/// What taking a load back does to records.
package struct LoadRevertCounts: Hashable, Sendable {
    /// Records that the load made and that no longer count.
    package var withdrawn: Int64 = 0
    /// Records that have the version again that was current before the load.
    package var restored: Int64 = 0
    /// Records that returned to the person from whom the load had moved them.
    package var returned: Int64 = 0
    /// Records that a later decision or update holds as they are.
    package var stayed: Int64 = 0

    /// Creates counts of zero.
    package init() {}

    /// All records that were looked at and are not as before.
    package var total: Int64 { withdrawn + restored + stayed }

    /// Adds the counts of another part of the load.
    package static func += (left: inout LoadRevertCounts, right: LoadRevertCounts) {
        left.withdrawn += right.withdrawn
        left.restored += right.restored
        left.returned += right.returned
        left.stayed += right.stayed
    }
}

/// What taking a load back did, or would do.
package struct LoadRevertSummary: Hashable, Sendable {
    package var load: Int64
    /// The operation that it became; nil for a preview.
    package var operation: Int64?
    package var counts = LoadRevertCounts()
    /// Some of the records that stayed.
    package var stays: [RecordStay] = []

    /// Creates a summary of nothing yet.
    package init(load: Int64, operation: Int64? = nil) {
        self.load = load
        self.operation = operation
    }
}
