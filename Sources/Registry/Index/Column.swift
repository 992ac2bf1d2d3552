/// Rows by number, in segments that never move.
///
/// Growing costs one allocation and copies nothing, so that no commit pays for a doubling, and no
/// more than a segment lies idle.
///
/// Guarded with the index that holds it.
struct Column<Row: BitwiseCopyable>: ~Copyable {
    /// Rows of a segment.
    private static var segmentRows: Int { 1 << 12 }

    private var segments: [UnsafeMutablePointer<Row>] = []
    /// The number of rows.
    private(set) var count = 0

    deinit {
        for segment in segments { segment.deallocate() }
    }

    /// The bytes held.
    var byteCount: Int {
        segments.count * Column.segmentRows * MemoryLayout<Row>.stride
            + segments.capacity * MemoryLayout<UnsafeRawPointer>.stride
    }

    /// A row.
    @inline(__always)
    subscript(number: Int) -> Row {
        get {
            precondition(number >= 0 && number < count, "a row of that number is held")
            return segments[number / Column.segmentRows][number % Column.segmentRows]
        }
        set {
            precondition(number >= 0 && number < count, "a row of that number is held")
            segments[number / Column.segmentRows][number % Column.segmentRows] = newValue
        }
    }

    /// Adds a row behind the others.
    mutating func append(_ row: Row) {
        if count == segments.count * Column.segmentRows {
            segments.append(.allocate(capacity: Column.segmentRows))
        }
        (segments[count / Column.segmentRows] + count % Column.segmentRows)
            .initialize(to: row)
        count += 1
    }
}
