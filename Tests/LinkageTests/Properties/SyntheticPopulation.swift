import Extracts
import Foundation
import Identity
import Synthesis

@testable import Linkage

/// Records of generated persons, whose they are, and what a run makes of them.
struct SyntheticPopulation {
    private(set) var records: [PersonRecord] = []
    private(set) var sources: [String] = []
    /// The person of each record.
    private(set) var persons: [UInt32] = []

    var count: Int { records.count }

    /// The people of the country that a seed stands for, every fourth seed the same country.
    init(persons: Int, seed: UInt64) throws {
        let locales = SynthesisLocale.allCases
        let locale = locales[Int(seed % UInt64(locales.count))]
        var extract: [UInt8] = []
        var truth: [UInt8] = []
        _ = try PopulationSynthesizer(
            options: SynthesisOptions(persons: persons, locale: locale, seed: seed)
        ).generate(
            extract: { bytes in bytes.withUnsafeBufferPointer { extract.append(contentsOf: $0) } },
            truth: { bytes in bytes.withUnsafeBufferPointer { truth.append(contentsOf: $0) } })
        let file = FileManager.default.temporaryDirectory
            .appending(path: "padron-\(UUID().uuidString).csv")
        try Data(extract).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var reader = try ExtractReader(path: file.path)
        while let batch = try reader.nextBatch(rowsMax: 4_096) {
            for row in batch.rows {
                records.append(row.person)
                sources.append(row.source)
            }
        }
        for line in String(decoding: truth, as: UTF8.self).split(separator: "\n").dropFirst() {
            self.persons.append(UInt32(line.split(separator: ",")[1]) ?? 0)
        }
        precondition(self.persons.count == records.count, "each record is somebody's")
    }

    /// These records in another order; places may be left out or stand twice.
    func taken(_ places: [Int]) -> SyntheticPopulation {
        var taken = self
        taken.records = places.map { records[$0] }
        taken.sources = places.map { sources[$0] }
        taken.persons = places.map { persons[$0] }
        return taken
    }

    /// These records after a change of each.
    func changed(_ change: (Int, inout PersonRecord) -> Void) -> SyntheticPopulation {
        var changed = self
        for place in records.indices { change(place, &changed.records[place]) }
        return changed
    }

    /// These records and further ones, each with its source and its person.
    func adding(_ further: [(PersonRecord, String, UInt32)]) -> SyntheticPopulation {
        var extended = self
        for (record, source, person) in further {
            extended.records.append(record)
            extended.sources.append(source)
            extended.persons.append(person)
        }
        return extended
    }

    /// Encodes the records, in one batch or in several.
    func population(threads: Int = 1, batches: Int = 1) -> Population {
        var builder = PopulationBuilder(threads: threads)
        for batch in 0..<batches {
            let range = count * batch / batches..<count * (batch + 1) / batches
            builder.append(Array(records[range]), sources: Array(sources[range]))
        }
        return builder.finish()
    }

    /// Links the records.
    func linked(
        threads: Int = 1, batches: Int = 1, configure: (inout LinkageOptions) -> Void = { _ in }
    ) -> LinkageOutcome {
        var options = LinkageOptions()
        options.threads = threads
        configure(&options)
        return LinkageRun.run(
            population(threads: threads, batches: batches), options: options)
    }

    /// How well clusters agree with whose the records are.
    func accuracy(_ outcome: LinkageOutcome) -> Accuracy {
        Evaluation(clusters: outcome.clusters, persons: persons).pairwise
    }
}

/// A partition as sets of labels, whatever the order of records and clusters.
struct Partition: Equatable {
    private(set) var clusters: [[Int]]

    /// The partition that clusters make of records, each of which has a label.
    ///
    /// Records of equal content are exchangeable: give them one label.
    init(_ clusters: [UInt32], labels: [Int]) {
        var members: [UInt32: [Int]] = [:]
        for (cluster, label) in zip(clusters, labels) {
            members[cluster, default: []].append(label)
        }
        self.clusters = members.values.map { $0.sorted() }
            .sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The place of the first record with the same content, for each record.
    static func labels(_ population: Population) -> [Int] {
        var first: [UInt64: Int] = [:]
        return population.persons.indices.map { place in
            let content = population.persons[place].contentHash
            if let known = first[content] { return known }
            first[content] = place
            return place
        }
    }
}
