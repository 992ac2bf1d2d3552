/// Many records encoded together, to be matched with those before them and then taken by an index, some at a
/// time.
package struct EncodedExtract: Sendable {
    /// The records, with their words until these are released.
    package private(set) var population = Population()
    /// Records that are still to be put behind each other, with the numbers of the population's words.
    private var pieces: [[EncodedPerson]] = []

    /// An extract without records.
    package init() {}

    /// Adds records behind those that are there, of which `close` says when they are all.
    package mutating func append(_ records: consuming EncodedRecords) {
        var records = records
        records.useWords(of: &population.tokens)
        pieces.append(records.persons)
    }

    /// Puts all records behind each other.
    package mutating func close() {
        let count = pieces.reduce(population.persons.count) { $0 + $1.count }
        population.persons.reserveLargePages(count)
        for place in pieces.indices {
            population.persons.append(contentsOf: pieces[place])
            pieces[place] = []
        }
        pieces = []
    }

    /// The number of records.
    package var count: Int { population.count }

    /// A hash of what a record says, as an index gives it.
    package func contentHash(at place: Int) -> UInt64 { population.persons[place].contentHash }

    /// Adds the words of the records to those of an index, and gives the records its numbers.
    ///
    /// Only that index takes them afterwards.
    package mutating func giveWords(to index: OnlineIndex) {
        let numbers = index.takeWords(of: population.tokens)
        for place in population.persons.indices { population.persons[place].renumber(numbers) }
        population.tokens = index.tokens
    }

    /// Holds the words no more, which the index has.
    package mutating func releaseWords() { population.tokens = .empty }

    /// The records at some places, without keys, as the index that has their words takes them.
    package func records(at places: some Sequence<Int>) -> EncodedRecords {
        EncodedRecords(numbered: places.map { population.persons[$0] })
    }
}

extension OnlineIndex {
    /// Adds the records that are held in a range of slots to a population that has this index's words.
    ///
    /// A slot without record is one there too, which meets nobody.
    package func append(_ slots: Range<UInt32>, to population: inout Population) {
        records.append(slots, to: &population.persons)
    }
}

extension Population {
    /// The same records in memory that takes more of them.
    package func withRoom(for count: Int) -> Population {
        var population = Population()
        population.tokens = tokens
        population.persons.reserveLargePages(persons.count + count)
        population.persons += persons
        return population
    }
}
