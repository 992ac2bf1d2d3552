import Foundation
import Identity
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

    private func weight(_ left: PersonRecord, _ right: PersonRecord) throws -> Double {
        let model = try #require(ShippedModels.named("cl")).scaled(toRecords: 100_000)
        return Double(MatchExplanation(left: left, right: right, model: model).total)
    }

    /// A number that may be a guardian's, or that its rule refuses, counts for less than one's own.
    @Test func doubtfulNumbersCountForLess() throws {
        func record(_ authority: String, _ value: String) -> PersonRecord {
            var record = PersonRecord([
                .given: "Ana", .family: "Rojas", .mothersFamily: "Tapia",
                .birthDate: "2015-05-08",
            ])
            record.identifiers = [LocalIdentifier(authority: authority, value: value)]
            return record
        }
        let own = record("cl-run", "12345678-5")
        let shared = record("cl-run-shared", "12345678-5")
        let invalid = record("cl-run", "12345678-4")
        #expect(try weight(own, own) > weight(own, shared) + 3)
        #expect(try weight(own, own) > weight(invalid, invalid) + 3)
        let others = record("cl-run", "5126663-3")
        let guardians = record("cl-run-shared", "5126663-3")
        #expect(try weight(own, guardians) > weight(own, others))
    }

    /// What twins share is no proof: with another given name, or without one, a steward is asked.
    @Test func twinsOfOneHouseholdAreNotLinkedAutomatically() throws {
        func record(_ given: String) -> PersonRecord {
            PersonRecord([
                .given: given, .family: "Rojas", .mothersFamily: "Tapia", .sex: "F",
                .birthDate: "2020-01-15", .phone: "987004455", .address: "Prat 123",
                .municipality: "Iquique",
            ])
        }
        let model = try #require(ShippedModels.named("cl"))
        let twins = try weight(record("Ana"), record("Marta"))
        #expect(twins < 4, "\(twins)")
        for unnamed in ["", "RN de Marta"] {
            let asked = try weight(record("Ana"), record(unnamed))
            #expect(asked < model.automaticThreshold, "\(asked)")
            #expect(asked > model.reviewThreshold, "\(asked)")
        }
        #expect(try weight(record("Ana"), record("Ana")) > model.automaticThreshold)
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
