import LineProtocol
import NetworkIO
import RegistryModel

/// One connection's session, and the requests it has the node perform.
final class ClientSession: ConnectionHandler {
    var session = Session()
    /// A cycle, which the loop breaks when the connection closes.
    let loop: ServingLoop
    let id: ConnectionID
    /// What the client has shown, kept while the session lasts where writes are forwarded; else empty.
    var token = ""
    /// The last write of the session that another node has done.
    private var writtenPosition: LogPosition?
    private var isDraining = false

    init(loop: ServingLoop, connection: ConnectionID) {
        self.loop = loop
        id = connection
    }

    func serve(_ connection: Connection) {
        var output: [UInt8] = []
        swap(&output, &connection.output)
        var isFinished = false
        connection.consumeInput { input in
            var offset = 0
            while true {
                let action = session.next(in: input, offset: &offset, output: &output)
                switch action {
                case .perform(let ticket, let request):
                    perform(request, ticket, output: &output)
                case .refuse(let ticket, let verb, let error):
                    record(verb, outcome: error.code.rawValue)
                    session.fail(ticket, error, output: &output)
                case .wait: return offset
                case .close:
                    isFinished = true
                    return offset
                }
            }
        }
        swap(&output, &connection.output)
        // Nothing is open and no whole line is left: the client will not send the rest of one.
        let isIdle = session.openRequestsCount == 0 && !connection.hasUnsentOutput
        if isFinished || connection.inputHasEnded && isIdle { connection.closeAfterOutput() }
    }

    func drain(_ connection: Connection) {
        serve(connection)
        loop.isDraining = true
        session.end()
        serve(connection)
    }

    func closed(_ connection: Connection) { loop.sessionClosed(self) }

    /// Learns whether the client's access was changed or has ended.
    func recheckClient() {
        guard let client = session.client else { return }
        session.update(loop.context.clients.current(client))
    }

    func record(_ verb: Verb, persons: [EnterpriseIdentifier] = [], outcome: String = "ok") {
        loop.record(
            verb, by: session.client, purpose: session.purpose, persons: persons,
            outcome: outcome)
    }

    /// Takes note of a write that the writer has done for this session.
    func hasWritten(at position: LogPosition) {
        writtenPosition = max(writtenPosition ?? position, position)
    }

    private func perform(_ request: SessionRequest, _ ticket: Ticket, output: inout [UInt8]) {
        loop.countRequest()
        guard let wanted = wantedPosition(of: request), position(for: request) < wanted else {
            return carryOut(request, ticket, output: &output)
        }
        let (loop, id) = (loop, id)
        let waiting =
            request.isOfCatalogs
            ? loop.context.service.whenCatalogsRead : loop.context.service.whenRead
        waiting(wanted, ForwardingLimits.readingMillisecondsMax) {
            loop.mailbox.post { eventLoop in
                guard let connection = eventLoop.connection(id),
                    let handler = eventLoop.handler(of: id) as? ClientSession
                else { return }
                if handler.session.client == nil {
                    let error = RegistryError(.unauthenticated, "the client's access has ended")
                    handler.session.fail(ticket, error, output: &connection.output)
                } else {
                    handler.carryOut(request, ticket, output: &connection.output)
                }
                eventLoop.touch(connection)
                handler.serve(connection)
            }
        }
    }

    private func carryOut(_ request: SessionRequest, _ ticket: Ticket, output: inout [UInt8]) {
        do throws(RegistryError) {
            try checkPosition(request)
            switch request.body {
            case .hello: greet(ticket, output: &output)
            case .authenticate(let token, let purpose):
                try checkJournal()
                authenticate(token, purpose, ticket, output: &output)
            case .patient(let selector):
                try checkJournal()
                try answerPatient(selector, ticket, output: &output)
            case .provider(let selector, let day):
                try checkJournal()
                askProvider(selector, day, ticket)
            case .coverage(let identifier, let day):
                try checkJournal()
                askCoverage(identifier, day, ticket)
            case .entry(let question):
                try checkJournal()
                try answerEntry(question, ticket, output: &output)
            case .find(let search):
                try checkJournal()
                try answerSearch(search, ticket, output: &output)
            case .crossReferences(let identifier, let authorities):
                try checkJournal()
                try answerCrossReferences(identifier, authorities, ticket, output: &output)
            case .match(let question):
                try checkJournal()
                try answerMatch(question, ticket, output: &output)
            case .submit(let submission):
                try checkJournal()
                submit(submission, request.line, ticket)
            case .decide(let decision):
                try checkJournal()
                decide(decision, request.verb, request.line, ticket)
            case .queue(let question):
                try checkJournal()
                askQueue(question, ticket)
            case .countQueue(let filter, let grouping):
                try checkJournal()
                countQueue(filter, grouping, ticket)
            case .assign(let assignment):
                try checkJournal()
                assign(assignment, ticket)
            case .history(let question):
                try checkJournal()
                askHistory(question, request.verb, ticket)
            case .compare(let left, let right):
                try checkJournal()
                compare(left, right, ticket)
            case .watch(let question):
                try checkJournal()
                watch(question, ticket)
            case .statistics: answerStatistics(ticket, output: &output)
            }
        } catch {
            if request.isAudited, error.code != .unavailable {
                record(request.verb, outcome: error.code.rawValue)
            }
            session.fail(ticket, error, output: &output)
        }
    }

    /// No request whose entry could not be written is performed.
    private func checkJournal() throws(RegistryError) {
        guard loop.context.journal.isAvailable else {
            throw RegistryError(.unavailable, "the audit journal cannot be written; try later")
        }
    }

    /// The state that a request needs: the one that it names, and what the session wrote.
    private func wantedPosition(of request: SessionRequest) -> LogPosition? {
        guard let writtenPosition, request.waitsForWrites, !request.isForWriter else {
            return request.minimumPosition
        }
        return max(request.minimumPosition ?? writtenPosition, writtenPosition)
    }

    /// How far the node has read what answers a request.
    private func position(for request: SessionRequest) -> LogPosition {
        request.isOfCatalogs
            ? loop.context.service.catalogPosition() : loop.context.service.status().position
    }

    private func checkPosition(_ request: SessionRequest) throws(RegistryError) {
        guard let wanted = wantedPosition(of: request) else { return }
        let position = position(for: request)
        guard position >= wanted else {
            throw RegistryError(
                .unavailable, "this node has read up to \(position); try again in a moment")
        }
    }
}

extension SessionRequest {
    /// Whether it concerns persons, or who may ask for them.
    fileprivate var isAudited: Bool {
        switch body {
        case .hello, .statistics: false
        case .authenticate, .patient, .provider, .coverage, .entry, .find, .crossReferences, .match,
            .submit,
            .decide, .queue,
            .countQueue, .assign, .history, .compare, .watch:
            true
        }
    }
}
