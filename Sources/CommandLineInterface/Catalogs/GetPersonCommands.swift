import Identity
import PostgresClient
import Registry
import RegistryModel

/// `padron get providers` and `padron get coverage`: what catalogs say of persons.
///
/// They read the index of persons first, from the node's snapshot where there is one; a server answers the
/// same at once.
enum GetPersonCommands {
    static let commands = [provider, coverage]

    private static let operand = OperandSpecification(
        name: "AUTHORITY:VALUE", summary: "an identifier, SOURCE:LOCAL_ID, or an EUID")

    private static let options: [OptionSpecification] =
        [
            .value("--at", "DATE", "as it is on this day (default today, in UTC)"),
            RestrictedAccess.option, .flag("--json", "one JSON object a line"),
        ] + DatabaseAccess.options

    private static let provider = Command(
        specification: CommandSpecification(
            words: ["get", "providers"],
            summary: "show a provider: who it is, licence, professions, affiliations",
            discussion: """
                Unites what the registers of all source records say of the day. Of several
                licences the best counts; a suspension from practice counts before all of them.
                """,
            operands: [operand], options: options)
    ) { arguments, context in
        let access = try RestrictedAccess(arguments, context)
        let selector = try selector(arguments.operands[0])
        let day = try day(arguments)
        let answer = try withNode(arguments, context) { try $0.provider(selector, on: day) }
        let isShown = try access.mayShow(
            [answer.person.enterpriseIdentifier], isRestricted: answer.person.isRestricted)
        var writer = JSONWriter()
        answer.write(to: &writer, isMasked: !isShown)
        if arguments.has("--json") { return context.console.print(writer.text) }
        try ObjectText.lines(ofObject: writer.bytes).forEach(context.console.print)
    }

    private static let coverage = Command(
        specification: CommandSpecification(
            words: ["get", "coverage"], summary: "show whether somebody is insured, and by whom",
            discussion: """
                Looks all identifiers of the patient up who has this one, or the identifier alone
                where nobody has it. The first line is the answer, the others what each insurer says.
                """,
            operands: [operand], options: options)
    ) { arguments, context in
        let access = try RestrictedAccess(arguments, context)
        guard case .identifier(let identifier) = try selector(arguments.operands[0]) else {
            throw UsageError("coverage hangs on identifiers: AUTHORITY:VALUE")
        }
        let day = try day(arguments)
        let answer = try withNode(arguments, context) {
            try $0.coverage(of: identifier, on: day)
        }
        let eligibility = answer.eligibility
        let isShown = try access.mayShow(
            eligibility.person.map { [$0] } ?? [], isRestricted: answer.isRestricted)
        guard isShown else { throw CommandFailure(RestrictedAccess.refusal) }
        var writer = JSONWriter()
        eligibility.write(to: &writer)
        if arguments.has("--json") {
            context.console.print(writer.text)
        } else {
            context.console.print(
                "\(eligibility.isEligible ? "eligible" : "not eligible"): \(eligibility.reason)")
        }
        for statement in eligibility.statements {
            writer.removeAll()
            statement.write(to: &writer, on: eligibility.day)
            if arguments.has("--json") {
                context.console.print(writer.text)
            } else {
                let parts = try ObjectText.lines(ofObject: writer.bytes)
                context.console.print("  " + parts.joined(separator: ", "))
            }
        }
    }

    private static func withNode<Answer>(
        _ arguments: ParsedArguments, _ context: CommandContext,
        _ body: (RegistryNode) throws -> Answer
    ) throws -> Answer {
        try DatabaseAccess.with(arguments, context) { address in
            var options = DatabaseAccess.nodeOptions("padron get", arguments, context)
            options.role = .reader
            let node = try RegistryNode.open(
                databaseURL: address.connectionString, options: options)
            defer { node.close() }
            return try body(node)
        }
    }

    private static func day(_ arguments: ParsedArguments) throws(UsageError) -> Int32? {
        guard let text = arguments.value("--at") else { return nil }
        guard let day = EntryPeriod.day(text) else {
            throw UsageError("--at takes a day like 2024-01-31")
        }
        return day
    }

    private static func selector(_ text: String) throws(UsageError) -> PatientSelector {
        let bare = text.hasPrefix("euid:") ? String(text.dropFirst(5)) : text
        if let person = EnterpriseIdentifier(bare) { return .enterpriseIdentifier(person) }
        guard let reference = EntryReference(text), reference.authority != "euid" else {
            throw UsageError("an identifier is written AUTHORITY:VALUE")
        }
        return .identifier(
            LocalIdentifier(authority: reference.authority, value: reference.code))
    }
}

/// An object of the line protocol as lines: a member each, lists one element a line.
enum ObjectText {
    /// The lines of an object.
    static func lines(ofObject json: [UInt8]) throws -> [String] {
        guard case .object(let members) = try JSONParser.parse(json) else { return [] }
        return members.flatMap { member -> [String] in
            let name = member.key.replacing("_", with: " ")
            guard let elements = member.value.array else {
                return ["\(name): \(text(member.value))"]
            }
            return elements.map { "\(name): \(text($0))" }
        }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .boolean(let isTrue): isTrue ? "yes" : "no"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): VisibleText.of(text)
        case .array(let elements): elements.map(text).joined(separator: ", ")
        case .object(let members):
            members.map { "\($0.key) \(text($0.value))" }.joined(separator: ", ")
        }
    }
}
