import Foundation
import PostgresClient
import RegistryModel
import Testing

/// A registry in an archive and back is the same registry, under another epoch.
///
/// Method: the built program over two databases of a throw-away cluster, by PostgreSQL's own tools;
/// refusals are literal lines, after which the database is as it was.
@Suite(.timeLimit(.minutes(10))) struct BackupCommandTests {
    @Test(arguments: ["b.dump", "folder/"]) func aRegistryIsRestored(_ name: String) throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 300)
            try registry.lines("load", extract, "--create-sources")
            let path = registry.folder.path("") + "/" + name
            let written = try registry.lines("db", "backup", path)
            #expect(written.count == 1)
            #expect(written[0].contains(" records as of 1:1, "))
            try RegistryRun.with { second in
                let restored = try second.lines("db", "restore", path)
                #expect(restored.last == "nothing found")
                #expect(try second.endState() == registry.endState())
                let epochs: SQL = "SELECT epoch FROM padron.lease"
                #expect(try second.count(epochs) > registry.count(epochs) + 1_000)
                #expect(try second.lines("load", extract).first?.contains("0 new") == true)
                let again = try second.run("db", "restore", path)
                #expect(again.status == 1)
                #expect(again.errors.contains("the database holds a registry already"))
                #expect(again.errors.split(separator: "\n").count == 1)
            }
        }
    }

    /// Erases a record: root asks, and approves as the person who called sudo.
    private func erase(_ record: String, in registry: RegistryRun) throws {
        let asked = try registry.lines("erase", "request", record, "--basis", "order 7")[0]
        let number = try #require(asked.firstMatch(of: /^erasure (\d+)/)?.1)
        var environment = registry.environment
        environment["SUDO_USER"] = "eva"
        let approved = try ProgramRun(
            ["erase", "approve", String(number), "--yes"], environment: environment,
            in: registry.folder)
        #expect(approved.status == 0, "\(approved.errors)")
    }

    @Test func whatWasErasedAfterTheBackupIsErasedAgain() throws {
        try RegistryRun.with { registry in
            let rows = """
                record_id,source,given,family,birth_date
                K-1,north,Anatolia,Sotomayorga,1980-02-29
                K-2,north,Luis,Carrasco,1975-11-30
                K-3,north,Marta,Ibarra,1991-07-04

                """
            let extract = try registry.folder.write(rows, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            try erase("north:K-3", in: registry)
            let path = registry.folder.path("b.dump")
            try registry.lines("db", "backup", path)
            try registry.lines(
                "renumber", "north:K-1", "--to", "K-9", "--reason", "test", "--yes")
            let later = try registry.folder.write(
                "record_id,source,given,family,birth_date\nK-4,north,Delfina,Mella,1966-01-02\n",
                to: "later.csv")
            try registry.lines("load", later)
            try erase("north:K-4", in: registry)
            let shown = try JSONParser.parse(registry.lines("show", "north:K-9", "--json")[0])
            let euid = try #require(shown["euid"]?.string)
            try erase("north:K-9", in: registry)
            let gone = try registry.lines("show", euid)
            #expect(gone[0].hasSuffix(", erased") && gone.count == 3 && gone[2].hasSuffix("erased"))
            let ledger = registry.folder.path("home/erasures.ledger")
            let text = try String(contentsOfFile: ledger, encoding: .utf8)
            #expect(text.split(separator: "\n").count == 3)
            for value in ["K-1", "K-9", "Anatolia", "1980"] { #expect(!text.contains(value)) }
            try RegistryRun.with { second in
                let restored = try second.lines("db", "restore", path, "--ledger", ledger)
                #expect(
                    restored.contains("1 erasure done again: 1 record"))
                #expect(
                    restored.contains(
                        "2 more local identifiers of erased records will be refused"))
                #expect(restored.last == "nothing found")
                let left = try second.run("export", "patients")
                #expect(left.output.contains("Carrasco") && !left.output.contains("Anatolia"))
                #expect(try second.run("show", "north:K-1").errors.contains("was erased"))
                let again = try second.lines("erase", "repeat", "--ledger", ledger)
                #expect(again == ["0 erasures done again: 0 records"])
                // What the backup never had is not let in either, until it is allowed.
                let refused = try second.lines("load", later, "--max-rejects", "1")
                #expect(refused.contains { $0.contains("1 rejected, 0 new") })
                try second.lines("erase", "allow", "north:K-4", "--reason", "test")
                #expect(try second.lines("load", later).contains { $0.contains("1 new") })
                #expect(
                    try second.lines("erase", "repeat", "--ledger", ledger)
                        == ["0 erasures done again: 0 records"])
                #expect(try second.lines("db", "verify").last == "nothing found")
            }
            try RegistryRun.with { third in
                let run = try third.run("db", "restore", path)
                #expect(run.status == 0)
                #expect(run.errors.contains("no ledger of erasures at "))
            }
        }
    }

    @Test func anArchiveIsItsOwnersAloneAndNeverReplaced() throws {
        try RegistryRun.with { registry in
            try registry.lines("db", "migrate")
            let path = registry.folder.path("b.dump")
            try registry.lines("db", "backup", path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            let again = try registry.run("db", "backup", path)
            #expect(again.status == 1)
            #expect(again.errors == "padron: \(path) exists already; name another path\n")
            #expect(registry.folder.names.filter { $0.contains(".part-") } == [])
        }
    }

    @Test func whatIsNoArchiveLeavesTheDatabaseAsItWas() throws {
        try RegistryRun.with { registry in
            let nothing = try registry.run("db", "backup", registry.folder.path("x"))
            #expect(nothing.status == 1)
            #expect(nothing.errors == "padron: the database holds no registry\n")
            let text = try registry.folder.write("no archive", to: "text")
            for (path, message) in [
                (text, "input file does not appear to be a valid archive"),
                (registry.folder.path("missing"), "there is no "),
            ] {
                let run = try registry.run("db", "restore", path)
                #expect(run.status == 1)
                #expect(run.errors.contains(message), "\(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1)
            }
            let schemas: SQL = "SELECT count(*) FROM pg_namespace WHERE nspname = 'padron'"
            #expect(try registry.count(schemas) == 0)
        }
    }

    @Test func aTruncatedArchiveLeavesTheDatabaseAsItWas() throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 300)
            try registry.lines("load", extract, "--create-sources")
            let path = registry.folder.path("b.dump")
            try registry.lines("db", "backup", path)
            let archive = try Data(contentsOf: URL(filePath: path))
            try archive.prefix(archive.count * 2 / 3).write(to: URL(filePath: path))
            try RegistryRun.with { second in
                let run = try second.run("db", "restore", path)
                #expect(run.status == 1)
                #expect(run.errors.split(separator: "\n").count == 1)
                let schemas: SQL = "SELECT count(*) FROM pg_namespace WHERE nspname = 'padron'"
                #expect(try second.count(schemas) == 0)
            }
        }
    }
}
