package import RegistryModel

/// A request's place in the order of a session's replies.
package struct Ticket: Sendable {
    fileprivate let number: UInt64
    fileprivate let isWrite: Bool
    fileprivate let tag: RequestTag?
}

/// One client's side of the line protocol as a value: bytes in, requests and replies out, no I/O.
///
/// The owner shows the session the bytes that have arrived, performs the requests that come out,
/// and answers each by its ticket. Answers may come in any order and later; replies leave in the
/// order of the requests. Writes may be many at once; any other request waits until the writes
/// before it are answered, so that a session reads what it wrote. A session with too many open
/// requests or too many unsent bytes takes no further request, which is the back-pressure.
package struct Session: Sendable {
    /// What the owner must do next.
    package enum Action: Sendable {
        /// Perform a request and answer it by its ticket.
        case perform(Ticket, SessionRequest)
        /// Record that a client asked for what he may not, then answer with the error.
        case refuse(Ticket, Verb, RegistryError)
        /// Come again once there are more bytes, fewer open requests or fewer unsent bytes.
        case wait
        /// Close the connection once the output is sent.
        case close
    }

    /// Who is asking; nil before `AUTH`.
    package private(set) var client: Client?
    /// Why the client asks, a code, empty where it did not say.
    package private(set) var purpose = ""

    /// Whether the requests come from a node that follows, which `HELLO` says: such are not forwarded
    /// again.
    package private(set) var isForwarding = false

    private var framer = RequestFramer()
    /// An understood request that waits for the writes before it.
    private var held: (ticket: Ticket, request: SessionRequest)?
    private var nextNumber: UInt64 = 0
    /// The number of the first request without a reply.
    private var headNumber: UInt64 = 0
    /// Replies from `headNumber` on that came before their turn; nil where one is missing.
    private var early: [[UInt8]?] = []
    private var earlyBytesCount = 0
    private var openWritesCount = 0
    private var failedAuthenticationsCount = 0
    private var isEnding = false

    /// Creates a session that does not know who is asking.
    package init() {}

    /// Requests that have no reply yet.
    package var openRequestsCount: Int { Int(nextNumber - headNumber) }

    /// Whether nothing is being performed and no further request will be taken.
    private var isFinished: Bool { isEnding && openRequestsCount == 0 }

    /// Takes the next request from the bytes that have arrived.
    ///
    /// - Parameters:
    ///   - input: The bytes not yet consumed, from `offset` on.
    ///   - offset: Advanced over the bytes that are consumed.
    ///   - output: The connection's unsent bytes, to which replies are appended.
    /// - Returns: What the owner must do before it calls again.
    package mutating func next(
        in input: Span<UInt8>, offset: inout Int, output: inout [UInt8]
    ) -> Action {
        while true {
            if isFinished { return .close }
            if let waiting = held {
                guard openWritesCount == 0 else { return .wait }
                held = nil
                return admit(waiting.request, waiting.ticket)
            }
            guard !isEnding, openRequestsCount < ProtocolLimits.outstandingMax,
                output.count + earlyBytesCount < ProtocolLimits.outputBytesMax
            else { return .wait }
            let rest = input.extracting(offset..<input.count)
            switch framer.next(in: rest) {
            case .incomplete(let consumed):
                offset += consumed
                return .wait
            case .tooLong(let consumed):
                offset += consumed
                let message = "a line has at most \(ProtocolLimits.lineBytesMax) bytes"
                fail(issue(nil), RegistryError(.tooLong, message), output: &output)
            case .line(let length, let consumed):
                offset += consumed
                guard length > 0 else { continue }
                if let action = take(rest.extracting(0..<length), output: &output) {
                    return action
                }
            }
        }
    }

    /// Takes no further request; `next` answers `close` once all taken ones are answered.
    package mutating func end() { isEnding = true }

    /// Reads one line; nil where the session has answered it by itself.
    private mutating func take(_ line: Span<UInt8>, output: inout [UInt8]) -> Action? {
        var tag: RequestTag?
        do throws(RegistryError) {
            let request = try RequestParser.parse(line, tag: &tag)
            let command = CommandTable.command(for: request.verb)
            if !command.isOpen, client == nil {
                throw RegistryError(
                    .unauthenticated, "say who is asking first: AUTH token=TOKEN")
            }
            try command.check(request)
            guard var understood = try SessionRequest(request) else {
                answer(request, issue(tag), output: &output)
                return nil
            }
            if understood.isForWriter { understood.line = RequestParser.withoutTag(line) }
            if case .hello = understood.body {
                isForwarding = request.value(of: "forwarding") == "yes"
            }
            let ticket = issue(tag, isWrite: understood.isWrite)
            if understood.waitsForWrites, openWritesCount > 0 {
                held = (ticket, understood)
                return nil
            }
            return admit(understood, ticket)
        } catch {
            fail(issue(tag), error, output: &output)
            return nil
        }
    }

    /// Lets a request be performed where the client's role and sources allow it.
    private mutating func admit(_ request: SessionRequest, _ ticket: Ticket) -> Action {
        if ticket.isWrite { openWritesCount += 1 }
        if let error = refusal(of: request) { return .refuse(ticket, request.verb, error) }
        return .perform(ticket, request)
    }

    private func refusal(of request: SessionRequest) -> RegistryError? {
        let command = CommandTable.command(for: request.verb)
        guard !command.isOpen else { return nil }
        guard let client else {
            return RegistryError(.unauthenticated, "the client's access has ended")
        }
        guard command.isAllowed(to: client.role) else {
            return RegistryError(
                .forbidden, "the role \(client.role.rawValue) may not \(request.verb.rawValue)")
        }
        if let source = request.source, client.role != .admin, !client.sources.contains(source) {
            return RegistryError(.forbidden, "the client may not speak for this source")
        }
        return nil
    }

    /// Answers a command of the session itself.
    private mutating func answer(
        _ request: Request, _ ticket: Ticket, output: inout [UInt8]
    ) {
        guard request.verb == .help else {
            if request.verb == .quit { isEnding = true }
            succeed(ticket, output: &output)
            return
        }
        let name = request.arguments.first?.value
        let commands = CommandTable.commands.filter { command in
            guard let name else { return true }
            let bytes = name.utf8
            return command.verb == Verb(anyCase: bytes.span)
        }
        guard !commands.isEmpty else {
            let error = RegistryError(.unknownVerb, "unknown verb, HELP lists those there are")
            return fail(ticket, error, output: &output)
        }
        var body: [UInt8] = []
        for command in commands {
            var writer = JSONWriter()
            command.writeHelp(to: &writer, isDetailed: name != nil)
            body += writer.bytes
            body.append(UInt8(ascii: "\n"))
        }
        succeed(ticket, count: commands.count, body: body, output: &output)
    }

    private mutating func issue(_ tag: RequestTag?, isWrite: Bool = false) -> Ticket {
        nextNumber += 1
        return Ticket(number: nextNumber - 1, isWrite: isWrite, tag: tag)
    }
}

/// Who is asking.
extension Session {
    /// Takes note of a client that has shown its token.
    package mutating func authenticate(_ client: Client, purpose: String) {
        self.client = client
        self.purpose = purpose
        failedAuthenticationsCount = 0
    }

    /// Takes note of a wrong token; after the last one allowed the session ends.
    package mutating func authenticationFailed() {
        client = nil
        failedAuthenticationsCount += 1
        if failedAuthenticationsCount >= ProtocolLimits.authenticationFailuresMax {
            isEnding = true
        }
    }

    /// Replaces what is known of the client, nil where its access has ended.
    package mutating func update(_ client: Client?) { self.client = client }
}

/// Replies in the order of the requests.
extension Session {
    /// Answers a request with success: `body` holds `count` objects, each ended by a line feed.
    package mutating func succeed(
        _ ticket: Ticket, count: Int, fields: [Reply.Field] = [], body: [UInt8],
        output: inout [UInt8]
    ) {
        if ticket.number == headNumber {
            Reply.appendSuccess(
                tag: ticket.tag, count: count, fields: fields, body: body, to: &output)
        } else {
            var reply: [UInt8] = []
            Reply.appendSuccess(
                tag: ticket.tag, count: count, fields: fields, body: body, to: &reply)
            keep(reply, for: ticket)
        }
        settle(ticket, output: &output)
    }

    /// Answers a request with success and one object, which has no line feed.
    package mutating func succeed(
        _ ticket: Ticket, object: [UInt8], output: inout [UInt8]
    ) {
        guard ticket.number == headNumber else {
            let body = object + [UInt8(ascii: "\n")]
            return succeed(ticket, count: 1, body: body, output: &output)
        }
        Reply.appendSuccess(tag: ticket.tag, count: 1, body: object, to: &output)
        output.append(UInt8(ascii: "\n"))
        settle(ticket, output: &output)
    }

    /// Answers a request with success and no object.
    package mutating func succeed(
        _ ticket: Ticket, fields: [Reply.Field] = [], output: inout [UInt8]
    ) {
        succeed(ticket, count: 0, fields: fields, body: [], output: &output)
    }

    /// Answers a request with a failure.
    package mutating func fail(
        _ ticket: Ticket, _ error: RegistryError, output: inout [UInt8]
    ) {
        if ticket.number == headNumber {
            Reply.appendFailure(tag: ticket.tag, error, to: &output)
        } else {
            var reply: [UInt8] = []
            Reply.appendFailure(tag: ticket.tag, error, to: &reply)
            keep(reply, for: ticket)
        }
        settle(ticket, output: &output)
    }

    private mutating func keep(_ reply: [UInt8], for ticket: Ticket) {
        let place = Int(ticket.number - headNumber)
        while early.count <= place { early.append(nil) }
        precondition(early[place] == nil, "a request is answered once")
        early[place] = reply
        earlyBytesCount += reply.count
    }

    /// Closes a request, and sends what was waiting behind it if it was the first one.
    private mutating func settle(_ ticket: Ticket, output: inout [UInt8]) {
        if ticket.isWrite { openWritesCount -= 1 }
        guard ticket.number == headNumber else { return }
        headNumber += 1
        guard !early.isEmpty else { return }
        var sent = 1
        while sent < early.count, let reply = early[sent] {
            output += reply
            earlyBytesCount -= reply.count
            headNumber += 1
            sent += 1
        }
        early.removeFirst(sent)
    }
}
