import Extracts
import Foundation
import Identity
import Linkage
import Synthesis

/// An extract, and the file that tells whose its records are.
struct LabelledExtract {
    var name: String
    var path: String
    var truthPath: String
    /// Sources that say of their numbers that they may be another person's.
    var sharedNumberSources: Set<String> = []

    /// Generates the people of a country; `variant` names other rates of errors than the documented.
    static func generated(
        _ locale: SynthesisLocale, persons: Int, seed: UInt64 = 7,
        rates: ErrorRates = .documented, variant: String = "", in folder: TemporaryFolder
    ) throws(BenchmarkError) -> LabelledExtract {
        let name = "\(locale.rawValue)-\(persons)\(variant)"
        let extract = LabelledExtract(
            name: "\(country(locale))\(variant), \(Figures.grouped(persons)) persons",
            path: folder.path(name + ".csv"), truthPath: folder.path(name + "_truth.csv"))
        do {
            var rows = try OutputFile(path: extract.path)
            var truth = try OutputFile(path: extract.truthPath)
            _ = try PopulationSynthesizer(
                options: SynthesisOptions(
                    persons: persons, locale: locale, seed: seed, rates: rates)
            ).generate(
                extract: { try rows.write($0) }, truth: { try truth.write($0) })
            try rows.finish()
            try truth.finish()
        } catch {
            throw BenchmarkError(message: "\(error)", status: 1)
        }
        return extract
    }

    private static func country(_ locale: SynthesisLocale) -> String {
        switch locale {
        case .cl: "Chile"
        case .pe: "Peru"
        case .fr: "France"
        case .ir: "Iran"
        }
    }

    /// The extracts of a folder, each `NAME.csv` beside its `NAME_truth.csv` or `NAME.truth.csv`.
    static func all(in folder: String) throws(BenchmarkError) -> [LabelledExtract] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let found = names.sorted().compactMap { name -> LabelledExtract? in
            guard name.hasSuffix(".csv") else { return nil }
            let stem = String(name.dropLast(4))
            return ["_truth.csv", ".truth.csv"].map { stem + $0 }.first(where: names.contains)
                .map {
                    LabelledExtract(
                        name: stem, path: "\(folder)/\(name)", truthPath: "\(folder)/\($0)")
                }
        }
        guard !found.isEmpty else {
            throw BenchmarkError(
                message: "\(folder) holds no NAME.csv beside a NAME_truth.csv", status: 1)
        }
        return found
    }

    /// Generates a country where half of all children stand under their mother's number, a tenth of
    /// all numbers are mistyped, and no newborn has a name; one of the regions says so of its numbers.
    static func guardians(
        persons: Int, in folder: TemporaryFolder
    ) throws(BenchmarkError) -> LabelledExtract {
        var rates = ErrorRates.documented
        rates[.guardianIdentifier] = 5_000
        rates[.identifierDigit] = 1_000
        rates[.newbornUnnamed] = 10_000
        var extract = try generated(
            .cl, persons: persons, rates: rates, variant: " with guardians' numbers", in: folder)
        extract.sharedNumberSources = ["region-metropolitana"]
        return extract
    }

    /// The generated people of the four countries, and the extracts of a folder where one is named.
    static func usual(
        persons: Int, folder: String?, in temporary: TemporaryFolder
    ) throws(BenchmarkError) -> [LabelledExtract] {
        var extracts: [LabelledExtract] = []
        for locale in SynthesisLocale.allCases {
            extracts.append(try generated(locale, persons: persons, in: temporary))
        }
        if let folder { extracts += try all(in: folder) }
        return extracts
    }

    /// Reads and encodes the records, and keeps them as they were read where that is asked for.
    func load(
        threads: Int, keepsRecords: Bool = false
    ) throws(BenchmarkError) -> LabelledPopulation {
        do {
            return try LabelledPopulation(self, threads: threads, keepsRecords: keepsRecords)
        } catch {
            throw BenchmarkError(message: "\(error)", status: 1)
        }
    }
}

/// The records of an extract made ready for the engine, and whose they are.
struct LabelledPopulation {
    let name: String
    let population: Population
    /// The person of each record, of those that have one in the truth.
    let persons: [UInt32]
    /// The records in their order, where they were kept.
    private(set) var records: [PersonRecord] = []

    fileprivate init(_ extract: LabelledExtract, threads: Int, keepsRecords: Bool) throws {
        name = extract.name
        var truth: [String: String] = [:]
        var labels = try DelimitedReader.opened(path: extract.truthPath)
        while try labels.next() != .end {
            let id = labels.text(at: 0).trimmingCharacters(in: .whitespaces)
            truth[id] = labels.text(at: 1)
        }
        var builder = PopulationBuilder(
            threads: threads, sharedNumberSources: extract.sharedNumberSources)
        var ids = RecordIDs()
        var numbers: [String: UInt32] = [:]
        var persons: [UInt32] = []
        var reader = try ExtractReader(path: extract.path)
        while let batch = try reader.nextBatch(rowsMax: 8_192) {
            var rows: [ExtractRow] = []
            for row in batch.rows where ids.insert(row.recordID) == nil {
                guard let person = truth[row.recordID] else { continue }
                let next = UInt32(numbers.count)
                persons.append(numbers[person, default: next])
                numbers[person] = persons.last
                rows.append(row)
            }
            builder.append(rows.map(\.person), sources: rows.map(\.source))
            if keepsRecords { records += rows.map(\.person) }
        }
        self.persons = persons
        population = builder.finish()
    }
}

extension BenchmarkOptions {
    /// The whole number of an option.
    func integer(_ option: String, default value: Int) throws(BenchmarkError) -> Int {
        guard let text = self[option] else { return value }
        guard let number = Int(text), number > 0 else {
            throw BenchmarkError(message: "\(option) takes a number from 1 on", status: 2)
        }
        return number
    }

    /// The whole numbers of an option, separated by commas.
    func integers(_ option: String, default values: [Int]) throws(BenchmarkError) -> [Int] {
        guard let text = self[option] else { return values }
        let numbers = text.split(separator: ",").compactMap { Int($0) }.filter { $0 > 0 }
        guard numbers.count == text.split(separator: ",").count else {
            throw BenchmarkError(message: "\(option) takes numbers from 1 on", status: 2)
        }
        return numbers
    }

    /// Threads to use, all processors unless told otherwise.
    func threads() throws(BenchmarkError) -> Int {
        try integer("--threads", default: ProcessInfo.processInfo.activeProcessorCount)
    }
}
