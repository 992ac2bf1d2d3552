internal import Identity
package import Linkage
package import RegistryModel

/// What a rematch counts before it is done.
package struct RematchForecast: Hashable, Sendable {
    /// Records that count, and how many of them would go to another person.
    package var records = 0
    package var moved = 0
    /// Persons with a record that counts, before and after.
    package var personsBefore = 0
    package var personsAfter = 0
    /// Persons who would become one with another, and what they would become.
    package var joining = 0
    package var joined = 0
    /// Persons whose records would part, and the persons that these would be of.
    package var parting = 0
    package var parts = 0
    /// Identifiers that would be retired, and that would be given out.
    package var retired = 0
    package var created = 0
    package var tasksOpen = 0
    package var tasksOpened = 0
    package var tasksClosed = 0
    /// Pairs of persons heavy enough to be one whom a decision holds apart.
    package var heldApart = 0
    /// Pairs of records held together by a decision that would not be linked by their weight.
    package var heldTogether = 0
    /// Changes left out since a decision stands against them, or since they concern too many records.
    package var leftOut = 0
    /// Persons left alone since a steward is asked about one of their records.
    package var waiting = 0

    /// Creates a forecast of nothing.
    package init() {}
}

/// A rematch as planned: what changes, and why.
package struct RematchPlan: Sendable {
    package var forecast = RematchForecast()
    /// The model by which it was planned.
    package var model: LinkageModel
    /// The model in force, nil in a database that has none yet.
    package var modelInForce: LinkageModel?
    /// In the order of their first records.
    package var changes: [RematchChange] = []
    /// The pair of records that speaks loudest for each change; nil where none was compared.
    package var evidence: [RematchEvidence?] = []
    package var tasks: [RematchTask] = []

    /// A plan in which nothing changes yet.
    init(model: LinkageModel, modelInForce: LinkageModel?) {
        self.model = model
        self.modelInForce = modelInForce
    }

    /// Whether carrying it out would change nothing, the model included.
    package var isEmpty: Bool {
        changes.isEmpty && tasks.isEmpty && modelInForce == model
    }
}

/// Two records for whose sake persons join or part.
package struct RematchEvidence: Hashable, Sendable {
    package var left: Int64
    package var right: Int64
    /// Whether they come to be one person; else they cease to be.
    package var isJoining: Bool
}
