internal import Foundation
internal import Identity
internal import Linkage
internal import RegistryModel

/// Chooses the linkage model of a registry that has no records yet, from the extract that comes first.
///
/// A sample spread over the whole extract decides. One that is large enough, and in which enough records belong
/// together, teaches a model of its own, with the thresholds that follow from it. Any other gets the
/// shipped model of the country whose national numbers most of its records carry.
struct FirstModel {
    /// Records of which a model can be learned.
    static let trainingRecordsMin = 10_000
    /// Records up to which all of an extract are looked at.
    static let wholeRecordsMax = 131_072
    /// Of a larger extract one record in so many is looked at, where that is more than `wholeRecordsMax`:
    /// pairs of one person grow rarer in a sample with the square of its share.
    static let sampledOneIn = 16

    /// A record of the sample.
    private struct Sampled {
        /// Where its row's number stands among those of all rows in an order without meaning.
        var rank: UInt64
        var source: Int32
        var packed: [UInt8]
    }

    private let directory: SourceDirectory
    private var sample: [Sampled] = []
    /// Rows above this rank are not looked at.
    private var rankMax = UInt64.max
    private var records = 0
    private let threads = ProcessInfo.processInfo.activeProcessorCount

    /// Begins without records, in a registry whose sources and authorities are known.
    init(_ directory: SourceDirectory) { self.directory = directory }

    /// The records that the sample is to have of an extract of so many.
    private static func wanted(of records: Int) -> Int {
        max(wholeRecordsMax, records / sampledOneIn)
    }

    /// Takes a packed record of the extract.
    mutating func append(_ packed: [UInt8], source: Int32) {
        let rank = Self.rank(records)
        records += 1
        guard rank <= rankMax else { return }
        sample.append(Sampled(rank: rank, source: source, packed: Array(packed)))
        if sample.count > 2 * Self.wanted(of: records) {
            rankMax /= 2
            sample.removeAll { $0.rank > rankMax }
        }
    }

    /// SplitMix64 of a row's number: the same rows of an extract each time.
    private static func rank(_ row: Int) -> UInt64 {
        var mixed = (UInt64(row) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// The shipped model for an authority of national numbers; nil for any other authority.
    private static func country(_ authority: String) -> String? {
        let country = String(authority.prefix { $0 != "-" })
        guard country != authority, country != "generic" else { return nil }
        return ShippedModels.names.contains(country) ? country : nil
    }

    /// The model for what was seen; nil where nothing speaks for another one than the generic.
    consuming func choose() -> LinkageModel? {
        let wanted = Self.wanted(of: records)
        if sample.count > wanted {
            let last = sample.map(\.rank).sorted()[wanted - 1]
            sample.removeAll { $0.rank > last }
        }
        let share = records == 0 ? 1 : Double(sample.count) / Double(records)
        var builder = PopulationBuilder(
            threads: threads, providerSources: directory.providerSources)
        var rules = RecordRules(directory.traits, directory.authorities)
        var countries: [String: Int] = [:]
        for start in stride(from: 0, to: sample.count, by: RegistryLimits.rematchReadMax) {
            let part = sample[start..<min(start + RegistryLimits.rematchReadMax, sample.count)]
            let persons = part.compactMap { PackedPerson.person(from: $0.packed.span) }
            assert(persons.count == part.count, "the sample is packed")
            for (person, sampled) in zip(persons, part) {
                rules.append(person, source: sampled.source)
                let stated = Set(person.identifiers.compactMap { Self.country($0.authority) })
                for country in stated { countries[country, default: 0] += 1 }
            }
            builder.append(persons, sources: part.map { String($0.source) })
        }
        if sample.count >= Self.trainingRecordsMin,
            let trained = RegistryTraining.model(
                of: builder.finish(), rules, share: share, threads: threads)
        {
            return trained
        }
        let likeliest = countries.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let likeliest, likeliest.value * 2 > sample.count else { return nil }
        return ShippedModels.named(likeliest.key)
    }
}
