import Identity
import Registry
import RegistryModel
import RegistryServer
import Synchronization

/// A registry of a few persons in memory, whose writes are answered when a test says so.
final class InMemoryService: PatientService {
    private struct Waiting {
        var submission: PatientSubmission
        var completion: @Sendable (Result<SubmissionReceipt, RegistryError>) -> Void
    }

    private struct State {
        var persons: [LocalIdentifier: PatientAnswer] = [:]
        var clients: [Client] = []
        var waiting: [Waiting] = []
        var sequence: Int64 = 0
    }

    private let state = Mutex(State())
    /// What it says of facilities, services and the like, and the day that it takes for today.
    let catalogs = Mutex(CatalogTables())
    private let today: Int32 = 20_000
    /// Whether writes wait for `answerWrites`.
    let holdsWrites = Atomic<Bool>(false)

    init(clients: [Client]) { state.withLock { $0.clients = clients } }

    /// How often events were asked for.
    let feedsAsked = Atomic<Int>(0)

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func setClients(_ clients: [Client]) { state.withLock { $0.clients = clients } }

    func whenRead(
        _ position: LogPosition, millisecondsMax: Int, completion: @escaping @Sendable () -> Void
    ) { completion() }

    func entries(_ question: EntryQuestion) throws(RegistryError) -> [FoundEntry] {
        let tables = catalogs.withLock { $0 }
        return try tables.entries(question.kind, question.reference, on: question.day ?? today)
    }

    func find(_ search: EntrySearch) throws(RegistryError) -> EntryPage {
        let tables = catalogs.withLock { $0 }
        return try tables.find(search, today: today)
    }

    func catalogPosition() -> LogPosition { status().position }

    func whenCatalogsRead(
        _ position: LogPosition, millisecondsMax: Int, completion: @escaping @Sendable () -> Void
    ) { completion() }

    func clients() -> [Client] { state.withLock { $0.clients } }

    func status() -> NodeStatus {
        state.withLock { state in
            NodeStatus(
                role: .writer, position: LogPosition(epoch: 1, sequence: state.sequence),
                records: state.persons.count, persons: Int(state.sequence), reviewTasks: 0,
                synchronousStandbyNames: "")
        }
    }

    func patient(_ selector: PatientSelector) throws(RegistryError) -> PatientAnswer {
        let found = state.withLock { state in
            switch selector {
            case .identifier(let identifier): state.persons[identifier]
            case .enterpriseIdentifier(let identifier):
                state.persons.values.first { $0.enterpriseIdentifier == identifier }
            }
        }
        guard let found else { throw RegistryError(.notFound, "nobody holds this identifier") }
        return found
    }

    func provider(
        _ selector: PatientSelector, on day: Int32?,
        completion: @escaping @Sendable (Result<ProviderAnswer, RegistryError>) -> Void
    ) {
        completion(
            Result { () throws(RegistryError) in try patient(selector) }.map {
                ProviderAnswer(person: $0, profile: ProviderProfile([], on: day ?? 0))
            })
    }

    /// Nobody is insured here.
    func coverage(
        of identifier: LocalIdentifier, on day: Int32?,
        completion: @escaping @Sendable (Result<CoverageAnswer, RegistryError>) -> Void
    ) {
        completion(
            .success(
                CoverageAnswer(
                    eligibility: Eligibility([], on: day ?? 0, person: nil), isRestricted: false)))
    }

    func crossReferences(
        of identifier: LocalIdentifier, to authorities: [String]
    ) throws(RegistryError) -> [LocalIdentifier] {
        try patient(.identifier(identifier)).person.identifiers.filter {
            authorities.isEmpty || authorities.contains($0.authority)
        }
    }

    func match(
        _ person: PersonRecord, of realm: Realm, limit: Int, grade: MatchGrade
    ) throws(RegistryError) -> [MatchCandidate] {
        let persons = state.withLock { Set($0.persons.values) }
        let same = persons.filter { $0.person[.family] == person[.family] }
        return same.prefix(limit).map {
            MatchCandidate(patient: $0, weight: 12, probability: 0.99, grade: .certain)
        }
    }

    func submit(
        _ submission: PatientSubmission, actor: String,
        completion: @escaping @Sendable (Result<SubmissionReceipt, RegistryError>) -> Void
    ) {
        let waiting = Waiting(submission: submission, completion: completion)
        if holdsWrites.load(ordering: .acquiring) {
            state.withLock { $0.waiting.append(waiting) }
        } else {
            store(waiting)
        }
    }

    /// Answers as if the decision moved one record.
    func decide(
        _ request: DecisionRequest,
        completion: @escaping @Sendable (Result<DecisionOutcome, RegistryError>) -> Void
    ) {
        guard case .merge(let retired, let survivor) = request.decision else {
            return completion(.failure(RegistryError(.conflict, "it is decided otherwise")))
        }
        var outcome = DecisionOutcome(kind: .merge)
        outcome.operation = request.isPreview ? nil : 1
        outcome.moves = [
            DecisionOutcome.Move(
                record: LocalIdentifier(authority: "clinic", value: request.actor), from: retired,
                to: survivor)
        ]
        completion(.success(outcome))
    }

    /// Nobody has a past here.
    func history(
        _ question: HistoryQuestion,
        completion: @escaping @Sendable (Result<HistoryAnswer, RegistryError>) -> Void
    ) {
        completion(.failure(RegistryError(.notFound, "no such person")))
    }

    func compare(
        _ left: DecisionSubject, _ right: DecisionSubject,
        completion: @escaping @Sendable (Result<ComparisonAnswer, RegistryError>) -> Void
    ) {
        completion(.failure(RegistryError(.notFound, "no such person")))
    }

    func queue(
        _ question: QueueQuestion,
        completion: @escaping @Sendable (Result<QueuePage, RegistryError>) -> Void
    ) {
        completion(.success(QueuePage(tasks: [], counts: [.overlay: 2], next: nil)))
    }

    func queueSummary(
        _ filter: QueueFilter, by grouping: QueueGrouping,
        completion: @escaping @Sendable (Result<QueueSummary, RegistryError>) -> Void
    ) {
        let count = QueueCount(group: "overlay", open: 2, unassigned: 1, overdue: 0, oldestAt: 0)
        completion(.success(QueueSummary(grouping, [count])))
    }

    /// No task is open here.
    func assign(
        _ assignment: TaskAssignment,
        completion: @escaping @Sendable (Result<[QueuedTask], RegistryError>) -> Void
    ) {
        completion(.failure(RegistryError(.notFound, "there is no such open task")))
    }

    /// Each write was an event, and made a person of its number.
    func feed(
        _ question: FeedQuestion,
        completion: @escaping @Sendable (Result<FeedPage, RegistryError>) -> Void
    ) {
        let last = state.withLock { $0.sequence }
        let first = question.since.sequence + 1
        let numbers = last < first ? [] : Array((first...last).prefix(question.limit))
        let events = numbers.map { number in
            FeedEvent(
                position: LogPosition(epoch: 1, sequence: number), kind: .created, occurredAt: 0,
                operation: nil, persons: [EnterpriseIdentifier(bits: UInt64(number))])
        }
        completion(
            .success(FeedPage(events: events, next: events.last?.position ?? question.since)))
        feedsAsked.add(1, ordering: .releasing)
    }

    /// Answers the writes that wait, the last one first.
    func answerWrites() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for write in waiting.reversed() { store(write) }
    }

    private func store(_ write: Waiting) {
        guard write.submission.source != "unknown" else {
            return write.completion(.failure(RegistryError(.unknownSource, "no such source")))
        }
        let receipt = state.withLock { state in
            state.sequence += 1
            let identifier = EnterpriseIdentifier(bits: UInt64(state.sequence))
            let answer = PatientAnswer(
                enterpriseIdentifier: identifier, version: 1, status: .active,
                person: write.submission.person, sourceCount: 1)
            let local = LocalIdentifier(
                authority: write.submission.source, value: write.submission.localID)
            for key in write.submission.person.identifiers + [local] {
                state.persons[key] = answer
            }
            return SubmissionReceipt(
                enterpriseIdentifier: identifier, outcome: .created, weight: nil,
                position: LogPosition(epoch: 1, sequence: state.sequence))
        }
        write.completion(.success(receipt))
    }
}
