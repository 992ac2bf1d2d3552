import Identity
package import RegistryModel

extension SessionRequest {
    /// What a request asks; nil for one that the session answers by itself.
    ///
    /// - Throws: `bad-request` or `invalid-identifier`, never with a value in the message.
    package init?(_ request: Request) throws(RegistryError) {
        let body: Body
        switch request.verb {
        case .ping, .help, .quit: return nil
        case .hello:
            guard request.arguments.first?.value == String(ProtocolLimits.version) else {
                throw RegistryError(
                    .badRequest, "this node speaks version \(ProtocolLimits.version)")
            }
            body = .hello
        case .auth:
            body = .authenticate(
                token: request.value(of: "token") ?? "", purpose: try request.purpose())
        case .get:
            body = try Body(get: request)
        case .find: body = .find(try EntrySearch(request))
        case .xref:
            let authorities = request.values(of: "to")
            guard authorities.allSatisfy(Source.isCode) else {
                throw RegistryError(.badRequest, "to is an authority's code")
            }
            guard case .identifier(let identifier) = try request.selector(at: 0) else {
                throw RegistryError(.badRequest, "XREF takes AUTHORITY:value; GET takes an EUID")
            }
            body = .crossReferences(identifier, authorities: authorities)
        case .match: body = .match(try MatchQuestion(request))
        case .put:
            body = .submit(try PatientSubmission(request, of: try request.realm()))
        case .retire, .renumber:
            let realm = try request.realm()
            guard var decision = try DecisionRequest(request) else { return nil }
            decision.realm = realm
            body = .decide(decision)
        case .merge, .unmerge, .link, .unlink, .split, .distinct, .confirm, .accept, .restrict,
            .pin, .unpin, .undo:
            guard let decision = try DecisionRequest(request) else { return nil }
            body = .decide(decision)
        case .queue: body = try Body(queue: request)
        case .assign: body = .assign(try TaskAssignment(request))
        case .show, .history: body = .history(try HistoryQuestion(request))
        case .compare:
            body = .compare(try request.subject(at: 0), try request.subject(at: 1))
        case .watch: body = .watch(try FeedQuestion(request))
        case .stats: body = .statistics
        }
        self.init(
            verb: request.verb, body: body, minimumPosition: try request.minimumPosition())
    }
}

extension SessionRequest.Body {
    /// What a checked `GET` asks.
    fileprivate init(get request: Request) throws(RegistryError) {
        let day = try request.day("at")
        switch request.arguments.first?.value {
        case "patient":
            guard day == nil else {
                throw RegistryError(.badRequest, "HISTORY tells what was known of a patient")
            }
            self = .patient(try request.selector(at: 1))
        case "provider": self = .provider(try request.selector(at: 1), day: day)
        case "coverage":
            guard case .identifier(let identifier) = try request.selector(at: 1) else {
                throw RegistryError(.badRequest, "coverage hangs on identifiers: AUTHORITY:value")
            }
            self = .coverage(identifier, day: day)
        default: self = .entry(try EntryQuestion(request, day: day))
        }
    }
}

extension Request {
    /// The day under a key, in days since 1970-01-01; nil where there is none.
    fileprivate func day(_ key: String) throws(RegistryError) -> Int32? {
        guard let text = value(of: key) else { return nil }
        guard let day = EntryPeriod.day(text) else {
            throw RegistryError(.badRequest, "\(key) is a day as YYYY-MM-DD")
        }
        return day
    }

    /// The realm that the first argument names.
    fileprivate func realm() throws(RegistryError) -> Realm {
        guard let realm = arguments.first.flatMap({ Realm(rawValue: $0.value) }) else {
            throw RegistryError(
                .badRequest, "\(verb.rawValue) knows the registries patient and provider alone")
        }
        return realm
    }

    fileprivate func purpose() throws(RegistryError) -> String {
        guard let purpose = value(of: "purpose"), !purpose.isEmpty else { return "" }
        guard AccessPurpose.isCode(purpose) else {
            throw RegistryError(
                .badRequest,
                "purpose is at most \(AccessPurpose.bytesMax) lower-case letters, digits "
                    + "and hyphens")
        }
        return purpose
    }

    /// The identifier that stands in a place of the positional arguments.
    fileprivate func selector(at index: Int) throws(RegistryError) -> PatientSelector {
        let text = arguments[index].value
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            throw RegistryError(.badRequest, "an identifier is written AUTHORITY:value")
        }
        let authority = String(text[..<colon])
        let value = String(text[bytes.index(after: colon)...])
        if authority == "euid" {
            guard let identifier = EnterpriseIdentifier(value) else {
                throw RegistryError(.invalidIdentifier, "the EUID's check characters are wrong")
            }
            return .enterpriseIdentifier(identifier)
        }
        guard Source.isCode(authority) else {
            throw RegistryError(
                .badRequest, "an authority's code is lower-case letters, digits and hyphens")
        }
        guard (1...ProtocolLimits.identifierBytesMax).contains(value.utf8.count) else {
            throw RegistryError(
                .badRequest,
                "an identifier's value has 1 to \(ProtocolLimits.identifierBytesMax) bytes")
        }
        return .identifier(LocalIdentifier(authority: authority, value: value))
    }

    fileprivate func minimumPosition() throws(RegistryError) -> LogPosition? {
        guard let text = value(of: "min_position") else { return nil }
        guard let position = LogPosition(text) else {
            throw RegistryError(.badRequest, "min_position is written EPOCH:SEQ")
        }
        return position
    }
}

extension MatchQuestion {
    /// The question that a checked `MATCH` asks.
    fileprivate init(_ request: Request) throws(RegistryError) {
        var limit = ProtocolLimits.matchLimitDefault
        if let text = request.value(of: "limit") {
            guard let number = Int(text), (1...ProtocolLimits.matchLimitMax).contains(number) else {
                throw RegistryError(
                    .badRequest, "limit is a number from 1 to \(ProtocolLimits.matchLimitMax)")
            }
            limit = number
        }
        var grade = MatchGrade.possible
        if let text = request.value(of: "grade") {
            guard let known = MatchGrade(rawValue: text) else {
                throw RegistryError(.badRequest, "grade is certain, probable or possible")
            }
            grade = known
        }
        guard let realm = Realm(rawValue: request.value(of: "realm") ?? "patient") else {
            throw RegistryError(.badRequest, "realm is patient or provider")
        }
        let person = try PersonRecord(arguments: request.arguments, object: request.object)
        guard !person.isEmpty else {
            throw RegistryError(.badRequest, "MATCH needs a value of the person at least")
        }
        self.init(person: person, realm: realm, limit: limit, grade: grade)
    }
}

extension PatientSubmission {
    /// The submission that a checked `PUT` states.
    fileprivate init(_ request: Request, of realm: Realm) throws(RegistryError) {
        var object = request.object
        let source = try request.takeText("source", of: &object) ?? ""
        let localID = try request.takeText("local_id", of: &object) ?? ""
        let recordedAt = try request.takeText("recorded_at", of: &object)
        guard Source.isCode(source) else {
            throw RegistryError(
                .badRequest, "a source's code is lower-case letters, digits and hyphens")
        }
        guard localID.utf8.count <= ProtocolLimits.identifierBytesMax else {
            throw RegistryError(
                .badRequest, "local_id has at most \(ProtocolLimits.identifierBytesMax) bytes")
        }
        var time: Int64?
        if let recordedAt, !recordedAt.isEmpty {
            guard let parsed = Timestamp.microseconds(of: recordedAt) else {
                throw RegistryError(
                    .badRequest,
                    "recorded_at is written YYYY-MM-DDTHH:MM:SS with Z or an offset behind it")
            }
            time = parsed
        }
        self.init(
            source: source, localID: localID, recordedAt: time,
            person: try PersonRecord(arguments: request.arguments, object: object), realm: realm)
    }
}

extension Request {
    /// The text under a key, taken out of the object where it stands there.
    fileprivate func takeText(
        _ key: String, of object: inout JSONValue?
    ) throws(RegistryError) -> String? {
        guard case .object(var members)? = object,
            let index = members.firstIndex(where: { $0.key == key })
        else { return value(of: key) }
        guard value(of: key) == nil else {
            throw RegistryError(.badRequest, "\(key) stands as an argument and in the object")
        }
        guard let text = members.remove(at: index).value.string else {
            throw RegistryError(.badRequest, "\(key) is a string")
        }
        object = .object(members)
        return text
    }
}
