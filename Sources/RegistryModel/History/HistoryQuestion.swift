/// What is asked of a person's past.
package struct HistoryQuestion: Hashable, Sendable {
    /// The person, or the one who has a record now.
    package var subject: DecisionSubject
    /// Asks for the person as known then; nil for the list of changes.
    package var asOf: KnownTime?
    /// Changes of one answer; an event is never cut in two, so a few more may come.
    package var limit: Int
    /// Asks for changes behind this event alone.
    package var after: Int64

    /// Creates a question.
    package init(
        _ subject: DecisionSubject, asOf: KnownTime? = nil, limit: Int = .max, after: Int64 = 0
    ) {
        self.subject = subject
        self.asOf = asOf
        self.limit = limit
        self.after = after
    }
}

/// What a comparison of two persons or records is answered with.
package struct ComparisonAnswer: Hashable, Sendable {
    /// Whose data it tells.
    package var persons: [EnterpriseIdentifier]
    /// The object of the line protocol.
    package var json: [UInt8]
    /// Whether one of the persons is restricted.
    package var isRestricted: Bool

    /// Creates an answer.
    package init(persons: [EnterpriseIdentifier], json: [UInt8], isRestricted: Bool = false) {
        self.persons = persons
        self.json = json
        self.isRestricted = isRestricted
    }
}

/// What a person's past is answered with.
package enum HistoryAnswer: Hashable, Sendable {
    /// Changes in order; `next` is where the following ones are asked for, nil where these are the
    /// last.
    case changes(PersonHistory, entries: [HistoryEntry], next: LogPosition?)
    case snapshot(PersonSnapshot)

    /// The person it is about.
    package var person: EnterpriseIdentifier {
        switch self {
        case .changes(let history, _, _): history.person
        case .snapshot(let snapshot): snapshot.person
        }
    }

    /// Whether it tells of a restricted person.
    package var isRestricted: Bool {
        switch self {
        case .changes(let history, _, _): history.isRestricted
        case .snapshot(let snapshot): snapshot.isRestricted
        }
    }

    /// The part of a history that a question asks for.
    package init(_ history: PersonHistory, limit: Int, after: Int64) {
        let rest = history.entries.drop { $0.position.sequence <= after }
        var end =
            rest.index(rest.startIndex, offsetBy: limit, limitedBy: rest.endIndex)
            ?? rest.endIndex
        // An event's changes stay together, since pages are told apart by its number.
        while end < rest.endIndex, end > rest.startIndex,
            rest[end].position == rest[end - 1].position
        {
            end += 1
        }
        let page = Array(rest[..<end])
        self = .changes(
            history, entries: page, next: end < rest.endIndex ? page.last?.position : nil)
    }
}
