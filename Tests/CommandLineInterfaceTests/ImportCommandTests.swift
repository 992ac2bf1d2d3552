import Foundation
import PostgresClient
import RegistryModel
import Testing

/// `padron import` and `padron release` say what they do, refuse in one line what cannot be, and what is
/// exported comes back unchanged.
///
/// Method: the built program over a throw-away cluster; all that it prints through the life of a catalog
/// against a recorded text, literal refusals, generated registries of one country through files of
/// each format.
@Suite(.timeLimit(.minutes(10))) struct ImportCommandTests {
    @Test func theLifeOfACatalogIsTold() throws {
        try RegistryRun.with { registry in
            let first = """
                code,name,level,opened,comment
                10,North,II-1,1987-03-01,x
                11,South,I-2,,
                12,East,I-1,2001-05-01,

                """
            // One is new, one changed, one gone; a day that is none, a code twice, a validity that ends
            // before it begins, a parent that nobody knows, and two above each other.
            let second = """
                code,name,level,opened,valid_from,valid_to,parent.network
                10,North,II-2,1987-03-01,,,
                11,South,I-2,,,,
                13,West,I-1,1999-02-30,,,
                14,Centre,I-1,,,,
                14,Centre again,I-1,,,,
                15,Hill,I-1,,2024-02-01,2024-01-01,
                16,Harbour,I-1,,,,my-sites:99
                17,Up,I-1,,,,my-sites:18
                18,Down,I-1,,,,my-sites:17

                """
            _ = try registry.folder.write(first, to: "first.csv")
            _ = try registry.folder.write(second, to: "second.csv")
            var transcript = Transcript(registry)
            let sites = "--catalog my-sites --effective 2024-06-01"
            try transcript.run("import facilities first.csv \(sites) --dry-run")
            try transcript.run("release list")
            try transcript.run("import facilities first.csv \(sites) --yes --reason first")
            try transcript.run("import facilities first.csv \(sites) --yes")
            try transcript.run("import facilities second.csv \(sites) --dry-run")
            try transcript.run("import facilities second.csv \(sites) --yes --strict")
            try transcript.show("second.csv.rejects.csv")
            try transcript.run("import facilities second.csv \(sites) --yes --json")
            try transcript.run("release list")
            try transcript.run("release list --catalog facility/my-sites --json")
            try transcript.run("release show 2")
            try transcript.run("release revert 1 --reason wrong --yes")
            try transcript.run("release revert 2 --reason wrong --preview")
            try transcript.run("release revert 2 --reason wrong --yes")
            try transcript.run("release revert 2 --reason wrong --yes")
            try transcript.run("release activate 2 --reason again --yes")
            try transcript.run("import facilities first.csv \(sites) --yes")
            try transcript.run("release list")
            #expect(try registry.lines("db", "verify") == ["nothing found"])
            try Snapshot.expect(transcript.text, equals: "import.txt")
        }
    }

    @Test func whatAnImportLeftBehindIsToldAndClearedAway() throws {
        try RegistryRun.with { registry in
            let file = try registry.folder.write("code,name\n1,Arica\n", to: "p.csv")
            try registry.lines("import", "places", file, "--catalog", "my-places", "--yes")
            // As imports leave it that were killed while they staged, and behind it.
            var connection = try PostgresConnection(registry.address)
            for state in ["staging", "staged"] {
                try connection.query(
                    """
                    INSERT INTO padron.catalog_release
                        (catalog, scope, state, parent, file_name, actor, reason, effective_day)
                    SELECT catalog, scope, \(state), release, file_name, actor, reason, effective_day
                    FROM padron.catalog_release WHERE release = 1
                    """)
            }
            let list = try registry.run("release", "list")
            #expect(list.output.split(separator: "\n").count == 4)
            #expect(
                list.errors == """
                    release 3 is staged: 'padron release activate 3' makes it live, 'padron release \
                    abandon 3' or the next import clears it away
                    release 2 is of an import that died: 'padron release abandon 2' or the next import \
                    clears it away

                    """)
            #expect(
                try registry.lines("release", "abandon", "2") == ["release 2 is abandoned"])
            #expect(
                try registry.run("release", "abandon", "2").errors.contains("is abandoned, not"))
            #expect(try registry.run("release", "abandon", "1").errors.contains("is live, not"))
            #expect(try registry.run("release", "abandon", "9").status == 1)
            let changed = try registry.folder.write("code,name\n1,Arica\n2,Putre\n", to: "q.csv")
            let done = try registry.lines(
                "import", "places", changed, "--catalog", "my-places", "--yes")
            #expect(done.contains("note: release 3 of an import that had died is abandoned"))
            #expect(try registry.run("release", "list").errors.isEmpty)
        }
    }

    @Test func whatCannotBeIsSaidInOneLine() throws {
        try RegistryRun.with { registry in
            let file = try registry.folder.write("code,name\n1,Arica\n", to: "p.csv")
            let other = try registry.folder.write("a,b\n1,2\n", to: "o.csv")
            try registry.lines("import", "places", file, "--catalog", "my-places", "--yes")
            for (arguments, status, message) in [
                (
                    ["import", "people", file, "--catalog", "x", "--yes"], 2,
                    "KIND is one of places"
                ),
                (["import", "places", file, "--yes"], 2, "--catalog AUTHORITY is needed"),
                (["import", "places", file, "--catalog", "My", "--yes"], 2, "is no code of an"),
                (
                    [
                        "import", "places", file, "--catalog", "x", "--yes", "--effective",
                        "2024-02-30",
                    ], 2, "--effective takes a day like 2024-01-31"
                ),
                (
                    ["import", "places", file, "--catalog", "x", "--yes", "--format", "xls"], 2,
                    "--format is one of csv, fhir"
                ),
                (
                    ["import", "places", file, "--catalog", "x", "--yes", "--columns", "name"], 2,
                    "--columns takes FIELD=COLUMN"
                ),
                (
                    ["import", "places", file, "--catalog", "x", "--yes", "--format", "deis"], 1,
                    "places"
                ),
                (["import", "places", file, "--catalog", "x"], 2, "give --yes or --dry-run"),
                (["import", "places", file + "x", "--catalog", "x", "--yes"], 1, "p.csvx"),
                (["import", "places", other, "--catalog", "x", "--yes"], 1, "o.csv"),
                (["release", "show", "x"], 2, "RELEASE is a number"),
                (["release", "show", "99"], 1, "release 99"),
                (["release", "activate", "99", "--reason", "x", "--yes"], 1, "release 99"),
                (["release", "activate", "1", "--yes"], 2, "--reason TEXT is needed"),
                (["release", "revert", "99", "--reason", "x", "--yes"], 1, "release 99"),
                (["release", "list", "--catalog", "places"], 2, "--catalog takes KIND/AUTHORITY"),
            ] as [([String], Int32, String)] {
                let run = try ProgramRun(
                    arguments, environment: registry.environment, in: registry.folder)
                #expect(run.status == status, "\(arguments): \(run.errors)")
                #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
            }
            #expect(try registry.lines("release", "list").count == 2)
        }
    }

    /// Every kind of entry goes out in each format, and what comes back is what is there.
    @Test func whatIsExportedComesBackUnchanged() throws {
        try RegistryRun.with { registry in
            let folder = registry.folder.path("registries")
            let made = try registry.lines(
                "synth", "registries", "--locale", "pe", "--facilities", "60", "--providers", "40",
                "--services", "30", "--drugs", "50", "--places", "40", "--coverage", "30",
                "--output", folder)
            var kinds: Set<String> = []
            for line in made.dropFirst() {
                let words = line.split(separator: " ").map(String.init)
                guard let kind = CatalogKind(word: words[1])?.plural, kinds.insert(kind).inserted
                else { continue }
                let catalog = words[2]
                if kind == "providers" {
                    try registry.lines("source", "add", catalog, "--realm", "provider")
                    try registry.lines("import", kind, words[0], "--source", catalog)
                } else {
                    try registry.lines("import", kind, words[0], "--catalog", catalog, "--yes")
                }
                for format in ["csv", "fhir"] {
                    let name = "\(folder)/out-\(kind).\(format == "csv" ? "csv" : "ndjson")"
                    try registry.lines(
                        "export", kind, "--catalog", catalog, "--format", format, "--output", name)
                    // The entries alone, of whomever they are.
                    let again = try registry.lines(
                        "import", kind == "providers" ? "provider" : kind, name, "--catalog",
                        catalog, "--dry-run", "--json")
                    let told = try JSONParser.parse(try #require(again.first))
                    #expect(told["unchanged"]?.integer ?? 0 >= 20, "\(kind) \(format): \(again)")
                    for change in ["new", "changed", "closed", "refused"] {
                        #expect(told[change]?.integer == 0, "\(kind) \(format): \(again)")
                    }
                }
            }
            #expect(kinds.count == CatalogKind.allCases.count, "\(kinds)")
        }
    }
}
