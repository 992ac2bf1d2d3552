internal import Foundation
internal import Linkage
internal import RegistryStore

/// The linkage model in force, by its number in the database, with the thresholds of the registry.
struct MatchingInForce: Sendable {
    /// Rises with each model that comes into force.
    let number: Int64
    let model: LinkageModel

    /// The rule by which records find their persons.
    var rule: LinkRule { LinkRule(model) }

    /// Reads it; nil in a database that has none yet.
    static func read(_ session: inout RegistrySession) throws -> MatchingInForce? {
        try session.activeModel().map { active in
            MatchingInForce(
                number: active.number, model: try LinkageModel(json: Data(active.json.utf8)))
        }
    }
}

extension LinkRule {
    /// The rule that a model's thresholds make.
    init(_ model: LinkageModel) {
        self.init(
            automaticThreshold: model.automaticThreshold, reviewThreshold: model.reviewThreshold)
    }
}
