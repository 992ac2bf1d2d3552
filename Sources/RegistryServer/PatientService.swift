package import Identity
package import RegistryModel

/// What a node does for the clients of its server: the registry's use cases, from any thread.
///
/// The server knows the registry by these calls alone, so that a node that follows or forwards can
/// stand in the place of one that writes.
package protocol PatientService: Sendable {
    /// What the node is and how far it has read.
    func status() -> NodeStatus

    /// The person who holds an identifier.
    func patient(_ selector: PatientSelector) throws(RegistryError) -> PatientAnswer

    /// A provider with what registers of the professions say on a day, nil for today; `completion` is called
    /// once, from any thread, as that of the one below.
    func provider(
        _ selector: PatientSelector, on day: Int32?,
        completion: @escaping @Sendable (Result<ProviderAnswer, RegistryError>) -> Void)

    /// Whether the holder of an identifier is insured on a day, nil for today.
    func coverage(
        of identifier: LocalIdentifier, on day: Int32?,
        completion: @escaping @Sendable (Result<CoverageAnswer, RegistryError>) -> Void)

    /// The identifiers of the same person, those of some authorities alone unless that is empty.
    func crossReferences(
        of identifier: LocalIdentifier, to authorities: [String]
    ) throws(RegistryError) -> [LocalIdentifier]

    /// What a catalog says of a code, or of all codes that state an identifier.
    func entries(_ question: EntryQuestion) throws(RegistryError) -> [FoundEntry]

    /// The entries that meet the conditions of a search.
    func find(_ search: EntrySearch) throws(RegistryError) -> EntryPage

    /// How far the catalogs in memory follow the log.
    func catalogPosition() -> LogPosition

    /// As `whenRead`, for what the catalogs say.
    func whenCatalogsRead(
        _ position: LogPosition, millisecondsMax: Int, completion: @escaping @Sendable () -> Void)

    /// The persons of a realm who may be the one described, the likeliest first.
    func match(
        _ person: PersonRecord, of realm: Realm, limit: Int, grade: MatchGrade
    ) throws(RegistryError) -> [MatchCandidate]

    /// Hands a submission to the writer; `completion` is called once, from any thread, when it is
    /// durable or has failed.
    func submit(
        _ submission: PatientSubmission, actor: String,
        completion: @escaping @Sendable (Result<SubmissionReceipt, RegistryError>) -> Void)

    /// Hands a decision to the writer; `completion` is called once, from any thread, when it is
    /// durable or refused.
    func decide(
        _ request: DecisionRequest,
        completion: @escaping @Sendable (Result<DecisionOutcome, RegistryError>) -> Void)

    /// Tells the changes of a person, or the person as known at a moment; `completion` is called
    /// once, from any thread, as those of the three below.
    func history(
        _ question: HistoryQuestion,
        completion: @escaping @Sendable (Result<HistoryAnswer, RegistryError>) -> Void)

    /// Tells why two persons or records weigh what they weigh, as the object that answers it.
    func compare(
        _ left: DecisionSubject, _ right: DecisionSubject,
        completion: @escaping @Sendable (Result<ComparisonAnswer, RegistryError>) -> Void)

    /// Tells a part of the review queue.
    func queue(
        _ question: QueueQuestion,
        completion: @escaping @Sendable (Result<QueuePage, RegistryError>) -> Void)

    /// Tells how many tasks of the review queue there are.
    func queueSummary(
        _ filter: QueueFilter, by grouping: QueueGrouping,
        completion: @escaping @Sendable (Result<QueueSummary, RegistryError>) -> Void)

    /// Gives open tasks to a steward, another term or another priority.
    func assign(
        _ assignment: TaskAssignment,
        completion: @escaping @Sendable (Result<[QueuedTask], RegistryError>) -> Void)

    /// Tells the events behind a position without waiting for any.
    func feed(
        _ question: FeedQuestion,
        completion: @escaping @Sendable (Result<FeedPage, RegistryError>) -> Void)

    /// Calls back once the node has read the log up to a position, or after a while, or at once where
    /// too many wait; from any thread.
    func whenRead(
        _ position: LogPosition, millisecondsMax: Int, completion: @escaping @Sendable () -> Void)

    /// The clients that may ask, from memory, at most a moment old.
    func clients() -> [Client]
}
