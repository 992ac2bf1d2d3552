import Foundation
import PostgresClient
import Registry
import RegistryServer
import Synthesis

/// `padron demo`: the whole job on a private cluster, each step with its figures.
enum DemoCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["demo"], summary: "show the whole service at work on generated people",
            discussion: """
                Generates the extracts of three regions, an insurer and a laboratory, finds the
                records of each person, loads them into a private PostgreSQL of its own, verifies
                the database, and answers look-ups over TCP. Leaves nothing behind unless --keep.
                """,
            options: [
                .value("--persons", "N", "persons to generate (default 100000)"),
                .value("--locale", "cl|pe|fr|ir", "the country (default cl)"),
                .value("--seed", "S", "a whole number (default 1)"),
                .flag("--keep", "keep the files, the database and its server"),
            ]),
        run: run)

    private static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws {
        let persons = try arguments.integer("--persons", in: 100...10_000_000) ?? 100_000
        let localeName = arguments.value("--locale") ?? "cl"
        guard let locale = SynthesisLocale(rawValue: localeName) else {
            throw UsageError("unknown locale '\(localeName)'; it is one of cl, pe, fr, ir")
        }
        let seed = try arguments.integer("--seed", in: 0...Int.max) ?? 1
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "padron-demo-\(getpid())")
        // Others may enter: the private PostgreSQL runs as a user of its own.
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let keeps = arguments.has("--keep")
        defer { if !keeps { try? FileManager.default.removeItem(at: folder) } }
        var demo = Demo(
            folder: folder.path,
            options: SynthesisOptions(persons: persons, locale: locale, seed: UInt64(seed)),
            console: context.console)
        try demo.run(keeps: keeps)
    }
}
