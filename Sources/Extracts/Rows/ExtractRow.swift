package import Identity

/// One row of an extract: a person as one source says.
package struct ExtractRow: Hashable, Sendable {
    /// The line on which the row begins, from 1.
    package var lineNumber = 0
    package var recordID = ""
    package var source = ""
    package var localID = ""
    package var recordedAt = ""
    package var person = PersonRecord()
}

/// A row that could not be read.
package struct RejectedRow: Hashable, Sendable {
    package var lineNumber: Int
    package var reason: String
    /// The row as it stood in the file, cut where it was very long.
    package var bytes: [UInt8]

    /// Creates a rejected row.
    package init(lineNumber: Int, reason: String, bytes: [UInt8]) {
        self.lineNumber = lineNumber
        self.reason = reason
        self.bytes = bytes
    }
}

/// Some rows in the file's order, the readable apart from the others.
package struct ExtractBatch: Sendable {
    package var rows: [ExtractRow] = []
    package var rejected: [RejectedRow] = []

    /// Creates an empty batch.
    package init() {}
}
