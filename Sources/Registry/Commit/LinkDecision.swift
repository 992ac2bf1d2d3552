internal import RegistryModel

/// What becomes of a row's record.
struct LinkDecision: Sendable {
    var person: EnterpriseIdentifier
    var outcome: SubmissionOutcome
    /// The weight of the link or of the doubtful pair.
    var weight: Double?
    /// The record it is doubted against, by slot.
    var doubt: UInt32?
}

/// One person who may be the one that a new record is of.
struct PersonCandidate {
    var person: EnterpriseIdentifier
    /// The record of the person that fits best.
    var slot: UInt32
    var weight: Double
    /// Whether something forbids the link whatever the weight.
    var isVetoed: Bool
}

/// The rule by which a new record finds its person, given the candidates.
struct LinkRule {
    var automaticThreshold: Double
    var reviewThreshold: Double

    /// The candidate to link to, and the one to ask a steward about.
    ///
    /// Candidates come with the best first. A link needs the automatic threshold and no veto. Asked
    /// about is the best of those that reach the review threshold and are not linked to: where a
    /// record is linked, only one that reaches the automatic threshold too, since the two persons
    /// are then likely to be one.
    func decide(_ candidates: [PersonCandidate]) -> (link: Int?, doubt: Int?) {
        let link = candidates.firstIndex { $0.weight >= automaticThreshold && !$0.isVetoed }
        let doubtThreshold = link == nil ? reviewThreshold : automaticThreshold
        let doubt = candidates.indices.first { index in
            index != link && candidates[index].weight >= doubtThreshold
                && (link == nil || !candidates[index].isVetoed)
        }
        return (link, doubt)
    }
}
