import Foundation
import Testing

@testable import Linkage

/// A model survives its file, and training finds the probabilities that made the data.
///
/// Method: round trips; comparison vectors drawn from a known model in expected counts, trained on
/// from the usual start.
@Suite struct ModelTests {
    @Test func jsonRoundTrip() throws {
        let model = LinkageRunTests.link(
            LinkageRunTests.population(households: 60).map(\.record)
        ).model
        let bytes = try model.json()
        let read = try LinkageModel(json: bytes)
        #expect(read == model)
        #expect(try read.json() == bytes)
    }

    @Test func unusableModelsAreRefused() throws {
        #expect(throws: ModelError.unreadable) { try LinkageModel(json: Data("{}".utf8)) }
        var model = LinkageModel(records: 10)
        model.version = 99
        let bytes = try model.json()
        #expect(throws: ModelError.otherVersion(99)) { try LinkageModel(json: bytes) }
    }

    @Test func shippedModelsAreThoseOfTheFolder() throws {
        for name in ShippedModels.names {
            #expect(ShippedModels.named(name) != nil, "\(name)")
        }
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Matching/Models/JSON")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
        #expect(files.sorted() == ShippedModels.names.sorted())
    }

    @Test func scalingFollowsThePopulation() {
        let model = LinkageModel(records: 1_001)
        let scaled = model.scaled(toRecords: 100_001)
        let match = Hypothesis.match.rawValue
        #expect(abs(scaled.priors[match] * 100 / model.priors[match] - 1) < 1e-9)
        #expect(scaled.records == 100_001)
    }

    @Test func logarithmAndPower() {
        for step in 1...2_000 {
            let value = Float(step) * 0.013
            #expect(abs(BinaryLogarithm.of(value) - Float(log2(Double(value)))) < 4e-6)
            let exponent = -Float(step) * 0.04
            let power = BinaryLogarithm.power(SIMD8(repeating: exponent))[3]
            #expect(abs(Double(power) / exp2(Double(exponent)) - 1) < 1e-5)
        }
    }
}
