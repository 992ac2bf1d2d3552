import Foundation
import Identity
import RegistryModel
import RegistryStore

/// `padron policy show|set|list`: which value of several stands in a golden record.
enum PolicyCommands {
    static let commands = [show, set, list]

    private static let show = Command(
        specification: CommandSpecification(
            words: ["policy", "show"], summary: "show the survivorship policy in force",
            discussion: """
                For each field the rules that decide, the first that tells two values apart: trust,
                verified, agreement, completeness, recency. With --json, the form that 'policy set'
                takes.
                """,
            options: [.flag("--json", "print the policy as JSON")] + DatabaseAccess.options)
    ) { arguments, context in
        let activated = try DatabaseAccess.withSession(arguments, context) { session in
            try session.survivorshipPolicies(limit: 1).first
        }
        let policy = activated?.policy ?? .standard
        if arguments.has("--json") { return context.console.print(json(policy)) }
        context.console.note(activated.map { "policy \($0.number)" } ?? "the standard policy")
        var table = TextTable(["field", "rules", "trusted first"])
        for field in DemographicField.allCases {
            table.add([
                field.name.description,
                policy.rules(of: field).map(\.rawValue).joined(separator: ", "),
                policy.trust(of: field).map(\.text).joined(separator: ", "),
            ])
        }
        table.lines.forEach(context.console.print)
    }

    private static let set = Command(
        specification: CommandSpecification(
            words: ["policy", "set"], summary: "put a survivorship policy in force",
            discussion: """
                Nodes answer by it within two seconds. The stored golden records are rewritten by
                the writer, some at a time between live writes, as long as a server or a load runs;
                until they all are, 'padron db verify' tells how many follow the earlier policy.
                """,
            operands: [
                OperandSpecification(
                    name: "FILE", summary: "its JSON, or '-'; 'policy show --json' prints one")
            ],
            options: DatabaseAccess.options)
    ) { arguments, context in
        let policy = try policy(inFile: arguments.operands[0])
        let (number, records) = try DatabaseAccess.withSession(arguments, context) { session in
            let sources = Set(try session.sources().map(\.source.code))
            try check(policy, sources, try session.authorityDirectory())
            let number = try session.activate(policy, actor: LoadCommands.userName(context))
            return (number, try session.goldenRecordCount())
        }
        context.console.print(
            "policy \(number) in force; \(Figures.grouped(Int(records))) golden records to rewrite")
    }

    private static let list = Command(
        specification: CommandSpecification(
            words: ["policy", "list"], summary: "list the policies that were put in force",
            options: [.flag("--json", "one JSON object a line")] + DatabaseAccess.options)
    ) { arguments, context in
        let policies = try DatabaseAccess.withSession(arguments, context) { session in
            try session.survivorshipPolicies()
        }
        if arguments.has("--json") {
            return policies.forEach { context.console.print(json($0)) }
        }
        var table = TextTable(["policy", "since", "by"])
        for activated in policies {
            table.add(["\(activated.number)", time(activated), activated.actor])
        }
        table.lines.forEach(context.console.print)
    }

    /// Refuses a policy that trusts or is verified by somebody nobody knows.
    private static func check(
        _ policy: SurvivorshipPolicy, _ sources: Set<String>, _ authorities: AuthorityDirectory
    ) throws(CommandFailure) {
        var named = policy.verifyingAuthorities
        for origin in policy.fieldTrust.values.joined() + policy.defaultTrust {
            switch origin {
            case .authority(let code): named.insert(code)
            case .source(let code):
                guard sources.contains(code) else {
                    throw CommandFailure(
                        "unknown source '\(code)'; 'padron source add \(code)' adds it")
                }
            }
        }
        if let unknown = named.sorted().first(where: { authorities[$0] == nil }) {
            throw CommandFailure(
                "unknown authority '\(unknown)'; 'padron authority list' has them")
        }
    }

    private static func policy(inFile path: String) throws -> SurvivorshipPolicy {
        let data =
            path == "-"
            ? FileHandle.standardInput.readDataToEndOfFile()
            : FileManager.default.contents(atPath: path)
        guard let data else { throw CommandFailure("\(path) cannot be read") }
        do {
            return try SurvivorshipPolicy(json: try JSONParser.parse(Array(data)))
        } catch {
            throw CommandFailure("\(path): \(error)")
        }
    }

    private static func json(_ policy: SurvivorshipPolicy) -> String {
        var writer = JSONWriter()
        writer.value(policy.json)
        return writer.text
    }

    private static func json(_ activated: ActivatedPolicy) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("policy")
        writer.integer(activated.number)
        writer.key("since")
        writer.string(time(activated))
        writer.key("by")
        writer.string(activated.actor)
        writer.key("content")
        writer.value(activated.policy.json)
        writer.endObject()
        return writer.text
    }

    private static func time(_ activated: ActivatedPolicy) -> String {
        let seconds = Double(activated.activatedAt) / 1_000_000
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }
}
