import Identity
import RegistryModel

extension SessionRequest.Body {
    /// What a checked `QUEUE` asks: tasks, or their number.
    init(queue request: Request) throws(RegistryError) {
        let filter = try QueueFilter(request)
        guard let word = request.arguments.first, word.key.isEmpty else {
            guard request.value(of: "by") == nil else {
                throw RegistryError(.badRequest, "by goes with count: QUEUE count by=territory")
            }
            self = .queue(try QueueQuestion(filter, request))
            return
        }
        guard word.value == "count" else {
            throw RegistryError(.badRequest, "QUEUE takes count or no value without a key")
        }
        for key in ["limit", "after"] where request.value(of: key) != nil {
            throw RegistryError(.badRequest, "\(key) does not go with count")
        }
        guard let grouping = QueueGrouping(rawValue: request.value(of: "by") ?? "kind") else {
            throw RegistryError(
                .badRequest, "by is kind, reason, priority, territory or assignee")
        }
        self = .countQueue(filter, by: grouping)
    }
}

extension QueueFilter {
    fileprivate init(_ request: Request) throws(RegistryError) {
        var kind: ReviewTaskKind?
        if let text = request.value(of: "kind") {
            kind = ReviewTaskKind(rawValue: text)
            guard kind != nil else {
                throw RegistryError(
                    .badRequest, "kind is duplicate, overlay, identifier-conflict or death")
            }
        }
        self.init(
            kind: kind, territory: request.value(of: "territory"),
            assignee: request.value(of: "assignee"), isOverdue: try request.isYes("overdue"))
    }
}

extension QueueQuestion {
    fileprivate init(_ filter: QueueFilter, _ request: Request) throws(RegistryError) {
        var after: Int64?
        if let text = request.value(of: "after") {
            after = Int64(text)
            guard let number = after, number > 0 else {
                throw RegistryError(.badRequest, "after is the number of a task")
            }
        }
        self.init(filter, limit: try request.pageLimit(), after: after)
    }
}

extension TaskAssignment {
    /// What a checked `ASSIGN` states.
    init(_ request: Request) throws(RegistryError) {
        var tasks: [Int64] = []
        for text in request.values(of: "task") {
            guard let task = Int64(text), task > 0 else {
                throw RegistryError(.badRequest, "task is the number of a task")
            }
            tasks.append(task)
        }
        var dueAt: Int64?
        if let text = request.value(of: "due") {
            dueAt = TaskAssignment.time(of: text)
            guard dueAt != nil else {
                throw RegistryError(
                    .badRequest, "due is a day as YYYY-MM-DD or a time as YYYY-MM-DDTHH:MM:SSZ")
            }
        }
        var priority: Int16?
        if let text = request.value(of: "priority") { priority = Int16(text) ?? -1 }
        self.init(
            tasks: tasks, assignee: request.value(of: "to"), dueAt: dueAt, priority: priority)
        if let problem { throw RegistryError(.badRequest, problem) }
    }
}
