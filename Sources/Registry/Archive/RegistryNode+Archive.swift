package import RegistryModel
internal import RegistryStore
internal import Synchronization

// What a node tells of the past; the completion is called once, on the archive's thread, or at once
// with `busy` where too many ask.
extension RegistryNode {
    /// The changes of a person, or the person as known at a moment.
    ///
    /// - Note: Fails with `not-found` and `unknown-source` for what does not exist.
    package func history(
        _ question: HistoryQuestion,
        completion: @escaping @Sendable (Result<HistoryAnswer, RegistryError>) -> Void
    ) {
        let state = state
        archive.ask(
            { session in
                try ArchiveReader.answer(question, policy: state.policy, &session) { person in
                    state.recordNumbers(of: person)
                }
            }, completion: completion)
    }

    /// Why two persons or records weigh what they weigh, under the model in force.
    package func compare(
        _ left: DecisionSubject, _ right: DecisionSubject,
        completion: @escaping @Sendable (Result<ComparisonAnswer, RegistryError>) -> Void
    ) {
        let state = state
        archive.ask(
            { session in
                let comparison = try ArchiveReader.comparison(
                    of: left, right, model: state.model, policy: state.policy, &session
                ) { state.recordNumbers(of: $0) }
                var writer = JSONWriter()
                comparison.write(to: &writer)
                let records = comparison.left.records + comparison.right.records
                return ComparisonAnswer(
                    persons: Set(records.map(\.link.person)).sorted(), json: writer.bytes,
                    isRestricted: comparison.isRestricted)
            }, completion: completion)
    }

    /// A part of the review queue.
    package func queue(
        _ question: QueueQuestion,
        completion: @escaping @Sendable (Result<QueuePage, RegistryError>) -> Void
    ) {
        archive.ask({ try $0.queue(question) }, completion: completion)
    }

    /// How many tasks of the review queue there are.
    package func queueSummary(
        _ filter: QueueFilter, by grouping: QueueGrouping,
        completion: @escaping @Sendable (Result<QueueSummary, RegistryError>) -> Void
    ) {
        archive.ask({ try $0.queueSummary(filter, by: grouping) }, completion: completion)
    }

    /// Gives open tasks to a steward, another term or another priority.
    ///
    /// - Note: Fails with `not-writer` where this node follows, and with `not-found` where one of the
    ///   tasks is not open; none is assigned then.
    package func assign(
        _ assignment: TaskAssignment,
        completion: @escaping @Sendable (Result<[QueuedTask], RegistryError>) -> Void
    ) {
        guard state.role.withLock({ $0 }) == .writer else {
            return completion(.failure(state.notWriter))
        }
        archive.ask(inOneState: false, { try $0.assign(assignment) }, completion: completion)
    }

    /// The events behind a position that this node has read, without waiting for any.
    ///
    /// Whoever has learnt of an event here finds it in this node's answers.
    ///
    /// - Note: Fails with `unavailable` and `conflict` for a position that is not of this log.
    package func feed(
        _ question: FeedQuestion,
        completion: @escaping @Sendable (Result<FeedPage, RegistryError>) -> Void
    ) {
        let state = state
        archive.ask(
            { session in
                let end = state.index.read { $0.position.sequence }
                return try session.feed(question, upTo: end)
            }, completion: completion)
    }
}

extension NodeState {
    /// The records of a person, as the index has them; empty for a person who has none.
    fileprivate func recordNumbers(of person: EnterpriseIdentifier) -> [Int64] {
        index.read { index in
            guard let row = index.person(person) else { return [] }
            return index.members(of: row).map { Int64($0) + 1 }
        }
    }
}
