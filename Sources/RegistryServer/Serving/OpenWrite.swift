import LineProtocol
import NetworkIO
import RegistryClient
import RegistryModel

/// A write that is with the writer: whose it is, and where its answer goes.
struct OpenWrite: Sendable {
    let loop: ServingLoop
    let connection: ConnectionID
    let ticket: Ticket
    let verb: Verb
    let client: Client?
    let purpose: String
    /// What goes to the writer where this node is none; nil where nothing does.
    var forwarded: ForwardedWrite?

    /// Hands the writer's answer to the loop; from any thread.
    func answer(_ answer: WriteAnswer) {
        let isDelivered = loop.mailbox.post { eventLoop in
            loop.complete(self, answer, in: eventLoop)
        }
        if !isDelivered { loop.context.recordAlone(self, answer) }
    }
}

/// What the writer answers, as the session and the journal take it.
struct WriteAnswer: Sendable {
    /// The object of the reply, or the failure.
    let reply: Result<[UInt8], RegistryError>
    /// Whose data was written.
    let persons: [EnterpriseIdentifier]
    /// The outcome as the journal names it.
    let outcome: String
    /// Where the write stands in the log, if another node has done it.
    let position: LogPosition?

    /// The answer to a `PUT`.
    init(_ result: Result<SubmissionReceipt, RegistryError>) {
        self.init(
            result, persons: { [$0.enterpriseIdentifier] }, outcome: \.outcome.rawValue
        ) { $0.write(to: &$1) }
    }

    /// The answer to a decision.
    init(_ result: Result<DecisionOutcome, RegistryError>) {
        self.init(
            result, persons: { Array(Set($0.moves.flatMap { [$0.from, $0.to] })).sorted() },
            outcome: { $0.operation == nil ? "preview" : "ok" }
        ) { $0.write(to: &$1) }
    }

    /// A refusal.
    init(_ error: RegistryError) {
        self.init(reply: .failure(error), persons: [], outcome: error.code.rawValue)
    }

    /// What the writer has answered to a write that was forwarded.
    init(forwarded: Result<RegistryReply, RegistryError>) {
        switch forwarded {
        case .failure(let error): self.init(error)
        case .success(let answer):
            guard let line = answer.lines.first, let object = try? JSONParser.parse(line) else {
                self.init(RegistryError(.internal, "the writer's answer is no object"))
                return
            }
            let moves = object["moves"]?.array ?? []
            let named = [object["euid"]] + moves.flatMap { [$0["from"], $0["to"]] }
            let persons = Set(named.compactMap { $0?.string.flatMap { EnterpriseIdentifier($0) } })
            self.init(
                reply: .success(line), persons: persons.sorted(),
                outcome: object["outcome"]?.string
                    ?? (object["operation"] == nil ? "preview" : "ok"),
                position: object["position"]?.string.flatMap { LogPosition($0) })
        }
    }

    private init<Answer>(
        _ result: Result<Answer, RegistryError>, persons: (Answer) -> [EnterpriseIdentifier],
        outcome: (Answer) -> String, write: (Answer, inout JSONWriter) -> Void
    ) {
        switch result {
        case .success(let answer):
            var writer = JSONWriter()
            write(answer, &writer)
            self.init(
                reply: .success(writer.bytes), persons: persons(answer), outcome: outcome(answer))
        case .failure(let error): self.init(error)
        }
    }

    private init(
        reply: Result<[UInt8], RegistryError>, persons: [EnterpriseIdentifier], outcome: String,
        position: LogPosition? = nil
    ) {
        self.reply = reply
        self.persons = persons
        self.outcome = outcome
        self.position = position
    }
}

extension ServingLoop {
    /// Records and answers a write, or passes it on to the writer where this node is none.
    ///
    /// The entry is written though the client may be gone.
    func complete(_ write: OpenWrite, _ answer: WriteAnswer, in eventLoop: EventLoop) {
        if case .failure(let error) = answer.reply, error.code == .notWriter,
            forward(write, to: error.message, in: eventLoop)
        {
            return
        }
        record(
            write.verb, by: write.client, purpose: write.purpose, persons: answer.persons,
            outcome: answer.outcome)
        guard let connection = eventLoop.connection(write.connection),
            let handler = eventLoop.handler(of: write.connection) as? ClientSession
        else { return }
        if let position = answer.position { handler.hasWritten(at: position) }
        switch answer.reply {
        case .success(let object):
            handler.session.succeed(write.ticket, object: object, output: &connection.output)
        case .failure(let error):
            handler.session.fail(write.ticket, error, output: &connection.output)
        }
        eventLoop.touch(connection)
        handler.serve(connection)
    }
}

extension ServerContext {
    /// Records a write whose loop has ended before its answer came.
    func recordAlone(_ write: OpenWrite, _ answer: WriteAnswer) {
        var batch = AuditBatch()
        batch.setTime(ServingLoop.microsecondsSince1970())
        batch.append(
            client: write.client?.name ?? "", verb: write.verb, purpose: write.purpose,
            persons: answer.persons, outcome: answer.outcome)
        // The journal may be closed by now; the change itself stands in the event log.
        try? journal.append(batch)
    }
}

extension SubmissionReceipt {
    /// Writes the object that answers a `PUT`.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("euid")
        writer.string(enterpriseIdentifier.description)
        writer.key("outcome")
        writer.string(outcome.rawValue)
        writer.key("weight")
        if let weight { writer.decimal(weight, places: 2) } else { writer.null() }
        writer.key("position")
        writer.string(position.description)
        writer.endObject()
    }
}
