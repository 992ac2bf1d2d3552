package import Linkage

/// What a rematch is to be planned with.
package struct RematchRequest: Sendable {
    /// Where the model comes from.
    package enum ModelChoice: Sendable {
        /// The model in force.
        case inForce
        case named(LinkageModel)
        /// Learned from the registry's own records, with thresholds that follow from it.
        case trained
    }

    package var model: ModelChoice
    /// The automatic threshold in bits in place of the model's own.
    package var automaticThreshold: Double?
    /// The review threshold in bits in place of the model's own.
    package var reviewThreshold: Double?
    /// Threads used; the outcome does not depend on them.
    package var threads: Int

    /// Creates a request.
    package init(
        model: ModelChoice = .inForce, automaticThreshold: Double? = nil,
        reviewThreshold: Double? = nil, threads: Int = 1
    ) {
        self.model = model
        self.automaticThreshold = automaticThreshold
        self.reviewThreshold = reviewThreshold
        self.threads = threads
    }
}

/// How far a rematch is.
package enum RematchProgress: Sendable {
    /// Records read.
    case reading(Int)
    case linking(LinkageProgress)
    /// Changes, or events of an undo, dealt with, of so many.
    case applying(done: Int, total: Int)
}
