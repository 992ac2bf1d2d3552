import Foundation
import Identity
import NetworkIO
import RegistryClient
import RegistryModel
import RegistryServer
import TransportSecurity

/// A directory that is removed when its owner goes away.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/padron-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    /// A directory that another process made.
    init(existing path: String) { self.path = path }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var journal: AuditJournalOptions {
        AuditJournalOptions(directory: path + "/audit", keyFile: path + "/audit.key")
    }

    /// The lines of the journal in the directory that are entries.
    func journalEntries() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: journal.directory)
        return try names.sorted().flatMap { name in
            let url = URL(filePath: journal.directory).appending(path: name)
            let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            return text.split(separator: "\n").filter { $0.hasPrefix("{") }.map(String.init)
        }
    }
}

/// A client with its token.
struct TokenHolder: Sendable {
    let client: Client
    let token: String

    init(_ name: String, _ role: Role, sources: Set<String> = []) throws {
        let token = try AccessToken.generate()
        let bytes = try AccessTokenDigest(of: token).bytes
        self.token = token.text
        client = Client(
            name: name, role: role, sources: sources, tokenSalt: Array(bytes.prefix(16)),
            tokenDigest: Array(bytes.dropFirst(16)))
    }
}

/// A server over a registry in memory, on a port that the kernel chose.
struct ServerFixture {
    let directory: TemporaryDirectory
    let service: InMemoryService
    let server: RegistryServer
    let reader: TokenHolder
    let feeder: TokenHolder
    let auditor: TokenHolder

    init(
        in directory: TemporaryDirectory? = nil,
        _ change: (inout ServerOptions) -> Void = { _ in }
    ) throws {
        self.directory = try directory ?? TemporaryDirectory()
        reader = try TokenHolder("ehr", .reader)
        feeder = try TokenHolder("hospital", .feeder, sources: ["north", "unknown"])
        auditor = try TokenHolder("auditor", .auditor)
        service = InMemoryService(clients: [reader.client, feeder.client, auditor.client])
        var options = ServerOptions(journal: self.directory.journal)
        options.port = 0
        options.drainMillisecondsMax = 20_000
        change(&options)
        server = try RegistryServer.start(service, options: options)
    }

    func connect() throws -> RegistryConnection {
        try RegistryConnection.connect(
            host: "127.0.0.1", port: server.port, timeoutMilliseconds: 60_000)
    }

    func connect(as holder: TokenHolder, purpose: String = "") throws -> RegistryConnection {
        var connection = try connect()
        try connection.authenticate(token: holder.token, purpose: purpose)
        return connection
    }

    func connectRaw() throws -> ClientSocket {
        try ClientSocket(host: "127.0.0.1", port: server.port, millisecondsMax: 60_000)
    }

    /// The lines of the journal that are entries.
    func journalEntries() throws -> [String] { try directory.journalEntries() }

    func verify() throws -> AuditSummary {
        try AuditJournal.verify(
            directory: directory.journal.directory, keyFile: directory.journal.keyFile)
    }
}
