/// Many records encoded together, to be matched with each other and then taken by an index, some at a time.
package struct EncodedExtract: Sendable {
    private(set) var population = Population()

    /// Puts pieces together, one behind the other.
    package init(_ pieces: consuming [EncodedRecords]) {
        var pieces = pieces
        population.persons.reserveLargePages(pieces.reduce(0) { $0 + $1.count })
        for place in pieces.indices {
            pieces[place].useWords(of: &population.tokens)
            population.persons.append(contentsOf: pieces[place].persons)
            pieces[place] = EncodedRecords(capacity: 0)
        }
    }

    /// The number of records.
    package var count: Int { population.count }

    /// Adds the words of the records to those of an index, and gives the records its numbers.
    ///
    /// Only that index takes them afterwards.
    package mutating func giveWords(to index: OnlineIndex) {
        let numbers = index.takeWords(of: population.tokens)
        for place in population.persons.indices { population.persons[place].renumber(numbers) }
        population.tokens = .empty
    }

    /// The records at some places, without keys, as the index that has their words takes them.
    package func records(at places: some Sequence<Int>) -> EncodedRecords {
        EncodedRecords(numbered: places.map { population.persons[$0] })
    }
}
