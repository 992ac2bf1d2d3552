package import Identity

/// Records encoded apart from any index, so that many threads can encode for one.
package struct EncodedRecords: Sendable {
    /// Those of vacancies have the content hash 0.
    private(set) var persons: [EncodedPerson] = []
    /// The keys of each record, where they were made beforehand; else empty.
    private(set) var keys: [RecordKeys] = []
    /// The words of the records; nil once the records have the numbers of an index.
    private var tokens: TokenTable?
    private var encoder = PersonEncoder()

    /// Encodes records, and makes their keys.
    package init(_ records: some Sequence<PersonRecord>) {
        self.init(capacity: records.underestimatedCount)
        for record in records { append(record) }
        makeKeys()
    }

    /// Makes the keys of the records, of which there will be no more.
    ///
    /// Whoever takes records without keys makes them then, on one thread.
    package mutating func makeKeys() {
        guard let tokens else { return }
        // Keys are made of what words say, so that they are the same by any table.
        keys = persons.map { RecordKeys($0, tokens) }
    }

    /// Takes records that have the numbers of an index' words.
    init(numbered persons: [EncodedPerson]) {
        tokens = nil
        self.persons = persons
    }

    /// Makes room for records to come.
    package init(capacity: Int) {
        tokens = TokenTable()
        persons.reserveCapacity(capacity)
    }

    /// Whether the keys are made.
    package var hasKeys: Bool { keys.count == persons.count }

    /// The number of records and vacancies.
    package var count: Int { persons.count }

    /// Encodes one more record; an index must not have taken any yet.
    package mutating func append(_ record: PersonRecord, realm: Realm = .patient) {
        guard var words = tokens.take() else {
            preconditionFailure("records are added before an index takes them")
        }
        var person = encoder.encode(record, tokens: &words)
        person.enter(realm)
        // 0 stands for a vacancy.
        if person.contentHash == 0 { person.contentHash = 1 }
        persons.append(person)
        tokens = words
    }

    /// Takes the last record away.
    package mutating func removeLast() {
        persons.removeLast()
        if keys.count > persons.count { keys.removeLast() }
    }

    /// Leaves a slot without record.
    package mutating func appendVacancy() { persons.append(EncodedPerson()) }

    /// Adds the words to the table of an index and takes its numbers; done once.
    mutating func useWords(of table: inout TokenTable) {
        guard let numbers = mergeWords(into: &table) else { return }
        for place in persons.indices { persons[place].renumber(numbers) }
    }

    /// Adds the words to the table of an index; the numbers that its records are to take come back, nil
    /// where they have them.
    mutating func mergeWords(into table: inout TokenTable) -> [UInt32]? {
        guard let tokens else { return nil }
        self.tokens = nil
        return table.merge(tokens)
    }
}
