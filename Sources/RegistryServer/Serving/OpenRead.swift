import LineProtocol
import NetworkIO
import RegistryModel

/// A question that is with the archive: whose it is, and where its answer goes.
struct OpenRead: Sendable {
    let loop: ServingLoop
    let connection: ConnectionID
    let ticket: Ticket
    let verb: Verb
    let client: Client?
    let purpose: String

    /// Hands the archive's answer to the loop; from any thread.
    ///
    /// Where the loop has ended nobody learns anything, and there is nothing to record.
    func answer(_ answer: ReadAnswer) {
        loop.mailbox.post { eventLoop in loop.complete(self, answer, in: eventLoop) }
    }
}

/// What the archive answers, as the session and the journal take it; written on the archive's
/// thread.
struct ReadAnswer: Sendable {
    /// A reply: the fields of its first line, and its objects, each ended by a line feed.
    struct Body: Sendable {
        var fields: [Reply.Field] = []
        var count = 0
        var lines: [UInt8] = []

        /// Adds an object.
        mutating func append(_ write: (inout JSONWriter) -> Void) {
            var writer = JSONWriter()
            write(&writer)
            lines += writer.bytes
            lines.append(UInt8(ascii: "\n"))
            count += 1
        }
    }

    let reply: Result<Body, RegistryError>
    /// Whose data is told.
    let persons: [EnterpriseIdentifier]
    /// The outcome as the journal names it.
    var outcome: String {
        switch reply {
        case .success: restricted?.rawValue ?? "ok"
        case .failure(let error): error.code.rawValue
        }
    }
    private var restricted: RestrictedOutcome?

    /// A reply that is made already, of what concerns some persons.
    init(_ reply: Result<Body, RegistryError>, of persons: [EnterpriseIdentifier]) {
        self.reply = reply
        self.persons = persons
    }

    /// A refusal, of what concerns some persons.
    init(_ error: RegistryError, of persons: [EnterpriseIdentifier] = []) {
        reply = .failure(error)
        self.persons = persons
    }

    /// Says that the answer is about a restricted person.
    mutating func note(_ outcome: RestrictedOutcome) { restricted = outcome }

    /// The answer to `QUEUE`.
    init(_ result: Result<QueuePage, RegistryError>) {
        persons = Self.persons(((try? result.get())?.tasks ?? []))
        reply = result.map { page in
            var body = Body()
            for task in page.tasks { body.append { task.write(to: &$0) } }
            for (key, kind) in [
                ("duplicate", .duplicate), ("overlay", .overlay),
                ("identifier_conflict", .identifierConflict), ("death", .death),
            ] as [(StaticString, ReviewTaskKind)] {
                body.fields.append((key, "\(page.counts[kind] ?? 0)"))
            }
            if let next = page.next { body.fields.append(("next", "\(next)")) }
            return body
        }
    }

    /// The answer to `QUEUE count`, which tells of nobody.
    init(_ result: Result<QueueSummary, RegistryError>) {
        persons = []
        reply = result.map { summary in
            var body = Body()
            for count in summary.counts { body.append { summary.write(count, to: &$0) } }
            return body
        }
    }

    /// The answer to `ASSIGN`.
    init(_ result: Result<[QueuedTask], RegistryError>) {
        persons = Self.persons((try? result.get()) ?? [])
        reply = result.map { tasks in
            var body = Body()
            for task in tasks { body.append { task.write(to: &$0) } }
            return body
        }
    }

    private static func persons(_ tasks: [QueuedTask]) -> [EnterpriseIdentifier] {
        Set(tasks.flatMap { [$0.left.person, $0.right.person] }).sorted()
    }

    /// The answer to `HISTORY` and `SHOW`.
    init(_ result: Result<HistoryAnswer, RegistryError>, withValues: Bool) {
        persons = (try? result.get()).map { [$0.person] } ?? []
        reply = result.map { answer in
            var body = Body()
            switch answer {
            case .snapshot(let person):
                body.append { person.write(to: &$0, withValues: withValues) }
            case .changes(_, let entries, let next):
                for entry in entries {
                    body.append { entry.write(to: &$0, withValues: withValues) }
                }
                if let next { body.fields.append(("next", "\(next)")) }
            }
            return body
        }
    }

    /// The answer to `COMPARE`.
    init(_ result: Result<ComparisonAnswer, RegistryError>) {
        persons = (try? result.get())?.persons ?? []
        reply = result.map { Body(count: 1, lines: $0.json + [UInt8(ascii: "\n")]) }
    }

    /// The answer to `WATCH`, which tells nothing of anybody but that something happened.
    init(_ result: Result<FeedPage, RegistryError>) {
        persons = []
        reply = result.map { page in
            var body = Body()
            for event in page.events { body.append { event.write(to: &$0) } }
            body.fields.append(("next", "\(page.next)"))
            return body
        }
    }
}

extension ClientSession {
    /// Asks the archive for a part of the queue.
    func askQueue(_ question: QueueQuestion, _ ticket: Ticket) {
        let read = openRead(.queue, ticket)
        loop.context.service.queue(question) { read.answer(ReadAnswer($0)) }
    }

    /// Asks the archive how many tasks there are.
    func countQueue(_ filter: QueueFilter, _ grouping: QueueGrouping, _ ticket: Ticket) {
        let read = openRead(.queue, ticket)
        loop.context.service.queueSummary(filter, by: grouping) { read.answer(ReadAnswer($0)) }
    }

    /// Has open tasks given to a steward.
    func assign(_ assignment: TaskAssignment, _ ticket: Ticket) {
        let read = openRead(.assign, ticket)
        loop.context.service.assign(assignment) { read.answer(ReadAnswer($0)) }
    }

    /// Asks the archive for a person's past; auditors see no demographics.
    func askHistory(_ question: HistoryQuestion, _ verb: Verb, _ ticket: Ticket) {
        let read = openRead(verb, ticket)
        let isAuditor = session.client?.role == .auditor
        let mayOpen = mayOpenRestricted
        loop.context.service.history(question) { result in
            let isRestricted = (try? result.get())?.isRestricted ?? false
            let withValues = !isAuditor && (mayOpen || !isRestricted)
            var answer = ReadAnswer(result, withValues: withValues)
            if isRestricted { answer.note(withValues ? .opened : .masked) }
            read.answer(answer)
        }
    }

    /// Asks the archive why two persons or records weigh what they weigh.
    func compare(_ left: DecisionSubject, _ right: DecisionSubject, _ ticket: Ticket) {
        let read = openRead(.compare, ticket)
        let mayOpen = mayOpenRestricted
        loop.context.service.compare(left, right) { result in
            guard let found = try? result.get(), found.isRestricted else {
                return read.answer(ReadAnswer(result))
            }
            guard mayOpen else {
                return read.answer(ReadAnswer(Self.restricted, of: found.persons))
            }
            var answer = ReadAnswer(result)
            answer.note(.opened)
            read.answer(answer)
        }
    }

    /// Asks the archive for events, and waits for some where there are none.
    func watch(_ question: FeedQuestion, _ ticket: Ticket) {
        loop.ask(OpenWatch(read: openRead(.watch, ticket), question: question))
    }

    func openRead(_ verb: Verb, _ ticket: Ticket) -> OpenRead {
        OpenRead(
            loop: loop, connection: id, ticket: ticket, verb: verb, client: session.client,
            purpose: session.purpose)
    }
}

extension ServingLoop {
    /// Records and answers a question, unless the client is gone and is told nothing.
    func complete(_ read: OpenRead, _ answer: ReadAnswer, in eventLoop: EventLoop) {
        guard let connection = eventLoop.connection(read.connection),
            let handler = eventLoop.handler(of: read.connection) as? ClientSession
        else { return }
        record(
            read.verb, by: read.client, purpose: read.purpose, persons: answer.persons,
            outcome: answer.outcome)
        switch answer.reply {
        case .success(let body):
            handler.session.succeed(
                read.ticket, count: body.count, fields: body.fields, body: body.lines,
                output: &connection.output)
        case .failure(let error):
            handler.session.fail(read.ticket, error, output: &connection.output)
        }
        eventLoop.touch(connection)
        handler.serve(connection)
    }
}
