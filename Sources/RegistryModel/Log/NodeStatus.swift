/// Whether a node writes or follows.
package enum NodeRole: String, Hashable, Sendable {
    case writer
    case reader
}

/// What a node is and how far it has read.
package struct NodeStatus: Hashable, Sendable {
    package var role: NodeRole
    package var position: LogPosition
    package var records: Int
    package var persons: Int
    package var reviewTasks: Int
    /// `synchronous_standby_names` of the database; empty where a lost primary loses commits.
    package var synchronousStandbyNames: String

    /// Creates a status.
    package init(
        role: NodeRole, position: LogPosition, records: Int, persons: Int, reviewTasks: Int,
        synchronousStandbyNames: String
    ) {
        self.role = role
        self.position = position
        self.records = records
        self.persons = persons
        self.reviewTasks = reviewTasks
        self.synchronousStandbyNames = synchronousStandbyNames
    }
}
