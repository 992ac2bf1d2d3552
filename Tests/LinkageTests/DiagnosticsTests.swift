import Identity
import Testing

@testable import Linkage

/// What a report shows of a run is what the run did.
///
/// Method: a small population with households, its forecast and its diagnostics held against the
/// outcome; explanations against the weights of the pairs.
@Suite struct DiagnosticsTests {
    private let records = LinkageRunTests.population(households: 60).map(\.record)

    @Test func diagnosticsAddUpToTheOutcome() throws {
        let outcome = LinkageRunTests.link(records) { $0.gathersDiagnostics = true }
        let diagnostics = try #require(outcome.diagnostics)
        let bins = diagnostics.weights.bins
        let links = outcome.pairs.filter { $0.decision == .link }.count
        #expect(bins.reduce(0) { $0 + $1.link } == links)
        let kept = bins.reduce(0) { $0 + $1.pairs }
        #expect(kept + diagnostics.weights.lighterPairs == outcome.statistics.comparedPairs)
        #expect(diagnostics.rules.allSatisfy { $0.onlyLinks <= $0.links })
        #expect(diagnostics.rules.reduce(0) { $0 + $1.onlyLinks } <= links)
        #expect(diagnostics.rules.contains { $0.links > 0 })
        // The curve goes through the estimates of the thresholds.
        let curve = diagnostics.errorCurve
        #expect(curve.map(\.weight) == bins.map(\.weight))
        for estimate in [outcome.errors.automatic, outcome.errors.link, outcome.errors.review] {
            let before = try #require(curve.last { $0.weight <= estimate.weight })
            #expect(before.links >= estimate.links)
            #expect(before.falseLinks >= estimate.falseLinks)
            #expect(before.missedLinks <= estimate.missedLinks)
            guard let after = curve.first(where: { $0.weight >= estimate.weight }) else { continue }
            #expect(after.links <= estimate.links)
            #expect(after.falseLinks <= estimate.falseLinks)
            #expect(after.missedLinks >= estimate.missedLinks)
        }
        for sample in [diagnostics.review, diagnostics.link, diagnostics.automatic] {
            #expect(sample.pairs.count <= 2 * LinkageDiagnostics.sampledPairsMax)
        }
        #expect(LinkageRunTests.link(records).diagnostics == nil)
    }

    @Test func samplesDoNotDependOnOrder() throws {
        func sampled(_ records: [PersonRecord]) throws -> [Float] {
            let outcome = LinkageRunTests.link(records) { $0.gathersDiagnostics = true }
            return try #require(outcome.diagnostics).link.pairs.map(\.weight)
        }
        #expect(try sampled(records) == sampled(records.reversed()))
    }

    @Test func theForecastCountsWhatIsCompared() {
        var builder = PopulationBuilder()
        builder.append(records, sources: records.map { _ in "a" })
        let population = builder.finish()
        let forecast = LinkageForecast(population, options: LinkageOptions())
        #expect(forecast.records == records.count)
        #expect(forecast.rules.allSatisfy { $0.newPairs <= $0.pairs })
        var heard: LinkageForecast?
        // What is missed, and so the second look, shows only once links are known.
        var options = LinkageOptions()
        options.rescues = false
        let outcome = LinkageRun.run(population, options: options, forecast: { heard = $0 })
        #expect(heard?.rules == forecast.rules)
        #expect(outcome.statistics.comparedPairs <= forecast.expectedPairs)
        #expect(outcome.statistics.comparedPairs > 0)
    }

    @Test func rulesThatHoldAPairAreNamed() {
        let ana = PersonRecord([.given: "Ana", .family: "Rojas", .birthDate: "1980-02-13"])
        let other = PersonRecord([.given: "Xu", .family: "Quispe", .birthDate: "1931-11-30"])
        var builder = PopulationBuilder()
        builder.append([ana, ana, other], sources: ["a", "a", "a"])
        let population = builder.finish()
        func blocking(_ left: UInt32, _ right: UInt32) -> PairBlocking {
            PairBlocking(
                left: left, right: right, population: population, options: LinkageOptions())
        }
        #expect(blocking(0, 1) == .copies)
        #expect(blocking(1, 2) == .rules([]))
    }

    @Test func sizesOfClustersAreCounted() {
        let sizes = ClusterSizes([0, 0, 2, 3, 3, 3])
        #expect(sizes.counts.map(\.size) == [1, 2, 3])
        #expect(sizes.counts.map(\.clusters) == [1, 1, 1])
        #expect(sizes.largest == 3)
        #expect(ClusterSizes([]).largest == 0)
    }
}
