import Identity
import RegistryModel

extension DecisionRequest {
    /// The decision that a checked request states, by nobody yet; nil where the verb decides
    /// nothing.
    ///
    /// - Throws: `bad-request` or `invalid-identifier`, never with a value in the message.
    init?(_ request: Request) throws(RegistryError) {
        let isHeldApart = try !request.isYes("rejoin")
        let decision: Decision
        switch request.verb {
        case .merge:
            decision = .merge(
                retired: try request.person(request.arguments[0].value),
                survivor: try request.person(request.value(of: "into") ?? ""))
        case .unmerge:
            decision = .unmerge(operation: try request.operation(), mayRejoin: !isHeldApart)
        case .link:
            decision = .link(
                try request.record(request.arguments[0].value),
                to: try request.person(request.value(of: "to") ?? ""))
        case .unlink:
            decision = .unlink(
                try request.record(request.arguments[0].value), mayRejoin: !isHeldApart)
        case .split:
            var records: [LocalIdentifier] = []
            for text in request.values(of: "record") { records.append(try request.record(text)) }
            decision = .split(
                try request.person(request.arguments[0].value), records, mayRejoin: !isHeldApart)
        case .distinct:
            decision = .distinct(try request.subject(at: 0), try request.subject(at: 1))
        case .confirm:
            decision = .confirm(try request.subject(at: 0), try request.subject(at: 1))
        case .accept: decision = .accept(try request.record(request.arguments[0].value))
        case .restrict: decision = .restrict(try request.record(request.arguments[0].value))
        case .pin: decision = .pin(try request.subject(at: 0), request.fieldValues)
        case .unpin: decision = .unpin(try request.subject(at: 0), try request.fields())
        case .undo: decision = .undo(operation: try request.operation())
        case .retire:
            var other: LocalIdentifier?
            if let localID = request.value(of: "into") { other = try request.ownRecord(localID) }
            decision = .retire(
                try request.ownRecord(request.value(of: "local_id") ?? ""), into: other)
        case .renumber:
            decision = .renumber(
                try request.ownRecord(request.value(of: "local_id") ?? ""),
                to: try request.ownRecord(request.value(of: "to") ?? "").value)
        case .hello, .ping, .help, .auth, .get, .find, .xref, .match, .put, .queue, .assign, .show,
            .compare, .history, .watch, .stats, .quit:
            return nil
        }
        self.init(
            decision, actor: "", reason: request.value(of: "reason") ?? "",
            expectedVersions: try request.expectedVersions(),
            isPreview: try request.isYes("preview"))
    }
}

extension Request {
    func isYes(_ key: String) throws(RegistryError) -> Bool {
        switch value(of: key) {
        case nil: return false
        case "yes": return true
        default: throw RegistryError(.badRequest, "\(key) is yes, or is left out")
        }
    }

    /// The values of demographic fields, several of one field together, in the order of the request.
    fileprivate var fieldValues: [FieldValue] {
        var values: [FieldValue] = []
        let separator = String(UnicodeScalar(PersonRecord.valueSeparator))
        for argument in arguments {
            guard let field = DemographicField(name: argument.key) else { continue }
            if let place = values.firstIndex(where: { $0.field == field }) {
                values[place].value += separator + argument.value
            } else {
                values.append(FieldValue(field, argument.value))
            }
        }
        return values
    }

    fileprivate func fields() throws(RegistryError) -> [DemographicField] {
        var fields: [DemographicField] = []
        for name in values(of: "field") {
            guard let field = DemographicField(name: name) else {
                throw RegistryError(.badRequest, "no such field; HELP PIN lists them")
            }
            if !fields.contains(field) { fields.append(field) }
        }
        return fields
    }

    fileprivate func operation() throws(RegistryError) -> Int64 {
        guard let number = Int64(arguments[0].value), number > 0 else {
            throw RegistryError(.badRequest, "an operation is named by its number")
        }
        return number
    }

    /// The person or record that stands in a place of the positional arguments.
    func subject(at index: Int) throws(RegistryError) -> DecisionSubject {
        let text = arguments[index].value
        guard let subject = DecisionSubject(text) else {
            if text.utf8.contains(UInt8(ascii: ":")), !text.hasPrefix("euid:") {
                throw RegistryError(.badRequest, "a record is written SOURCE:LOCAL_ID")
            }
            throw RegistryError(.invalidIdentifier, "the EUID's check characters are wrong")
        }
        return subject
    }

    /// The person of an EUID, with `euid:` before it or without.
    fileprivate func person(_ text: String) throws(RegistryError) -> EnterpriseIdentifier {
        let bare = text.hasPrefix("euid:") ? String(text.dropFirst(5)) : text
        guard let person = EnterpriseIdentifier(bare) else {
            throw RegistryError(.invalidIdentifier, "the EUID's check characters are wrong")
        }
        return person
    }

    fileprivate func record(_ text: String) throws(RegistryError) -> LocalIdentifier {
        guard case .record(let record)? = DecisionSubject(text) else {
            throw RegistryError(.badRequest, "a record is written SOURCE:LOCAL_ID")
        }
        return record
    }

    /// A record of the source that speaks.
    fileprivate func ownRecord(_ localID: String) throws(RegistryError) -> LocalIdentifier {
        let source = value(of: "source") ?? ""
        guard Source.isCode(source) else {
            throw RegistryError(
                .badRequest, "a source's code is lower-case letters, digits and hyphens")
        }
        guard (1...ProtocolLimits.identifierBytesMax).contains(localID.utf8.count) else {
            throw RegistryError(
                .badRequest,
                "a local identifier has 1 to \(ProtocolLimits.identifierBytesMax) bytes")
        }
        return LocalIdentifier(authority: source, value: localID)
    }

    fileprivate func expectedVersions() throws(RegistryError) -> [EnterpriseIdentifier: Int64] {
        var versions: [EnterpriseIdentifier: Int64] = [:]
        for text in values(of: "if_version") {
            guard let colon = text.lastIndex(of: ":"),
                let version = Int64(text[text.index(after: colon)...])
            else { throw RegistryError(.badRequest, "if_version is written EUID:VERSION") }
            versions[try person(String(text[..<colon]))] = version
        }
        return versions
    }
}
