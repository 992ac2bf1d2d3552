package import Foundation

/// Why a model file cannot be used.
package enum ModelError: Error, Equatable, CustomStringConvertible {
    case unreadable
    case otherVersion(Int)
    case incomplete(String)
    case unknownMark(String)

    /// What is wrong and what to do.
    package var description: String {
        switch self {
        case .unreadable: "the model is not JSON of a linkage model; train one with --save-model"
        case .otherVersion(let version):
            "the model is of version \(version), not \(LinkageModel.currentVersion); train it again"
        case .unknownMark(let mark):
            "the model marks \(mark) as fixed, which is neither a field nor \"field: level\""
        case .incomplete(let field): "the model has no usable probabilities for \(field)"
        }
    }
}

extension LinkageModel {
    /// The model as a file holds it: named fields, levels and hypotheses, values as hashes.
    private struct File: Codable {
        struct Table: Codable {
            var floor: Float
            var shares: [String: Float]
        }

        var name: String
        var version: Int
        var records: Int
        var priors: [String: Double]
        var fields: [String: [String: [String: Double]]]
        var linkThreshold: Double
        var automaticThreshold: Double
        var reviewThreshold: Double
        /// Fields and levels that training is to leave as they are.
        var fixed: [String]?
        var given: Table
        var family: Table
        var municipality: Table
    }

    /// The model as JSON with keys in a fixed order, so that equal models are equal bytes.
    package func json() throws -> Data {
        var fields: [String: [String: [String: Double]]] = [:]
        for field in ComparisonField.allCases {
            var levels: [String: [String: Double]] = [:]
            for (level, name) in field.levelNames.enumerated() where level > 0 {
                var row: [String: Double] = [:]
                for hypothesis in Hypothesis.allCases {
                    row[hypothesis.name] = probability(field, level: level, hypothesis)
                }
                levels[name] = row
            }
            fields[field.name] = levels
        }
        var priors: [String: Double] = [:]
        for hypothesis in Hypothesis.allCases {
            priors[hypothesis.name] = self.priors[hypothesis.rawValue]
        }
        let file = File(
            name: name, version: version, records: records, priors: priors, fields: fields,
            linkThreshold: linkThreshold, automaticThreshold: automaticThreshold,
            reviewThreshold: reviewThreshold,
            fixed: fixed.isEmpty ? nil : fixed.map(\.mark).sorted(),
            given: Self.table(givenFrequencies),
            family: Self.table(familyFrequencies),
            municipality: Self.table(municipalityFrequencies))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        return try encoder.encode(file)
    }

    /// Reads a model from JSON.
    package init(json: Data) throws(ModelError) {
        let file: File
        do { file = try JSONDecoder().decode(File.self, from: json) } catch { throw .unreadable }
        guard file.version == Self.currentVersion else { throw .otherVersion(file.version) }
        self.init(records: file.records)
        name = file.name
        for hypothesis in Hypothesis.allCases {
            guard let prior = file.priors[hypothesis.name], prior > 0, prior <= 1 else {
                throw .incomplete("prior")
            }
            priors[hypothesis.rawValue] = prior
        }
        for field in ComparisonField.allCases {
            for (level, levelName) in field.levelNames.enumerated() where level > 0 {
                for hypothesis in Hypothesis.allCases {
                    let value = file.fields[field.name]?[levelName]?[hypothesis.name]
                    guard let value, value >= 0, value <= 1 else { throw .incomplete(field.name) }
                    probabilities[field.rawValue][level][hypothesis.rawValue] = value
                }
            }
        }
        for mark in file.fixed ?? [] {
            guard let probability = FixedProbability(mark: mark) else {
                throw .unknownMark(mark)
            }
            fixed.insert(probability)
        }
        linkThreshold = file.linkThreshold
        automaticThreshold = file.automaticThreshold
        reviewThreshold = file.reviewThreshold
        givenFrequencies = Self.frequencies(file.given)
        familyFrequencies = Self.frequencies(file.family)
        municipalityFrequencies = Self.frequencies(file.municipality)
    }

    private static func table(_ table: FrequencyTable) -> File.Table {
        var shares: [String: Float] = [:]
        for (hash, share) in table.shares { shares[String(hash, radix: 16)] = share }
        return File.Table(floor: table.floor, shares: shares)
    }

    private static func frequencies(_ table: File.Table) -> FrequencyTable {
        var shares: [UInt64: Float] = [:]
        for (text, share) in table.shares {
            if let hash = UInt64(text, radix: 16) { shares[hash] = share }
        }
        return FrequencyTable(shares: shares, floor: table.floor)
    }
}
