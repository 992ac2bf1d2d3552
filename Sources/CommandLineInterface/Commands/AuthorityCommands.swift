import Identity
import RegistryModel
import RegistryStore

/// `padron authority add|set|list`: who numbers persons and things.
enum AuthorityCommands {
    static let commands = [add, set, list]

    private static let operand = OperandSpecification(
        name: "AUTHORITY", summary: "its code: lower case letters, digits, hyphens")

    private static let details: [OptionSpecification] =
        AuthorityLanguage.allCases.map { language in
            .value("--name-\(language.rawValue)", "TEXT", "its name in that language")
        } + [
            .value("--oid", "OID", "its object identifier in HL7 messages"),
            .value("--uri", "URI", "its system in FHIR"),
            .value("--kind", "KIND", "national, regional, facility, insurer, passport, ..."),
            .value("--format", "FORMAT", "how its values are written and checked"),
            .value("--placeholders", "VALUE,...", "values that stand for unknown"),
            .value("--repeated-digits", "yes|no", "whether 1111111111 stands for unknown"),
            .value("--runs", "yes|no", "whether 1234567890 stands for unknown"),
            .value("--shared", "yes|no", "whether one value may stand on several persons"),
            .value("--test", "yes|no", "whether its numbers are of tests alone"),
        ]

    private static let discussion = """
        Nodes know it within two seconds; a load that runs, from its next chunk on. Formats are
        \(IdentifierFormat.nameForms.joined(separator: ", ")),
        where LENGTHS is a number or FROM-TO.
        """

    private static let add = Command(
        specification: CommandSpecification(
            words: ["authority", "add"], summary: "add an authority that gives out numbers",
            discussion: discussion, operands: [operand],
            options: details + DatabaseAccess.options)
    ) { arguments, context in
        let code = try code(arguments)
        guard AssigningAuthority.shipped(code: code) == nil else {
            throw CommandFailure("the program has '\(code)'; 'padron authority set' changes it")
        }
        let kind = try kind(arguments) ?? .facility
        let authority = try described(
            AssigningAuthority(code: code, kind: kind, format: .any), arguments)
        try DatabaseAccess.withSession(arguments, context) { session in
            guard try !session.sources().contains(where: { $0.source.code == code }) else {
                throw CommandFailure(
                    "'\(code)' is a source, and so the authority of its own local ids")
            }
            try session.put(authority, isNew: true)
        }
        context.console.print("authority \(code) added")
    }

    private static let set = Command(
        specification: CommandSpecification(
            words: ["authority", "set"], summary: "change what is known of an authority",
            discussion: "What is not given stays; an empty text takes a value away. " + discussion,
            operands: [operand], options: details + DatabaseAccess.options)
    ) { arguments, context in
        let code = try code(arguments)
        try DatabaseAccess.withSession(arguments, context) { session in
            guard let known = try session.authorityDirectory()[code] else {
                throw CommandFailure(
                    "unknown authority '\(code)'; 'padron authority add \(code)' adds it")
            }
            try session.put(try described(known, arguments), isNew: false)
        }
        context.console.print("authority \(code) changed")
    }

    private static let list = Command(
        specification: CommandSpecification(
            words: ["authority", "list"], summary: "list the authorities that give out numbers",
            discussion: """
                Those inside the program, and those that were added. A passport's authority is
                passport- and the country's three letters in lower case; a source is the authority
                of its own local ids.
                """,
            options: [.flag("--json", "one JSON object a line")] + DatabaseAccess.options)
    ) { arguments, context in
        let directory = try DatabaseAccess.withSession(arguments, context) { session in
            try session.authorityDirectory()
        }
        if arguments.has("--json") {
            return directory.all.forEach { authority in
                var writer = JSONWriter()
                authority.write(to: &writer)
                context.console.print(writer.text)
            }
        }
        var table = TextTable(["authority", "kind", "name", "format", "OID", "origin"])
        for authority in directory.all {
            let names = ["en", "es", "fr", "fa"].compactMap { authority.names[$0] }
            table.add([
                authority.code, authority.kind.rawValue,
                names.first ?? authority.names.values.min() ?? "", authority.format.name ?? "",
                authority.oid, directory.isTold(authority.code) ? "database" : "program",
            ])
        }
        table.lines.forEach(context.console.print)
    }
}

// What the options say.
extension AuthorityCommands {
    private static func code(_ arguments: ParsedArguments) throws(UsageError) -> String {
        let code = arguments.operands[0]
        guard Source.isCode(code) else {
            throw UsageError(
                "'\(code)' is no authority code; use lower case letters, digits and hyphens")
        }
        return code
    }

    private static func kind(
        _ arguments: ParsedArguments
    ) throws(UsageError) -> AssigningAuthority.Kind? {
        guard let text = arguments.value("--kind") else { return nil }
        guard let kind = AssigningAuthority.Kind(rawValue: text) else {
            let kinds = AssigningAuthority.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("unknown kind '\(text)'; it is one of \(kinds)")
        }
        return kind
    }

    /// An authority with what the options change of it.
    private static func described(
        _ known: AssigningAuthority, _ arguments: ParsedArguments
    ) throws(UsageError) -> AssigningAuthority {
        var authority = known
        for language in AuthorityLanguage.allCases {
            guard let name = arguments.value("--name-\(language.rawValue)") else { continue }
            authority.names[language.rawValue] = name.isEmpty ? nil : name
        }
        authority.oid = arguments.value("--oid") ?? known.oid
        guard authority.oid.isEmpty || isOID(authority.oid) else {
            throw UsageError("'\(authority.oid)' is no OID; write numbers with dots between")
        }
        authority.uri = arguments.value("--uri") ?? known.uri
        authority.kind = try kind(arguments) ?? known.kind
        if let text = arguments.value("--format") {
            guard let format = IdentifierFormat(name: text) else {
                let forms = IdentifierFormat.nameForms.joined(separator: ", ")
                throw UsageError("unknown format '\(text)'; it is one of \(forms)")
            }
            authority.format = format
        }
        if let text = arguments.value("--placeholders") {
            // Written as people write them; compared as the authority reads them.
            var reader = authority
            reader.placeholders = .init(repeatedDigits: false, runs: false)
            authority.placeholders.values = Set(
                text.split(separator: ",").map { reader.assess(String($0)).canonical })
        }
        let rules = authority.placeholders
        authority.placeholders.repeatedDigits =
            try flag("--repeated-digits", arguments) ?? rules.repeatedDigits
        authority.placeholders.runs = try flag("--runs", arguments) ?? rules.runs
        authority.bearersMayShare = try flag("--shared", arguments) ?? known.bearersMayShare
        authority.isTest = try flag("--test", arguments) ?? known.isTest
        return authority
    }

    private static func flag(
        _ name: String, _ arguments: ParsedArguments
    ) throws(UsageError) -> Bool? {
        switch arguments.value(name) {
        case nil: nil
        case "yes": true
        case "no": false
        default: throw UsageError("\(name) takes yes or no")
        }
    }

    private static func isOID(_ text: String) -> Bool {
        let arcs = text.split(separator: ".", omittingEmptySubsequences: false)
        return arcs.count > 1
            && arcs.allSatisfy { arc in
                !arc.isEmpty && arc.utf8.allSatisfy { $0 &- 0x30 < 10 }
                    && (arc == "0" || arc.utf8.first != 0x30)
            }
    }
}
