/// What a file says of one code on some days, before it is checked.
package struct StatedEntry: Hashable, Sendable {
    /// Where it stands in its file, from 1.
    package var line: Int
    package var code: String
    package var period: EntryPeriod
    /// Values by field name, in any order.
    package var members: [JSONMember]

    /// Creates an entry.
    package init(line: Int, code: String, period: EntryPeriod, members: [JSONMember]) {
        self.line = line
        self.code = code
        self.period = period
        self.members = members
    }
}

/// A row of a file that was refused.
package struct RefusedRow: Error, Hashable, Sendable {
    package var line: Int
    /// The code, where the row has one.
    package var code: String
    package var problem: EntryProblem

    /// Creates a refusal.
    package init(line: Int, code: String, problem: EntryProblem) {
        self.line = line
        self.code = code
        self.problem = problem
    }
}

/// What a catalog says of one code on some days.
package struct CatalogEntry: Hashable, Sendable {
    package var code: String
    package var period: EntryPeriod
    package var content: EntryContent

    /// Creates an entry.
    package init(code: String, period: EntryPeriod, content: EntryContent) {
        self.code = code
        self.period = period
        self.content = content
    }
}
