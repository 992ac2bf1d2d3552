import Identity
import LineProtocol
import RegistryModel

/// Plays the owner of a session: feeds it bytes and answers what it asks to be performed.
///
/// Answers are made of the request alone, so that two runs of one pipeline must agree.
struct SessionDriver {
    var session = Session()
    var output: [UInt8] = []
    var isClosed = false
    /// Writes whose answers are held back until `answerWrites`.
    var openWrites: [(Ticket, SessionRequest)] = []
    var holdsWrites = false
    var performed: [SessionRequest.Body] = []
    private var input: [UInt8] = []

    static let clients = [
        "reader-token": Client(
            name: "ehr", role: .reader, sources: [], tokenSalt: [], tokenDigest: []),
        "feeder-token": Client(
            name: "feed", role: .feeder, sources: ["north"], tokenSalt: [], tokenDigest: []),
        "steward-token": Client(
            name: "ines", role: .steward, sources: [], tokenSalt: [], tokenDigest: []),
        "auditor-token": Client(
            name: "audit", role: .auditor, sources: [], tokenSalt: [], tokenDigest: []),
    ]

    var text: String { String(decoding: output, as: UTF8.self) }

    mutating func feed(_ text: String) { feed(Array(text.utf8)) }

    mutating func feed(_ bytes: [UInt8]) {
        input += bytes
        run()
    }

    /// Takes requests for as long as the session has any.
    mutating func run() {
        var offset = 0
        let arrived = input
        while true {
            let action = session.next(in: arrived.span, offset: &offset, output: &output)
            switch action {
            case .perform(let ticket, let request): perform(ticket, request)
            case .refuse(let ticket, _, let error): session.fail(ticket, error, output: &output)
            case .wait:
                input.removeFirst(offset)
                return
            case .close:
                isClosed = true
                input.removeFirst(offset)
                return
            }
        }
    }

    /// Answers held writes in the order of `places`.
    mutating func answerWrites(inOrder places: [Int]) {
        let writes = openWrites
        openWrites = []
        for place in places { answerWrite(writes[place].0, writes[place].1) }
        run()
    }

    private mutating func perform(_ ticket: Ticket, _ request: SessionRequest) {
        performed.append(request.body)
        switch request.body {
        case .hello: session.succeed(ticket, fields: [("version", "1")], output: &output)
        case .authenticate(let token, let purpose):
            guard let client = SessionDriver.clients[token] else {
                session.authenticationFailed()
                let error = RegistryError(.unauthenticated, "unknown token")
                return session.fail(ticket, error, output: &output)
            }
            session.authenticate(client, purpose: purpose)
            session.succeed(ticket, fields: [("client", client.name)], output: &output)
        case .submit:
            if holdsWrites {
                openWrites.append((ticket, request))
            } else {
                answerWrite(ticket, request)
            }
        case .patient, .provider, .coverage, .entry, .find, .crossReferences, .match, .decide,
            .queue, .countQueue,
            .assign, .history,
            .compare, .watch, .statistics:
            let body = Array("{\"verb\":\"\(request.verb.rawValue)\"}\n".utf8)
            session.succeed(ticket, count: 1, body: body, output: &output)
        }
    }

    private mutating func answerWrite(_ ticket: Ticket, _ request: SessionRequest) {
        guard case .submit(let submission) = request.body else { return }
        let body = Array("{\"local_id\":\"\(submission.localID)\"}\n".utf8)
        session.succeed(ticket, count: 1, body: body, output: &output)
    }
}
