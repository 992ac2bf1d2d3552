import Dispatch
import Extracts
import Identity
import RegistryClient
import RegistryModel
import Synchronization

/// Look-ups over real sockets, to show how many the node answers a second.
struct DemoLookUps {
    private static let connectionsCount = 4
    private static let pipelineDepth = 64
    private static let getsPerConnection = 50_000
    private static let matchesPerConnection = 1_000

    private let port: UInt16
    private let token: String
    private let gets: [String]
    private let matches: [String]

    /// Prepares requests for records of an extract.
    init(extractPath: String, port: UInt16, token: String) throws {
        self.port = port
        self.token = token
        var reader = try ExtractReader(path: extractPath)
        let rows = try reader.nextBatch(rowsMax: 20_000)?.rows ?? []
        gets = rows.map { "GET patient \($0.source):\($0.localID)" }
        matches = rows.filter { $0.person.has(.given) && $0.person.has(.family) }.map { row in
            let fields: [DemographicField] = [.given, .family, .mothersFamily, .birthDate]
            return fields.reduce(into: "MATCH limit=3") { line, field in
                guard row.person.has(field) else { return }
                var writer = JSONWriter()
                writer.string(row.person[field])
                line += " \(field.name)=\(writer.text)"
            }
        }
    }

    /// Runs both kinds and gives a line of figures for each.
    func run() throws -> [String] {
        guard !gets.isEmpty, !matches.isEmpty else { return ["nothing to look up"] }
        return [
            try rate("GET by local id", gets, Self.getsPerConnection),
            try rate("MATCH by names and date", matches, Self.matchesPerConnection),
        ]
    }

    private func rate(_ name: String, _ requests: [String], _ perConnection: Int) throws -> String {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = Mutex<(answered: Int, failure: (any Error)?)>((0, nil))
        DispatchQueue.concurrentPerform(iterations: Self.connectionsCount) { number in
            do {
                let answered = try ask(requests, from: number * 977, count: perConnection)
                outcome.withLock { $0.answered += answered }
            } catch {
                outcome.withLock { $0.failure = error }
            }
        }
        let (answered, failure) = outcome.withLock { $0 }
        if let failure { throw failure }
        let rate = Double(answered) / (clock.now - start).seconds
        return "\(name): \(Figures.grouped(answered)) answered,"
            + " \(Figures.grouped(Int(rate)))/s over \(Self.connectionsCount) connections,"
            + " pipelined \(Self.pipelineDepth)"
    }

    /// Sends requests in pipelines and counts the persons found.
    private func ask(_ requests: [String], from start: Int, count: Int) throws -> Int {
        var connection = try RegistryConnection.connect(host: "127.0.0.1", port: port)
        try connection.authenticate(token: token, purpose: "demonstration")
        var answered = 0
        var sent = 0
        while sent < count {
            let depth = min(Self.pipelineDepth, count - sent)
            for offset in 0..<depth {
                try connection.send(requests[(start + sent + offset) % requests.count])
            }
            for _ in 0..<depth where try connection.receive().count > 0 { answered += 1 }
            sent += depth
        }
        return answered
    }
}
