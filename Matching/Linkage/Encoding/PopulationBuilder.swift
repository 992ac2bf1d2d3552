package import Identity

/// Encodes records into a population, on several cores if they come in batches or pieces.
package struct PopulationBuilder {
    /// The most sources of one population; further ones count as the last.
    package static let sourcesMax = 65_535
    /// Records of one task when a batch is encoded.
    private static let taskRecords = 2_048

    /// Records from a place on whose words are numbered by one encoder.
    private struct Stretch: Sendable {
        var encoder: Int
        var start: Int
    }

    private let threads: Int
    /// Sources whose numbers may be another person's, by name and by number.
    private let sharedNumberSources: Set<String>
    private var sharesNumbers: [Bool] = []
    /// Sources whose records are of providers, by name and by number.
    private let providerSources: Set<String>
    private var realms: [Realm] = []
    private var encoders: [RecordEncoder]
    private var persons: [EncodedPerson] = []
    private var stretches: [Stretch] = []
    private var sources: [UInt16] = []
    private var sourceNames: [String] = []
    private var sourceNumbers: [String: UInt16] = [:]

    /// Creates an empty builder.
    ///
    /// - Parameters:
    ///   - threads: The most cores used for batches.
    ///   - sharedNumberSources: Sources whose numbers may be another person's, a guardian's for
    ///     example.
    ///   - providerSources: Sources whose records are of providers and meet no patient's.
    package init(
        threads: Int = 1, sharedNumberSources: Set<String> = [], providerSources: Set<String> = []
    ) {
        self.sharedNumberSources = sharedNumberSources
        self.providerSources = providerSources
        self.threads = max(1, min(threads, Parallel.threadsMax))
        // One more than threads, for the thread that puts the pieces of the others in order.
        encoders = (0...self.threads).map(RecordEncoder.init)
    }

    /// The number of records so far.
    package var count: Int { persons.count }

    /// The number of records for which there is room.
    package var capacity: Int { persons.capacity }

    /// Makes room for a number of records in all.
    package mutating func reserveCapacity(_ records: Int) {
        persons.reserveLargePages(records)
        sources.reserveLargePages(records)
    }

    /// Encodes one record and returns its slot.
    @discardableResult
    package mutating func append(_ person: PersonRecord, source: String) -> UInt32 {
        let slot = UInt32(persons.count)
        sources.append(number(of: source))
        noteStretch(of: 0)
        persons.append(encoders[0].encode(person))
        markBySource(from: Int(slot))
        return slot
    }

    /// Encodes a batch on several cores; the first record's slot is the count before the call.
    package mutating func append(_ batch: [PersonRecord], sources batchSources: [String]) {
        precondition(batch.count == batchSources.count, "each record has a source")
        let pieces = min(threads, max(1, batch.count / Self.taskRecords))
        // Each piece owns an encoder for the call.
        let encoded = Parallel.mapEach(&encoders, count: pieces, threads: threads) {
            piece, encoder in
            let from = batch.count * piece / pieces
            for index in from..<batch.count * (piece + 1) / pieces { encoder.append(batch[index]) }
            return encoder.takePiece()
        }
        let first = persons.count
        for piece in encoded { append(piece) }
        for source in batchSources { sources.append(number(of: source)) }
        markBySource(from: first)
    }

    /// Hands out encoders for threads that read: one for each, and one more for the thread that
    /// puts their pieces in order; a single one where there is one thread.
    package mutating func takeEncoders(forThreads threads: Int) -> [RecordEncoder] {
        precondition(!encoders.isEmpty, "the encoders came back")
        let count = self.threads == 1 ? 1 : min(threads, self.threads) + 1
        let taken = Array(encoders.prefix(count))
        encoders.removeFirst(count)
        return taken
    }

    /// Takes encoders back with the words that they have learned.
    package mutating func giveBack(_ taken: [RecordEncoder]) {
        encoders += taken
        encoders.sort { $0.number < $1.number }
    }

    /// Appends the records of a piece, whose encoder need not have come back yet.
    ///
    /// - Parameters:
    ///   - piece: Records of one of the encoders handed out.
    ///   - sourceNumbers: The source of each record among `names`.
    ///   - names: Source names, each once.
    ///   - excluded: Places in the piece, ascending, of records that are left out.
    package mutating func append(
        _ piece: EncodedPiece, sourceNumbers: [UInt32], names: [String], excluding excluded: [Int]
    ) {
        precondition(piece.count == sourceNumbers.count, "each record has a source")
        let numbers = names.map { number(of: $0) }
        let first = persons.count
        defer { markBySource(from: first) }
        if excluded.isEmpty {
            append(piece)
            for number in sourceNumbers { sources.append(numbers[Int(number)]) }
            return
        }
        noteStretch(of: piece.encoder)
        var next = excluded.startIndex
        for index in piece.persons.indices {
            if next < excluded.endIndex, excluded[next] == index {
                next += 1
                continue
            }
            persons.append(piece.persons[index])
            sources.append(numbers[Int(sourceNumbers[index])])
        }
    }

    /// Marks new records by what their sources are, numbers first that may be others'.
    private mutating func markBySource(from first: Int) {
        if sharesNumbers.contains(true) {
            for slot in first..<persons.count where sharesNumbers[Int(sources[slot])] {
                persons[slot].doubtIdentifiers()
            }
        }
        if realms.contains(.provider) {
            for slot in first..<persons.count { persons[slot].enter(realms[Int(sources[slot])]) }
        }
    }

    private mutating func append(_ piece: EncodedPiece) {
        noteStretch(of: piece.encoder)
        persons.append(contentsOf: piece.persons)
    }

    private mutating func noteStretch(of encoder: Int) {
        if stretches.last?.encoder == encoder { return }
        stretches.append(Stretch(encoder: encoder, start: persons.count))
    }

    /// The population of all records, whose words now have one numbering; the builder is empty then.
    package mutating func finish() -> Population {
        var population = Population()
        population.tokens = encoders[0].tokens
        var numbers: [[UInt32]] = [[]]
        for encoder in encoders.dropFirst() {
            numbers.append(population.tokens.merge(encoder.tokens))
        }
        population.sourceNames = sourceNames
        // Exchanged and not copied: the records are most of the memory there is.
        swap(&population.sources, &sources)
        swap(&population.persons, &persons)
        let (stretches, finalNumbers, count) = (stretches, numbers, population.persons.count)
        Parallel.update(&population.persons, pieces: stretches.count, threads: threads) { index in
            stretches[index]
                .start..<(index + 1 < stretches.count ? stretches[index + 1].start : count)
        } _: { index, persons in
            let encoder = stretches[index].encoder
            guard encoder > 0 else { return }
            for place in persons.indices { persons[place].renumber(finalNumbers[encoder]) }
        }
        self = PopulationBuilder(threads: threads)
        return population
    }

    private mutating func number(of source: String) -> UInt16 {
        if let last = sources.last, sourceNames[Int(last)] == source { return last }
        if let number = sourceNumbers[source] { return number }
        let number = UInt16(min(sourceNames.count, Self.sourcesMax - 1))
        sourceNumbers[source] = number
        if Int(number) == sourceNames.count {
            sourceNames.append(source)
            sharesNumbers.append(sharedNumberSources.contains(source))
            realms.append(providerSources.contains(source) ? .provider : .patient)
        }
        return number
    }
}
