internal import Foundation
internal import Identity
internal import Linkage
internal import RegistryModel

/// Chooses the linkage model of a registry that has no records yet, from the extract that comes first.
///
/// An extract that is large enough, and in which enough records belong together, teaches its own model, with
/// the thresholds that follow from it. Any other gets the shipped model of the country whose national
/// numbers most of its records carry.
struct FirstModel {
    /// Records of which a model can be learned.
    static let trainingRecordsMin = 10_000
    /// Records after which no more are looked at: about 2 s of training.
    ///
    /// Where persons stand anywhere in
    /// an extract, a part of it has the same share of pairs of one person as the whole.
    static let trainingRecordsMax = 500_000

    private var builder: PopulationBuilder
    private var rules: RecordRules
    private var batch: [PersonRecord] = []
    private var sources: [String] = []
    private var records = 0
    private var countries: [String: Int] = [:]
    private let threads: Int

    /// Begins without records, in a registry whose sources and authorities are known.
    init(_ directory: SourceDirectory) {
        threads = ProcessInfo.processInfo.activeProcessorCount
        builder = PopulationBuilder(threads: threads)
        rules = RecordRules(directory.traits, directory.authorities)
    }

    /// Takes a record of the extract.
    mutating func append(_ person: PersonRecord, source: Int32) {
        guard records < Self.trainingRecordsMax else { return }
        records += 1
        let countries = Set(person.identifiers.compactMap { Self.country($0.authority) })
        for country in countries { self.countries[country, default: 0] += 1 }
        rules.append(person, source: source)
        batch.append(person)
        sources.append(String(source))
        if batch.count == RegistryLimits.rematchReadMax { encode() }
    }

    private mutating func encode() {
        builder.append(batch, sources: sources)
        batch.removeAll(keepingCapacity: true)
        sources.removeAll(keepingCapacity: true)
    }

    /// The shipped model for an authority of national numbers; nil for any other authority.
    private static func country(_ authority: String) -> String? {
        let country = String(authority.prefix { $0 != "-" })
        guard country != authority, country != "generic" else { return nil }
        return ShippedModels.names.contains(country) ? country : nil
    }

    /// The model for what was seen; nil where nothing speaks for another one than the generic.
    mutating func choose() -> LinkageModel? {
        encode()
        if records >= Self.trainingRecordsMin,
            let trained = RegistryTraining.model(of: builder.finish(), rules, threads: threads)
        {
            return trained
        }
        let likeliest = countries.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let likeliest, likeliest.value * 2 > records else { return nil }
        return ShippedModels.named(likeliest.key)
    }
}
