import Identity
import LineProtocol
import NetworkIO
import RegistryModel
import Synchronization

/// What a session has performed, and how it is answered.
extension ClientSession {
    func greet(_ ticket: Ticket, output: inout [UInt8]) {
        let status = loop.context.service.status()
        let fields: [Reply.Field] = [
            ("version", "\(ProtocolLimits.version)"), ("role", status.role.rawValue),
            ("position", "\(status.position)"),
            ("line_bytes_max", "\(ProtocolLimits.lineBytesMax)"),
            ("outstanding_max", "\(ProtocolLimits.outstandingMax)"),
        ]
        session.succeed(ticket, fields: fields, output: &output)
    }

    func authenticate(
        _ token: String, _ purpose: String, _ ticket: Ticket, output: inout [UInt8]
    ) {
        guard let client = loop.context.clients.client(withToken: token) else {
            session.authenticationFailed()
            self.token = ""
            loop.context.statistics.failedAuthenticationsCount.add(1, ordering: .relaxed)
            loop.record(.auth, by: nil, purpose: purpose, outcome: "unauthenticated")
            let error = RegistryError(.unauthenticated, "the token is unknown or was revoked")
            return session.fail(ticket, error, output: &output)
        }
        session.authenticate(client, purpose: purpose)
        if loop.context.forwarding != nil { self.token = token }
        record(.auth)
        let fields: [Reply.Field] = [("client", client.name), ("role", client.role.rawValue)]
        session.succeed(ticket, fields: fields, output: &output)
    }

    func answerPatient(
        _ selector: PatientSelector, _ ticket: Ticket, output: inout [UInt8]
    ) throws(RegistryError) {
        let answer = try loop.context.service.patient(selector)
        record(
            .get, persons: [answer.enterpriseIdentifier],
            outcome: outcome(isRestricted: answer.isRestricted))
        loop.writer.removeAll()
        (mayOpenRestricted ? answer : answer.masked).write(to: &loop.writer)
        session.succeed(ticket, object: loop.writer.bytes, output: &output)
    }

    func answerCrossReferences(
        _ identifier: LocalIdentifier, _ authorities: [String], _ ticket: Ticket,
        output: inout [UInt8]
    ) throws(RegistryError) {
        let person = try loop.context.service.patient(.identifier(identifier))
        guard !person.isRestricted || mayOpenRestricted else { throw Self.restricted }
        let identifiers = try loop.context.service.crossReferences(
            of: identifier, to: authorities)
        record(
            .xref, persons: [person.enterpriseIdentifier],
            outcome: outcome(isRestricted: person.isRestricted))
        beginBody()
        for identifier in identifiers {
            identifier.write(to: &loop.writer)
            endObject()
        }
        session.succeed(
            ticket, count: identifiers.count, body: loop.body, output: &output)
    }

    func answerMatch(
        _ question: MatchQuestion, _ ticket: Ticket, output: inout [UInt8]
    ) throws(RegistryError) {
        let candidates = try loop.context.service.match(
            question.person, of: question.realm, limit: question.limit, grade: question.grade)
        record(
            .match, persons: candidates.map(\.patient.enterpriseIdentifier),
            outcome: outcome(isRestricted: candidates.contains { $0.patient.isRestricted }))
        beginBody()
        for var candidate in candidates {
            if !mayOpenRestricted { candidate.patient = candidate.patient.masked }
            candidate.write(to: &loop.writer)
            endObject()
        }
        session.succeed(
            ticket, count: candidates.count, body: loop.body, output: &output)
    }

    /// Whether this client sees restricted persons: a steward who says that it is an emergency.
    var mayOpenRestricted: Bool {
        session.purpose == AccessPurpose.emergency
            && [.steward, .admin].contains(session.client?.role ?? .reader)
    }

    static let restricted = RegistryError(
        .forbidden, "the person is restricted; a steward opens it with purpose=emergency")

    /// How an answer stands in the journal: an auditor finds there who opened a restricted person.
    func outcome(isRestricted: Bool) -> String {
        guard isRestricted else { return "ok" }
        return (mayOpenRestricted ? RestrictedOutcome.opened : .masked).rawValue
    }

    /// Hands a submission to the writer, whose answer comes back by the loop's mailbox.
    func submit(_ submission: PatientSubmission, _ line: [UInt8], _ ticket: Ticket) {
        let write = openWrite(.put, line, ticket)
        loop.context.service.submit(submission, actor: session.client?.name ?? "") { result in
            write.answer(WriteAnswer(result))
        }
    }

    /// Hands a decision to the writer, in the name of the session's client.
    func decide(_ request: DecisionRequest, _ verb: Verb, _ line: [UInt8], _ ticket: Ticket) {
        var request = request
        request.actor = session.client?.name ?? ""
        let write = openWrite(verb, line, ticket)
        loop.context.service.decide(request) { result in write.answer(WriteAnswer(result)) }
    }

    private func openWrite(_ verb: Verb, _ line: [UInt8], _ ticket: Ticket) -> OpenWrite {
        let mayBeForwarded = !token.isEmpty && !session.isForwarding
        return OpenWrite(
            loop: loop, connection: id, ticket: ticket, verb: verb, client: session.client,
            purpose: session.purpose,
            forwarded: mayBeForwarded
                ? ForwardedWrite(line: line, token: token, purpose: session.purpose) : nil)
    }

    func answerStatistics(_ ticket: Ticket, output: inout [UInt8]) {
        let context = loop.context
        let status = context.service.status()
        loop.writer.removeAll()
        let numbers: [(StaticString, Int64)] = [
            ("records", Int64(status.records)), ("persons", Int64(status.persons)),
            ("review_tasks", Int64(status.reviewTasks)),
            ("connections", Int64(context.admission.connectionsCount)),
            ("requests", Int64(context.statistics.requestsCount.load(ordering: .relaxed))),
            (
                "failed_authentications",
                Int64(context.statistics.failedAuthenticationsCount.load(ordering: .relaxed))
            ),
            ("audit_entries", Int64(context.journal.head.entriesCount)),
            ("uptime_seconds", context.statistics.uptimeSeconds),
        ]
        loop.writer.beginObject()
        loop.writer.key("role")
        loop.writer.string(status.role.rawValue)
        loop.writer.key("position")
        loop.writer.string("\(status.position)")
        for (key, number) in numbers {
            loop.writer.key(key)
            loop.writer.integer(number)
        }
        loop.writer.key("synchronous_standby_names")
        loop.writer.string(status.synchronousStandbyNames)
        loop.writer.endObject()
        session.succeed(ticket, object: loop.writer.bytes, output: &output)
    }

    private func beginBody() {
        loop.body.removeAll(keepingCapacity: true)
        loop.writer.removeAll()
    }

    /// Moves the object that was written behind those before it.
    private func endObject() {
        loop.body += loop.writer.bytes
        loop.body.append(UInt8(ascii: "\n"))
        loop.writer.removeAll()
    }
}
