import Extracts

/// A CSV file read by the names of some of its columns.
struct NamedColumns: ~Copyable {
    private var reader: DelimitedReader
    private let path: String
    private let columns: [Int]

    /// Opens a file, whose header must have all the names.
    init(path: String, _ names: [String]) throws {
        let opened = try DelimitedReader.opened(path: path)
        let header = opened.header
        columns = try names.map { name in
            guard let column = header.firstIndex(of: name) else {
                throw CommandFailure("\(path): the column \(name) is needed")
            }
            return column
        }
        self.path = path
        reader = opened
    }

    /// Moves to the next row; false at the end of the file.
    mutating func next() throws -> Bool {
        switch try reader.next() {
        case .end: return false
        case .malformed(let reason): throw failure(reason)
        case .row:
            guard reader.fieldCount == reader.header.count else {
                throw failure(
                    "\(reader.fieldCount) values where the header has \(reader.header.count)")
            }
            return true
        }
    }

    /// The row's value in the column of a name, told by the name's place.
    mutating func text(at place: Int) -> String { reader.text(at: columns[place]) }

    /// What is wrong with the row.
    func failure(_ reason: String) -> CommandFailure {
        CommandFailure("\(path): line \(reader.lineNumber): \(reason)")
    }
}
