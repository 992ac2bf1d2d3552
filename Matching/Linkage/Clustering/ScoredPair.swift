/// What is done with a pair.
package enum LinkageDecision: UInt8, Sendable {
    case separate, review, link

    /// The word in files and answers.
    package var name: String {
        switch self {
        case .separate: "separate"
        case .review: "review"
        case .link: "link"
        }
    }
}

/// A compared pair: slots of the records, match weight in bits, probability and decision.
package struct ScoredPair: Sendable, Equatable {
    package var left: UInt32
    package var right: UInt32
    package var weight: Float
    package var decision: LinkageDecision
    /// Whether the records contradict each other, whatever the weight says.
    package var isVetoed: Bool

    /// The probability that both records are of one person.
    package var probability: Double { ThresholdEstimation.probability(weight) }

    package init(
        left: UInt32, right: UInt32, weight: Float, decision: LinkageDecision,
        isVetoed: Bool = false
    ) {
        self.left = left
        self.right = right
        self.weight = weight
        self.decision = decision
        self.isVetoed = isVetoed
    }
}
