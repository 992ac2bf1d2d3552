package import Identity

/// Encoded records with the words of their names, ready to be compared.
package struct Population: Sendable {
    var tokens = TokenTable()
    var persons: [EncodedPerson] = []
    /// The number of each record's source in `sourceNames`.
    var sources: [UInt16] = []
    package internal(set) var sourceNames: [String] = []

    /// The number of records; a record's slot is its place in the order of arrival.
    package var count: Int { persons.count }
}

/// Encodes records into a population, on several cores if they come in batches.
package struct PopulationBuilder {
    /// The most sources of one population; further ones count as the last.
    package static let sourcesMax = 65_535
    /// Records of one task when a batch is encoded.
    private static let taskRecords = 2_048

    private struct Shard: Sendable {
        var encoder = PersonEncoder()
        var tokens = TokenTable()

        mutating func encode(_ person: PersonRecord) -> EncodedPerson {
            encoder.encode(person, tokens: &tokens)
        }
    }

    /// Records encoded by one shard, one after another.
    private struct Run: Sendable {
        var shard: Int
        var persons: [EncodedPerson]
    }

    private let threads: Int
    private var shards: [Shard]
    private var runs: [Run] = []
    private var sources: [UInt16] = []
    private var sourceNames: [String] = []
    private var sourceNumbers: [String: UInt16] = [:]

    /// Creates an empty builder; `threads` bounds the cores used for batches.
    package init(threads: Int = 1) {
        self.threads = max(1, min(threads, Parallel.threadsMax))
        shards = Array(repeating: Shard(), count: self.threads)
    }

    /// The number of records so far.
    package var count: Int { sources.count }

    /// Encodes one record and returns its slot.
    @discardableResult
    package mutating func append(_ person: PersonRecord, source: String) -> UInt32 {
        let slot = UInt32(sources.count)
        sources.append(number(of: source))
        let encoded = shards[0].encode(person)
        if let last = runs.indices.last, runs[last].shard == 0 {
            runs[last].persons.append(encoded)
        } else {
            runs.append(Run(shard: 0, persons: [encoded]))
        }
        return slot
    }

    /// Encodes a batch on several cores; the first record's slot is the count before the call.
    package mutating func append(_ persons: [PersonRecord], sources batchSources: [String]) {
        precondition(persons.count == batchSources.count, "each record has a source")
        for source in batchSources { sources.append(number(of: source)) }
        let pieces = min(threads, max(1, persons.count / Self.taskRecords))
        let given = shards
        // Each piece owns a shard for the call, so that no table is shared.
        let results = Parallel.map(pieces, threads: threads) { piece in
            var shard = given[piece]
            let from = persons.count * piece / pieces
            let to = persons.count * (piece + 1) / pieces
            var encoded: [EncodedPerson] = []
            encoded.reserveCapacity(to - from)
            for index in from..<to {
                encoded.append(shard.encode(persons[index]))
            }
            return (shard, encoded)
        }
        for (piece, result) in results.enumerated() {
            shards[piece] = result.0
            runs.append(Run(shard: piece, persons: result.1))
        }
    }

    /// The population of all records, whose words now have one numbering.
    package consuming func finish() -> Population {
        var population = Population()
        population.tokens = shards[0].tokens
        var numbers: [[UInt32]] = [[]]
        for shard in shards.dropFirst() { numbers.append(population.tokens.merge(shard.tokens)) }
        let (finalRuns, finalNumbers) = (runs, numbers)
        let mapped = Parallel.map(runs.count, threads: threads) { index in
            let run = finalRuns[index]
            guard run.shard > 0 else { return run.persons }
            return run.persons.map { Self.renumber($0, finalNumbers[run.shard]) }
        }
        population.persons.reserveCapacity(sources.count)
        for persons in mapped { population.persons.append(contentsOf: persons) }
        population.sources = sources
        population.sourceNames = sourceNames
        return population
    }

    private static func renumber(_ person: EncodedPerson, _ numbers: [UInt32]) -> EncodedPerson {
        var person = person
        person.renumber(numbers)
        return person
    }

    private mutating func number(of source: String) -> UInt16 {
        if let last = sources.last, sourceNames[Int(last)] == source { return last }
        if let number = sourceNumbers[source] { return number }
        let number = UInt16(min(sourceNames.count, Self.sourcesMax - 1))
        sourceNumbers[source] = number
        if Int(number) == sourceNames.count { sourceNames.append(source) }
        return number
    }
}
