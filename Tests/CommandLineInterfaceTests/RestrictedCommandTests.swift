import Foundation
import RegistryModel
import Testing

/// A command shows nothing of a restricted person unless who runs it says that it is an emergency, and the
/// journal tells both.
///
/// Method: the built program over a small registry of a throw-away cluster; every command that shows persons
/// is run before, during and after the restriction, and what it prints searched for each value.
@Suite(.timeLimit(.minutes(10))) struct RestrictedCommandTests {
    private static let rows = """
        record_id,source,given,family,mothers_family,birth_date,sex,run,email
        1,north,Anatolia,Sotomayorga,Rojasqui,1980-02-29,F,5.126.663-3,ana@example.org
        2,north,Luis,Carrasco,Fuentes,1975-11-30,M,,
        1,south,ANATOLIA,SOTOMAYORGA,ROJASQUI,29/02/1980,F,51266633,
        2,south,Marta,Ibarra,Lagos,1991-07-04,F,,

        """
    private static let values = ["natolia", "otomayorga", "ojasqui", "1980", "5126663", "ana@"]

    /// The values of Ana that a run printed.
    private func told(_ run: ProgramRun) -> [String] {
        let text = (run.output + run.errors).lowercased()
        return Self.values.filter { text.contains($0) }
    }

    private func withRegistry(
        _ body: (RegistryRun, _ euid: String, _ operation: String) throws -> Void
    )
        throws
    {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(Self.rows, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            let shown = try registry.lines("show", "north:1", "--json")
            let euid = try #require(try JSONParser.parse(shown[0])["euid"]?.string)
            let restricted = try registry.lines(
                "restrict", "south:1", "--reason", "court order", "--yes", "--json")
            let operation = try #require(try JSONParser.parse(restricted[0])["operation"]?.integer)
            try body(registry, euid, "\(operation)")
        }
    }

    @Test func showHistoryAndCompareMask() throws {
        try withRegistry { registry, euid, operation in
            let commands = [
                ["show", euid], ["show", "north:1"], ["show", euid, "--json"],
                ["show", euid, "--provenance"], ["history", euid], ["history", euid, "--json"],
                ["history", euid, "--as-of", "1:1"], ["compare", "north:1", "south:2"],
            ]
            for command in commands {
                let run = try ProgramRun(
                    command, environment: registry.environment, in: registry.folder)
                #expect(told(run) == [], "\(command)")
                let isRefusal = command[0] == "compare" || command.contains("--provenance")
                #expect(run.status == (isRefusal ? 1 : 0), "\(command): \(run.errors)")
                if !command.contains("--json") {
                    #expect((run.output + run.errors).contains("--purpose emergency opens it"))
                }
                let opened = try ProgramRun(
                    command + ["--purpose", "emergency"], environment: registry.environment,
                    in: registry.folder)
                #expect(opened.status == 0 && !told(opened).isEmpty, "\(command)")
                let other = try ProgramRun(
                    command + ["--purpose", "treatment"], environment: registry.environment,
                    in: registry.folder)
                #expect(told(other) == [], "\(command)")
            }
            #expect(
                try registry.lines("show", euid)[0] == "\(euid)  2 records, version 1, restricted")
            let wrong = try registry.run("show", euid, "--purpose", "I \"must\"")
            #expect(wrong.status == 2 && wrong.errors.split(separator: "\n").count == 1)
            try registry.lines("undo", operation, "--reason", "lifted", "--yes")
            #expect(try !told(registry.run("show", euid)).isEmpty)
        }
    }

    @Test func anExportLeavesThemOutUnlessAsked() throws {
        try withRegistry { registry, euid, operation in
            for subject in [[], ["--records"], ["--format", "ndjson"]] {
                let command = ["export", "patients"] + subject
                let run = try ProgramRun(
                    command, environment: registry.environment, in: registry.folder)
                #expect(run.status == 0 && told(run) == [] && run.output.contains("Carrasco"))
                #expect(run.errors.contains("1 restricted person left out\n"))
                let refused = try ProgramRun(
                    command + ["--with-restricted"], environment: registry.environment,
                    in: registry.folder)
                #expect(refused.status == 2)
                let all = try ProgramRun(
                    command + ["--with-restricted", "--purpose", "migration"],
                    environment: registry.environment, in: registry.folder)
                #expect(all.status == 0 && !told(all).isEmpty)
                #expect(all.errors.contains("1 restricted person among them\n"))
            }
        }
    }

    /// A rematch explains its changes by values of persons, of others alone.
    @Test func aRematchTellsNoValue() throws {
        try withRegistry { registry, euid, operation in
            let run = try registry.run("rematch", "--threshold", "90")
            #expect(run.status == 0 && told(run) == [], "\(run.output)")
            try registry.lines("undo", operation, "--reason", "lifted", "--yes")
            #expect(try !told(registry.run("rematch", "--threshold", "90")).isEmpty)
        }
    }

    @Test func theJournalTellsWhoSawWhat() throws {
        try withRegistry { registry, euid, operation in
            _ = try registry.run("show", "north:1")
            _ = try registry.run("show", "north:1", "--purpose", "emergency")
            _ = try registry.run("history", "north:1")
            _ = try registry.run("compare", "north:1", "north:2", "--purpose", "emergency")
            let path = registry.folder.path("home/audit-commands/audit-00000001.log")
            let entries = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            func outcomes(_ verb: String, _ purpose: String) -> [String] {
                entries.filter {
                    $0.contains("\"verb\":\"padron \(verb)\",\"purpose\":\"\(purpose)\"")
                }.compactMap { $0.firstMatch(of: /"outcome":"([^"]*)"/).map { String($0.1) } }
            }
            #expect(outcomes("show", "") == ["begun", "ok", "begun", "masked", "ok"])
            #expect(outcomes("show", "emergency") == ["begun", "opened-restricted", "ok"])
            #expect(outcomes("history", "") == ["begun", "masked", "ok"])
            #expect(outcomes("compare", "emergency") == ["begun", "opened-restricted", "ok"])
            let opened = entries.filter { $0.contains("opened-restricted") }
            #expect(opened.count == 2 && opened.allSatisfy { $0.contains(euid) })
        }
    }
}
