import Extracts
import Foundation
import Identity
import Linkage
import PostgresClient
import Registry
import RegistryModel
import RegistryServer
import RegistryStore
import Synthesis
import TransportSecurity

/// The steps of the demonstration, in order.
struct Demo {
    let folder: String
    let options: SynthesisOptions
    let console: Console

    private var stepCount = 0
    private let startedAt = ContinuousClock.now

    private var extractPath: String { folder + "/extract.csv" }
    private var truthPath: String { folder + "/truth.csv" }
    private var clustersPath: String { folder + "/clusters.csv" }

    /// Prepares a demonstration in an empty folder.
    init(folder: String, options: SynthesisOptions, console: Console) {
        self.folder = folder
        self.options = options
        self.console = console
    }

    /// Runs all steps.
    mutating func run(keeps: Bool) throws {
        let summary = try synthesise()
        let example = try link(expectedRecords: summary.records)
        let cluster = PrivateCluster(home: folder + "/home")
        let lease = try step("start a private PostgreSQL") { demo in
            let lease = try cluster.join()
            demo.figure(demo.folder + "/home")
            return lease
        }
        try lease.use { database in
            var demo = self
            try demo.load(database.connectionString)
            let registries = try demo.importRegistries(database.connectionString)
            try demo.verify(database)
            try demo.serve(database, example, registries)
        }
        if keeps { try cluster.start() }
        let seconds = (ContinuousClock.now - startedAt).seconds
        console.print("")
        console.print("done in \(Figures.decimal(seconds, places: 1)) s")
        if keeps { printWhatIsKept() }
    }

    private mutating func synthesise() throws -> SynthesisSummary {
        try step("generate extracts of three regions, an insurer and a laboratory") { demo in
            let summary = try SynthCommand.generate(
                demo.options, extract: demo.extractPath, truth: demo.truthPath, demo.console)
            demo.figure(
                "\(Figures.grouped(summary.persons)) persons,"
                    + " \(Figures.grouped(summary.records)) records, seed \(demo.options.seed)")
            return summary
        }
    }

    private mutating func link(expectedRecords: Int) throws -> DemoExample? {
        try step("find the records of each person, file to file") { demo in
            var options = LinkageOptions()
            options.threads = ProcessInfo.processInfo.activeProcessorCount
            let records = try ExtractPopulation(
                paths: [demo.extractPath], columns: [], prefixesIDs: false, rejectsPath: nil,
                threads: options.threads, console: demo.console)
            let outcome = LinkCommand.link(records.population, options, demo.console)
            demo.console.clearProgress()
            try LinkResults.writeClusters(
                outcome.clusters, ids: records.recordIDs, to: demo.clustersPath)
            demo.figure(
                "\(Figures.grouped(outcome.statistics.comparedPairs)) pairs compared,"
                    + " \(Figures.grouped(outcome.statistics.clusters)) persons found")
            let truth = try LabelledRecords(path: demo.truthPath, column: "person_id")
            let evaluation = Evaluation(
                clusters: outcome.clusters,
                persons: records.recordIDs.strings.map { truth.numbers[$0] ?? 0 })
            demo.figure(
                "against the truth: " + EvaluateCommand.line("pairwise", evaluation.pairwise))
            return try DemoExample(
                clusters: outcome.clusters, recordIDs: records.recordIDs.strings,
                extractPath: demo.extractPath, model: outcome.model)
        }
    }

    private mutating func load(_ databaseURL: String) throws {
        try step("load the extracts: linked, durable, in PostgreSQL") { demo in
            let clock = ContinuousClock()
            let start = clock.now
            let request = LoadRequest(
                path: demo.extractPath, createsSources: true, actor: "padron demo")
            let summary = try LoadCommands.run(
                request, databaseURL: databaseURL,
                node: RegistryNodeOptions(nodeName: "padron demo"), rejectsPath: nil, demo.console)
            let rate = Double(summary.counts.total) / (clock.now - start).seconds
            demo.figure(
                "\(Figures.grouped(Int(summary.newRecords))) records of"
                    + " \(Figures.grouped(Int(summary.newPersons))) persons,"
                    + " \(Figures.grouped(Int(summary.counts.review))) for review,"
                    + " \(Figures.grouped(Int(rate))) records/s")
        }
    }

    private mutating func importRegistries(_ databaseURL: String) throws -> DemoRegistries {
        try step("import places, services, facilities, drugs, providers and coverage") { demo in
            let registries = try DemoRegistries(
                locale: demo.options.locale, seed: demo.options.seed,
                folder: demo.folder + "/registries", console: demo.console)
            for line in try registries.importAll(databaseURL: databaseURL) { demo.figure(line) }
            return registries
        }
    }

    private mutating func verify(_ database: DatabaseAddress) throws {
        try step("verify the database") { demo in
            var session = try RegistrySession(database)
            let findings = try DatabaseCommands.verify(&session, demo.console)
            guard findings.isEmpty else {
                throw CommandFailure("the database is damaged: \(findings[0])")
            }
            demo.figure("every link and golden record equals what its source records yield")
        }
    }

    private mutating func serve(
        _ database: DatabaseAddress, _ example: DemoExample?, _ registries: DemoRegistries
    ) throws {
        let token = try {
            var session = try RegistrySession(database)
            return try ClientCommands.makeClient("demo", .admin, [], in: &session)
        }()
        let (node, server) = try step("serve the index over TCP") { demo in
            var nodeOptions = RegistryNodeOptions(nodeName: "demo")
            nodeOptions.servesCatalogs = true
            let node = try RegistryNode.open(
                databaseURL: database.connectionString, options: nodeOptions)
            var options = ServerOptions(
                journal: AuditJournalOptions(
                    directory: demo.folder + "/audit", keyFile: demo.folder + "/audit.key"))
            options.port = 0
            let server = try RegistryServer.start(node, options: options)
            let status = node.status()
            demo.figure(
                "\(status.role.rawValue) at 127.0.0.1:\(server.port),"
                    + " position \(status.position)")
            return (node, server)
        }
        defer {
            server.stop()
            node.close()
        }
        try step("look persons up, every answer in the audit journal") { demo in
            let lookUps = try DemoLookUps(
                extractPath: demo.extractPath, port: server.port, token: token.text)
            for line in try lookUps.run() { demo.figure(line) }
        }
        try step("one of each: facility, licence, tariff, drug, eligibility") { demo in
            for line in try registries.questions(port: server.port, token: token.text) {
                demo.figure(line)
            }
        }
        guard let example else { return }
        try step("one person, known in three regions") { demo in
            for line in try example.lines(port: server.port, token: token.text) {
                demo.figure(line)
            }
        }
    }

    private func printWhatIsKept() {
        console.print("kept in \(folder); go on with, for example")
        console.print("  padron client add me --role admin --data \(folder)/home")
        console.print("  padron serve --data \(folder)/home")
        console.print("  padron db stop --data \(folder)/home; rm -r \(folder)")
    }

    /// Announces a step, does it, and tells how long it took.
    private mutating func step<Result>(
        _ title: String, _ body: (inout Demo) throws -> Result
    ) throws -> Result {
        stepCount += 1
        console.print("\(stepCount). \(title)")
        let clock = ContinuousClock()
        let start = clock.now
        let result = try body(&self)
        figure("\(Figures.decimal((clock.now - start).seconds, places: 2)) s")
        return result
    }

    private func figure(_ text: String) { console.print("   " + text) }
}
