import RegistryModel
import RegistryStore
import TransportSecurity

/// `padron client add|list|revoke`: who may ask the node.
enum ClientCommands {
    static let commands = [add, list, revoke]

    private static let operand = OperandSpecification(
        name: "NAME", summary: "the system or person, as the audit trail shows it")

    private static let add = Command(
        specification: CommandSpecification(
            words: ["client", "add"], summary: "add a client and print its access token",
            discussion: """
                The token is shown this once; the database keeps a salted digest. A feeder speaks
                for the sources named with --source, and for no other.
                """,
            operands: [operand],
            options: [
                .value(
                    "--role", "ROLE", "reader, feeder, steward, auditor or admin", isRequired: true),
                .value("--source", "SOURCE,...", "the sources a feeder speaks for"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let name = arguments.operands[0]
        guard !name.isEmpty, name.utf8.count <= 64, !name.contains(where: \.isWhitespace) else {
            throw UsageError("a client's name has 1 to 64 bytes and no space")
        }
        let roleName = try arguments.required("--role")
        guard let role = Role(rawValue: roleName) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("unknown role '\(roleName)'; it is one of \(roles)")
        }
        let sources = (arguments.value("--source") ?? "").split(separator: ",").map(String.init)
        guard (role == .feeder) != sources.isEmpty else {
            throw UsageError(
                role == .feeder
                    ? "a feeder needs --source SOURCE,..." : "--source is for feeders alone")
        }
        let token = try DatabaseAccess.withSession(arguments, context) { session in
            let known = Set(try session.sources().map(\.source.code))
            if let unknown = sources.first(where: { !known.contains($0) }) {
                throw CommandFailure(
                    "unknown source '\(unknown)'; 'padron source add \(unknown)' adds it")
            }
            return try makeClient(name, role, Set(sources), in: &session)
        }
        context.console.print(token.text)
    }

    /// Adds a client with a new token, which only the caller gets to know.
    static func makeClient(
        _ name: String, _ role: Role, _ sources: Set<String>, in session: inout RegistrySession
    ) throws -> AccessToken {
        let token = try AccessToken.generate()
        let bytes = try AccessTokenDigest(of: token).bytes
        let saltCount = bytes.count - SHA256Digest.byteCount
        try session.add(
            Client(
                name: name, role: role, sources: sources, tokenSalt: Array(bytes[..<saltCount]),
                tokenDigest: Array(bytes[saltCount...])))
        return token
    }

    private static let list = Command(
        specification: CommandSpecification(
            words: ["client", "list"], summary: "list the clients",
            options: [.flag("--json", "one JSON object a line")] + DatabaseAccess.options)
    ) { arguments, context in
        let clients = try DatabaseAccess.withSession(arguments, context) { session in
            try session.clients()
        }
        if arguments.has("--json") { return clients.forEach { context.console.print(json($0)) } }
        var table = TextTable(["client", "role", "sources", "access"])
        for client in clients {
            table.add([
                client.name, client.role.rawValue, client.sources.sorted().joined(separator: ","),
                client.isRevoked ? "revoked" : "open",
            ])
        }
        table.lines.forEach(context.console.print)
    }

    private static let revoke = Command(
        specification: CommandSpecification(
            words: ["client", "revoke"], summary: "end a client's access",
            discussion: "Connected sessions lose it within two seconds.", operands: [operand],
            options: DatabaseAccess.options)
    ) { arguments, context in
        let name = arguments.operands[0]
        try DatabaseAccess.withSession(arguments, context) { session in
            try session.revokeClient(named: name)
        }
        context.console.print("client \(name) revoked")
    }

    private static func json(_ client: Client) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("client")
        writer.string(client.name)
        writer.key("role")
        writer.string(client.role.rawValue)
        writer.key("sources")
        writer.beginArray()
        client.sources.sorted().forEach { writer.string($0) }
        writer.endArray()
        writer.key("revoked")
        writer.boolean(client.isRevoked)
        writer.endObject()
        return writer.text
    }
}
