import LineProtocol
import NetworkIO
import RegistryModel

/// One connection's session, and the requests it has the node perform.
final class ClientSession: ConnectionHandler {
    var session = Session()
    /// A cycle, which the loop breaks when the connection closes.
    let loop: ServingLoop
    let id: ConnectionID
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

    private func perform(_ request: SessionRequest, _ ticket: Ticket, output: inout [UInt8]) {
        loop.countRequest()
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
            case .crossReferences(let identifier, let authorities):
                try checkJournal()
                try answerCrossReferences(identifier, authorities, ticket, output: &output)
            case .match(let question):
                try checkJournal()
                try answerMatch(question, ticket, output: &output)
            case .submit(let submission):
                try checkJournal()
                submit(submission, ticket)
            case .decide(let decision):
                try checkJournal()
                decide(decision, request.verb, ticket)
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

    private func checkPosition(_ request: SessionRequest) throws(RegistryError) {
        guard let minimum = request.minimumPosition else { return }
        let position = loop.context.service.status().position
        guard position >= minimum else {
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
        case .authenticate, .patient, .crossReferences, .match, .submit, .decide, .queue,
            .countQueue, .assign, .history, .compare, .watch:
            true
        }
    }
}
