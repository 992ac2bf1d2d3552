package import Identity

/// Records encoded apart from any index, so that many threads can encode for one.
package struct EncodedRecords: Sendable {
    private(set) var persons: [EncodedPerson] = []
    /// The words of the records; nil once the records have the numbers of an index.
    private var tokens: TokenTable?

    /// Encodes records.
    package init(_ records: some Sequence<PersonRecord>) {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        persons.reserveCapacity(records.underestimatedCount)
        for record in records { persons.append(encoder.encode(record, tokens: &tokens)) }
        self.tokens = tokens
    }

    /// The number of records.
    package var count: Int { persons.count }

    /// Adds the words to the table of an index and takes its numbers; done once.
    mutating func useWords(of table: inout TokenTable) {
        guard let tokens else { return }
        let numbers = table.merge(tokens)
        for place in persons.indices { persons[place].renumber(numbers) }
        self.tokens = nil
    }
}
