/// How a node registers loads.
package struct LoadSettings: Sendable {
    /// Rows of an extract from which on its records are matched with each other, and with those that are held, before
    /// any is registered.
    package var extractMatchedMin = RegistryLimits.extractMatchedMin
    /// Rows of one step where nobody else has written for a while.
    package var stepRowsMax = RegistryLimits.loadStepRowsMax
    /// What the command that opens the node has encoded while it staged.
    var stagedExtracts: StagedExtracts?

    /// Rows of one step where the last live submission came so long ago; nil where none has come.
    ///
    /// Whoever submits waits for the step that is being written and the one that is decided.
    func stepRows(sinceSubmission pause: Duration?) -> Int {
        guard let pause else { return stepRowsMax }
        if pause < .milliseconds(RegistryLimits.feedPauseMillisecondsMax) {
            return min(stepRowsMax, RegistryLimits.loadStepRowsBesideFeedMax)
        }
        return pause < .seconds(RegistryLimits.feedQuietSecondsMin)
            ? min(stepRowsMax, RegistryLimits.loadStepRowsBetweenMax) : stepRowsMax
    }
}
