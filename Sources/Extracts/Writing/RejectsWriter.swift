/// The file of the rows that could not be read: line, reason, and the row as it stood.
///
/// It is made with the first rejected row; an earlier run's file at the same path is replaced.
package struct RejectsWriter: ~Copyable {
    package let path: String
    package private(set) var count = 0
    private var writer: DelimitedWriter?

    /// Prepares a file that appears when a row was rejected and `finish` is called.
    package init(path: String) { self.path = path }

    /// Where the rejects of an extract go unless the user says otherwise.
    package static func defaultPath(of extract: String) -> String {
        (extract == "-" ? "standard-input" : extract) + ".rejects.csv"
    }

    /// Writes one row.
    package mutating func write(_ row: RejectedRow) throws(ExtractError) {
        if writer == nil {
            writer = try DelimitedWriter(path: path, header: ["line", "reason", "row"])
        }
        writer?.append(String(row.lineNumber))
        writer?.append(row.reason)
        writer?.append(row.bytes.span)
        try writer?.endRow()
        count += 1
    }

    /// Makes the file appear, if there is anything in it.
    package mutating func finish() throws(ExtractError) { try writer?.finish() }
}
