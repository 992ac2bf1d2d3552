import Foundation
import Identity
import Testing

@testable import Linkage

/// Decisions are obeyed, and teach what the records alone cannot say.
///
/// Method: a file of twins whose names are a letter apart, linked with and without labels for a part
/// of them and measured on the others; literal decisions between few records.
@Suite struct LabelTests {
    /// Twins of names a letter apart, which look like one person mistyped, then two records each of
    /// other persons; the number of the person comes with each record.
    private static func population(
        twins: Int, others: Int
    ) -> [(person: UInt32, record: PersonRecord)] {
        let names = [("Juan", "Juana"), ("Luis", "Luisa"), ("Julio", "Julia"), ("Mario", "Maria")]
        var records: [(UInt32, PersonRecord)] = []
        for index in 0..<twins + others {
            let random = TextHash.mix(UInt64(index) &+ 99)
            let date = "\(1940 + random % 70)-0\(1 + (random >> 20) % 9)-1\(random >> 40 & 7)"
            let (one, other) = names[Int(random >> 50 & 3)]
            for half in 0..<2 {
                let isTwin = index < twins
                var record = PersonRecord([
                    .given: isTwin && half == 1 ? other : one,
                    .family: "Familia\(word((random >> 8) % 300))", .birthDate: date,
                ])
                if half == 0 { record[.municipality] = "Iquique" }
                records.append((UInt32(isTwin ? 2 * index + half : 2 * index), record))
            }
        }
        return records
    }

    /// A word of letters for a number.
    private static func word(_ number: UInt64) -> String {
        let letters = Array("abcdefghijklmnopqrst")
        return String([letters[Int(number % 20)], letters[Int(number / 20 % 20)]])
    }

    @Test func labelsTeachWhatTheFileCannotSay() {
        let labelled = 60
        let population = Self.population(twins: 200, others: 400)
        let records = population.map(\.record)
        let labels = (0..<UInt32(labelled)).map {
            PairLabel(left: 2 * $0, right: 2 * $0 + 1, isSamePerson: false)
        }
        let without = LinkageRunTests.link(records)
        let with = LinkageRunTests.link(records) { $0.labels = labels }
        // Measured on records without a label.
        let rest = 2 * labelled..<records.count
        func f1(_ outcome: LinkageOutcome) -> Double {
            Evaluation(
                clusters: Array(outcome.clusters[rest]),
                persons: population[rest].map(\.person)
            ).pairwise.f1
        }
        let (before, after) = (f1(without), f1(with))
        #expect(after > before + 0.05, "F1 \(before) without, \(after) with labels")
        #expect(with.training?.labels == labelled)
    }

    @Test func decisionsAreObeyed() {
        var records = LinkageRunTests.population(households: 60).map(\.record)
        records.append(records[0])
        let copy = UInt32(records.count - 1)
        let outcome = LinkageRunTests.link(records) {
            $0.labels = [
                PairLabel(left: 0, right: copy, isSamePerson: false),
                PairLabel(left: 2, right: 40, isSamePerson: true),
                PairLabel(left: 41, right: 2, isSamePerson: false),
            ]
        }
        #expect(outcome.clusters[0] != outcome.clusters[Int(copy)])
        #expect(outcome.clusters[2] == outcome.clusters[40])
        #expect(outcome.clusters[2] != outcome.clusters[41])
    }

    @Test func apartPrevailsOverTogether() {
        let records = LinkageRunTests.population(households: 20).map(\.record)
        let outcome = LinkageRunTests.link(records) {
            $0.labels = [
                PairLabel(left: 0, right: 1, isSamePerson: true),
                PairLabel(left: 1, right: 0, isSamePerson: false),
            ]
        }
        #expect(outcome.clusters[0] != outcome.clusters[1])
    }

    @Test func labelsOfPairsFarFromTheThresholdMoveLittle() {
        #expect(LabelCalibration.shift([]) == 0)
        let sure = [(Float(12), true), (Float(-12), false)]
        #expect(abs(LabelCalibration.shift(sure)) < 0.01)
        let doubtful = (0..<50).map { (Float($0 % 5) - 2, true) }
        #expect(LabelCalibration.shift(doubtful) > 2)
    }
}

/// What is fixed in a model stays, and a trained model gives the same partition again.
///
/// Method: marks written and read; training on a small population with marked probabilities; a run
/// with the model of another run.
@Suite struct FixedProbabilityTests {
    @Test func marks() throws {
        for field in ComparisonField.allCases {
            #expect(FixedProbability(mark: field.name) == FixedProbability(field))
            for level in 1..<field.levelCount {
                let fixed = FixedProbability(field, level: level)
                #expect(FixedProbability(mark: fixed.mark) == fixed)
            }
        }
        #expect(FixedProbability(mark: "shoe_size") == nil)
        #expect(FixedProbability(mark: "given: missing") == nil)
    }

    @Test func fixedProbabilitiesStay() throws {
        let records = LinkageRunTests.population(households: 100).map(\.record)
        var start = LinkageRunTests.link(records).model
        let match = Hypothesis.match.rawValue
        let close = Int(SurnameLevel.close.rawValue)
        start.probabilities[ComparisonField.family.rawValue][close][match] = 0.25
        start.fixed = [FixedProbability(.family, level: close), FixedProbability(.birthDate)]
        let read = try LinkageModel(json: try start.json())
        #expect(read.fixed == start.fixed)
        let trained = LinkageRunTests.link(records) { $0.model = read }
        #expect(trained.training != nil)
        let model = trained.model
        #expect(model.probability(.family, level: close, .match) == 0.25)
        for level in 1..<ComparisonField.birthDate.levelCount {
            for hypothesis in Hypothesis.allCases {
                #expect(
                    model.probability(.birthDate, level: level, hypothesis)
                        == start.probability(.birthDate, level: level, hypothesis))
            }
        }
        let sum = PriorProbabilities.distributions(.family)[0].reduce(0) {
            $0 + model.probability(.family, level: $1, .match)
        }
        #expect(abs(sum - 1) < 1e-3)
    }

    @Test func aSavedModelGivesTheSamePartition() throws {
        let records = LinkageRunTests.population(households: 150).map(\.record)
        let first = LinkageRunTests.link(records)
        let model = try LinkageModel(json: try first.model.json())
        let second = LinkageRunTests.link(records, threads: 2) { $0.model = model }
        #expect(second.clusters == first.clusters)
        #expect(second.pairs == first.pairs)
        #expect(second.errors == first.errors)
    }

    @Test func unknownMarksAreRefused() throws {
        var text = String(decoding: try LinkageModel(records: 10).json(), as: UTF8.self)
        text = text.replacing("\"family\" : {", with: "\"family\" : {", maxReplacements: 0)
        text = "{\"fixed\":[\"shoe_size\"]," + text.dropFirst()
        #expect(throws: ModelError.unknownMark("shoe_size")) {
            try LinkageModel(json: Data(text.utf8))
        }
    }
}
