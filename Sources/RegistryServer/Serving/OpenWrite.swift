import LineProtocol
import NetworkIO
import RegistryModel

/// A submission that is with the writer: whose it is, and where its answer goes.
struct OpenWrite: Sendable {
    let connection: ConnectionID
    let ticket: Ticket
    let client: Client?
    let purpose: String
}

extension ServingLoop {
    /// Records and answers a submission; the entry is written though the client may be gone.
    func complete(
        _ write: OpenWrite, _ result: Result<SubmissionReceipt, RegistryError>,
        in eventLoop: EventLoop
    ) {
        record(
            .put, by: write.client, purpose: write.purpose, persons: result.persons,
            outcome: result.outcome)
        guard let connection = eventLoop.connection(write.connection),
            let handler = eventLoop.handler(of: write.connection) as? ClientSession
        else { return }
        handler.answer(write.ticket, result, connection)
        eventLoop.touch(connection)
        handler.serve(connection)
    }
}

extension ServerContext {
    /// Records a submission whose loop has ended before its answer came.
    func recordAlone(_ write: OpenWrite, _ result: Result<SubmissionReceipt, RegistryError>) {
        var batch = AuditBatch()
        batch.setTime(ServingLoop.microsecondsSince1970())
        batch.append(
            client: write.client?.name ?? "", verb: .put, purpose: write.purpose,
            persons: result.persons, outcome: result.outcome)
        // The journal may be closed by now; the change itself stands in the event log.
        try? journal.append(batch)
    }
}

extension ClientSession {
    fileprivate func answer(
        _ ticket: Ticket, _ result: Result<SubmissionReceipt, RegistryError>,
        _ connection: Connection
    ) {
        switch result {
        case .success(let receipt):
            var writer = JSONWriter()
            receipt.write(to: &writer)
            session.succeed(ticket, object: writer.bytes, output: &connection.output)
        case .failure(let error): session.fail(ticket, error, output: &connection.output)
        }
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

extension Result where Success == SubmissionReceipt, Failure == RegistryError {
    fileprivate var persons: [EnterpriseIdentifier] {
        if case .success(let receipt) = self { [receipt.enterpriseIdentifier] } else { [] }
    }

    /// The outcome as the journal names it.
    fileprivate var outcome: String {
        switch self {
        case .success(let receipt): receipt.outcome.rawValue
        case .failure(let error): error.code.rawValue
        }
    }
}
