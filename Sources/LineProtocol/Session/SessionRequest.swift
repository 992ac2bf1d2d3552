package import Identity
package import RegistryModel

/// A person to be found, as `MATCH` describes him.
package struct MatchQuestion: Hashable, Sendable {
    package var person: PersonRecord
    /// Among whom the person is looked for.
    package var realm: Realm
    package var limit: Int
    /// The lowest grade that is answered.
    package var grade: MatchGrade

    /// Creates a question.
    package init(
        person: PersonRecord, realm: Realm = .patient, limit: Int, grade: MatchGrade
    ) {
        self.person = person
        self.realm = realm
        self.limit = limit
        self.grade = grade
    }
}

/// A request that was understood and must be performed outside the session.
package struct SessionRequest: Hashable, Sendable {
    /// What is asked.
    package enum Body: Hashable, Sendable {
        case hello
        case authenticate(token: String, purpose: String)
        case patient(PatientSelector)
        /// A provider, with what registers of the professions say on a day; nil for today, here and below.
        case provider(PatientSelector, day: Int32?)
        /// Whether the holder of an identifier is insured on a day.
        case coverage(LocalIdentifier, day: Int32?)
        case entry(EntryQuestion)
        case find(EntrySearch)
        case crossReferences(LocalIdentifier, authorities: [String])
        case match(MatchQuestion)
        case submit(PatientSubmission)
        /// A decision whose actor is the session's client.
        case decide(DecisionRequest)
        case queue(QueueQuestion)
        case countQueue(QueueFilter, by: QueueGrouping)
        case assign(TaskAssignment)
        case history(HistoryQuestion)
        case compare(DecisionSubject, DecisionSubject)
        case watch(FeedQuestion)
        case statistics
    }

    package var verb: Verb
    package var body: Body
    /// The state that a read needs at least; nil for any.
    package var minimumPosition: LogPosition?
    /// The request as it came, without its tag, where the writer must have it; else empty.
    package var line: [UInt8] = []

    /// Creates a request.
    package init(verb: Verb, body: Body, minimumPosition: LogPosition? = nil) {
        self.verb = verb
        self.body = body
        self.minimumPosition = minimumPosition
    }

    /// Whether it changes the registry.
    package var isWrite: Bool {
        switch body {
        case .submit, .assign: true
        case .decide(let request): !request.isPreview
        case .hello, .authenticate, .patient, .provider, .coverage, .entry, .find, .crossReferences,
            .match,
            .queue, .countQueue,
            .history, .compare, .watch, .statistics:
            false
        }
    }

    /// Whether the writer alone can perform it.
    package var isForWriter: Bool {
        switch body {
        case .submit, .decide: true
        case .hello, .authenticate, .patient, .provider, .coverage, .entry, .find, .crossReferences,
            .match,
            .queue, .countQueue,
            .assign,
            .history, .compare, .watch, .statistics:
            false
        }
    }

    /// Whether it is answered from the catalogs.
    package var isOfCatalogs: Bool {
        switch body {
        case .entry, .find: true
        default: false
        }
    }

    /// The source for which the client speaks; nil where it speaks for none.
    package var source: String? {
        switch body {
        case .submit(let submission): submission.source
        case .decide(let request): request.decision.source
        case .hello, .authenticate, .patient, .provider, .coverage, .entry, .find, .crossReferences,
            .match,
            .queue, .countQueue,
            .assign, .history, .compare, .watch, .statistics:
            nil
        }
    }

    /// Whether it waits for the writes before it: all but submissions do, so that a session reads,
    /// and decides upon, what it wrote.
    package var waitsForWrites: Bool {
        switch body {
        case .hello, .patient, .provider, .coverage, .entry, .find, .crossReferences, .match,
            .decide, .queue,
            .countQueue, .assign,
            .history, .compare, .watch, .statistics:
            true
        case .authenticate, .submit: false
        }
    }
}
