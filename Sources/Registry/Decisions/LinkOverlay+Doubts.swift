internal import RegistryModel

// What planned links make of doubts.
extension LinkOverlay {
    /// Whether a doubt that was closed may be asked again by the links as planned.
    ///
    /// Both records count then. Two records are of different persons whom nobody holds apart, or of
    /// one person, where the doubt is whether they should be.
    func mayReopen(_ task: ReviewTask, isHeldApart: (Int64, Int64) -> Bool) -> Bool {
        guard isActive(task.record), isActive(task.otherRecord) else { return false }
        guard task.record != task.otherRecord else { return true }
        guard person(of: task.record) != person(of: task.otherRecord) else {
            return task.reason == .unsupported
        }
        return !isHeldApart(task.record, task.otherRecord)
    }

    /// Whether the planned links make one person of two who were doubted to be one.
    func joins(_ task: ReviewTask) -> Bool {
        person(of: task.record) == person(of: task.otherRecord)
            && personBefore(of: task.record) != personBefore(of: task.otherRecord)
    }

    /// Whether links that are as they were make one person of two who were doubted to be one.
    ///
    /// The doubt whether records of one person should be one is open as before.
    func rejoins(_ task: ReviewTask) -> Bool { task.reason != .unsupported && joins(task) }
}

extension ConstraintTable {
    /// Whether a decision holds two records apart.
    func isHeldApart(_ record: Int64, _ other: Int64) -> Bool {
        hold(record, other)?.isMustLink == false
    }
}
