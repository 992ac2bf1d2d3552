internal import Identity

extension DecisionSubject {
    /// The subject as text: `euid:…`, or a record as `source:local_id`.
    package var text: String {
        switch self {
        case .person(let person): "euid:\(person)"
        case .record(let record): "\(record.authority):\(record.value)"
        }
    }

    /// The subject of a text: an EUID, with `euid:` before it or without, or `source:local_id`; nil for
    /// anything else.
    package init?(_ text: String) {
        if let person = EnterpriseIdentifier(
            text.hasPrefix("euid:") ? String(text.dropFirst(5)) : text)
        {
            self = .person(person)
            return
        }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let source = String(text[..<colon])
        let localID = String(text[text.utf8.index(after: colon)...])
        guard Source.isCode(source), source != "euid", !localID.isEmpty else { return nil }
        self = .record(LocalIdentifier(authority: source, value: localID))
    }
}

extension DecisionRequest {
    /// The request as JSON: kind, subjects in the decision's order, operation, who and why.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("kind")
        writer.string(decision.kind.rawValue)
        writer.key("subjects")
        writer.beginArray()
        for subject in decision.subjects { writer.string(subject.text) }
        writer.endArray()
        if let operation = decision.operation {
            writer.key("operation")
            writer.integer(operation)
        }
        decision.writeFields(to: &writer)
        writer.key("may_rejoin")
        writer.boolean(decision.mayRejoin)
        writer.key("actor")
        writer.string(actor)
        writer.key("reason")
        writer.string(reason)
        writer.key("preview")
        writer.boolean(isPreview)
        writer.key("versions")
        writer.beginArray()
        for (person, version) in expectedVersions.sorted(by: { $0.key < $1.key }) {
            writer.string("\(person):\(version)")
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// The request that JSON describes in the form that `json` writes; nil for any other value.
    package init?(json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(OperationKind.init(rawValue:)),
            let actor = json["actor"]?.string, let reason = json["reason"]?.string
        else { return nil }
        let texts = (json["subjects"]?.array ?? []).compactMap(\.string)
        let subjects = texts.compactMap(DecisionSubject.init)
        let mayRejoin = json["may_rejoin"] == .boolean(true)
        let decision =
            kind == .pin || kind == .unpin
            ? Decision(pinning: kind, subjects, json)
            : Decision(kind, subjects, operation: json["operation"]?.integer, mayRejoin: mayRejoin)
        guard subjects.count == texts.count, let decision else { return nil }
        var versions: [EnterpriseIdentifier: Int64] = [:]
        for text in (json["versions"]?.array ?? []).compactMap(\.string) {
            let parts = text.split(separator: ":")
            guard parts.count == 2, let person = EnterpriseIdentifier(String(parts[0])),
                let version = Int64(parts[1])
            else { return nil }
            versions[person] = version
        }
        self.init(
            decision, actor: actor, reason: reason, expectedVersions: versions,
            isPreview: json["preview"] == .boolean(true))
    }
}

extension Decision {
    /// The decision of a kind about subjects in their order; nil where they do not fit.
    package init?(
        _ kind: OperationKind, _ subjects: [DecisionSubject], operation: Int64?, mayRejoin: Bool
    ) {
        switch (kind, subjects.first, subjects.dropFirst().first, operation) {
        case (.merge, .person(let retired), .person(let survivor), nil) where subjects.count == 2:
            self = .merge(retired: retired, survivor: survivor)
        case (.link, .record(let record), .person(let person), nil) where subjects.count == 2:
            self = .link(record, to: person)
        case (.unlink, .record(let record), nil, nil): self = .unlink(record, mayRejoin: mayRejoin)
        case (.split, .person(let person), .record, nil):
            let records = subjects.dropFirst().compactMap { subject in
                if case .record(let record) = subject { record } else { nil }
            }
            guard records.count == subjects.count - 1 else { return nil }
            self = .split(person, records, mayRejoin: mayRejoin)
        case (.distinct, let left?, let right?, nil) where subjects.count == 2:
            self = .distinct(left, right)
        case (.confirm, let left?, let right?, nil) where subjects.count == 2:
            self = .confirm(left, right)
        case (.accept, .record(let record), nil, nil): self = .accept(record)
        case (.restrict, .record(let record), nil, nil): self = .restrict(record)
        case (.unmerge, nil, nil, let operation?):
            self = .unmerge(operation: operation, mayRejoin: mayRejoin)
        case (.undo, nil, nil, let operation?): self = .undo(operation: operation)
        case (.import, nil, nil, let release?): self = .activate(release: release)
        case (.revert, nil, nil, let release?): self = .revert(release: release)
        case (.erase, nil, nil, let request?): self = .erase(request: request)
        case (.retire, .record(let record), nil, nil): self = .retire(record, into: nil)
        case (.retire, .record(let record), .record(let other), nil) where subjects.count == 2:
            self = .retire(record, into: other)
        case (.renumber, .record(let record), .record(let renumbered), nil)
        where subjects.count == 2 && record.authority == renumbered.authority:
            self = .renumber(record, to: renumbered.value)
        default: return nil
        }
    }

    /// The persons and records that it names, in its own order.
    package var subjects: [DecisionSubject] {
        switch self {
        case .merge(let retired, let survivor): [.person(retired), .person(survivor)]
        case .link(let record, let person): [.record(record), .person(person)]
        case .unlink(let record, _), .accept(let record), .restrict(let record): [.record(record)]
        case .split(let person, let records, _): [.person(person)] + records.map { .record($0) }
        case .distinct(let left, let right), .confirm(let left, let right): [left, right]
        case .retire(let record, let other):
            [.record(record)] + (other.map { [.record($0)] } ?? [])
        case .renumber(let record, let localID):
            [
                .record(record),
                .record(LocalIdentifier(authority: record.authority, value: localID)),
            ]
        case .pin(let subject, _), .unpin(let subject, _): [subject]
        case .unmerge, .undo, .activate, .revert, .erase: []
        }
    }

    /// The operation that it takes back, the request that it grants, or the release that it is about; nil
    /// for any other decision.
    package var operation: Int64? {
        switch self {
        case .unmerge(let operation, _), .undo(let operation), .erase(let operation),
            .activate(let operation), .revert(let operation):
            operation
        case .merge, .link, .unlink, .split, .distinct, .confirm, .accept, .restrict, .pin,
            .unpin, .retire, .renumber:
            nil
        }
    }

    /// Whether parts may be joined again by matching.
    package var mayRejoin: Bool {
        switch self {
        case .unmerge(_, let mayRejoin), .unlink(_, let mayRejoin), .split(_, _, let mayRejoin):
            mayRejoin
        case .merge, .link, .distinct, .confirm, .accept, .restrict, .pin, .unpin, .undo, .retire,
            .renumber, .activate, .revert, .erase:
            false
        }
    }
}
