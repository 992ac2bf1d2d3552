import Foundation
import PostgresClient
import RegistryClient
import Testing

/// Every bad input ends with one clear line, the right status, and nothing half done.
///
/// Method: the built program, with files, addresses and options that cannot be used.
@Suite(.timeLimit(.minutes(10))) struct BadInputTests {
    private static let rows = """
        record_id,source,given,family,birth_date
        1,north,Ana,Soto,1980-01-02
        2,north,Ana
        3,north,Luis,Soto,1981-01-02

        """

    private func expect(
        _ run: ProgramRun, toEndWith status: Int32, saying text: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == status, "\(run.errors)", sourceLocation: location)
        #expect(run.errors.contains(text), "\(run.errors)", sourceLocation: location)
        #expect(
            run.errors.hasPrefix("padron: ") && run.errors.split(separator: "\n").count == 1,
            "\(run.errors)", sourceLocation: location)
        #expect(run.output.isEmpty, sourceLocation: location)
    }

    @Test(arguments: [
        ("\u{0}\u{1}\u{7F}ELF\u{0}\u{0}", "not a text file"),
        ("colour,shape\nred,round\n", "no usable column"),
        ("", "the file is empty"),
        (rows, "unknown source north"),
    ])
    func extractsThatCannotBeLoaded(text: String, message: String) throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(text, to: "e.csv")
            expect(try registry.run("load", extract), toEndWith: 1, saying: message)
            try registry.lines("db", "migrate")
            #expect(try registry.count("SELECT count(*) FROM padron.source_record") == 0)
            #expect(try registry.lines("load", "list").count == 1)
            // Beside the audit of the commands, which is the home's.
            #expect(registry.folder.names.filter { $0 != "home" } == ["e.csv"])
        }
    }

    @Test func rowsOfTheWrongWidth() throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(Self.rows, to: "e.csv")
            let refused = try registry.run(
                "load", extract, "--create-sources", "--max-rejects", "0")
            expect(refused, toEndWith: 1, saying: "nothing was loaded")
            #expect(try registry.count("SELECT count(*) FROM padron.source_record") == 0)
            try registry.lines("load", extract, "--create-sources", "--max-rejects", "1")
            #expect(try registry.count("SELECT count(*) FROM padron.source_record") == 2)
        }
    }

    @Test(arguments: [
        ("postgresql://127.0.0.1:1/x", "cannot reach the database"),
        ("postgresql://x:sesame@[::1/x", "the database's URL cannot be read"),
        ("postgresql://x:sesame%zz@h/x", "the database's URL cannot be read"),
        ("host=/nowhere dbname=x", "cannot reach the database"),
    ])
    func databasesThatCannotBeReached(url: String, message: String) throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write(Self.rows, to: "e.csv")
        for command in [["load", extract], ["db", "verify"], ["client", "list"]] {
            let run = try ProgramRun(command + ["--database", url], in: folder)
            expect(run, toEndWith: 1, saying: message)
            #expect(!run.errors.contains("sesame"))
        }
        #expect(folder.names == ["e.csv"])
    }

    @Test func aPortInUse() throws {
        try RegistryRun.with { registry in
            let node = try registry.start("serve", "--listen", "127.0.0.1:0")
            let port = try node.port()
            let second = RegistryRun(address: registry.address, folder: try TemporaryFolder())
            expect(
                try second.run("serve", "--listen", "127.0.0.1:\(port)"), toEndWith: 1,
                saying: "127.0.0.1:\(port) is in use by another process")
            #expect(node.terminate() == 0)
        }
    }

    @Test func wrongArguments() throws {
        try RegistryRun.with { registry in
            for (run, status, text) in [
                (try registry.run("load", "e.csv", "--nope"), 2, "unknown option --nope"),
                (try registry.run("load", "gone.csv"), 1, "gone.csv: cannot open"),
                (try registry.run("client", "add", "a", "--role", "king"), 2, "unknown role"),
                (try registry.run("client", "revoke", "a"), 1, "there is no client a"),
                (try registry.run("load", "show", "9"), 1, "there is no load 9"),
                (try registry.run("serve", "--listen", "0.0.0.0:0"), 1, "TLS is not configured"),
            ] as [(ProgramRun, Int32, String)] {
                expect(run, toEndWith: status, saying: text)
            }
        }
    }
}
