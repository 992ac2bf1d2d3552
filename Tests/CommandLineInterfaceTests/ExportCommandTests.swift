import Foundation
import PostgresClient
import RegistryModel
import Testing

/// What is exported is everything that counts, and reads back as the same persons.
///
/// Method: the built program over a database of a throw-away cluster; a generated extract is exported
/// and loaded into an empty registry, whose export must be equal; refusals are literal lines.
@Suite(.timeLimit(.minutes(10))) struct ExportCommandTests {
    /// The rows of a CSV file without the columns that differ between registries, in byte order.
    private func rows(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            String(line).replacing(/[0-9A-Z]{14}/, with: "EUID").replacing(/,\d+$/, with: "")
        }.sorted()
    }

    @Test func goldenRecordsReadBackAsTheSamePersons() throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 600)
            try registry.lines("load", extract, "--create-sources")
            let path = registry.folder.path("golden.csv")
            try registry.lines("export", "patients", "--output", path)
            let exported = try rows(path)
            #expect(
                exported.count - 1
                    == Int(
                        try registry.count("SELECT count(DISTINCT euid) FROM padron.source_record"))
            )
            try RegistryRun.with { second in
                try second.lines("source", "add", "back", "--one-per-person")
                try second.lines("load", path, "--source", "back")
                let again = second.folder.path("again.csv")
                try second.lines("export", "patients", "--output", again)
                #expect(try rows(again) == exported)
            }
        }
    }

    @Test func sourceRecordsReadBackAsTheSamePersons() throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 600)
            try registry.lines("load", extract, "--create-sources")
            let path = registry.folder.path("records.csv")
            try registry.lines("export", "patients", "--records", "--output", path)
            try RegistryRun.with { second in
                try second.lines("load", path, "--create-sources")
                let persons = { (run: RegistryRun) in
                    try run.endState().filter { $0.hasPrefix("person ") }
                }
                #expect(try persons(second) == persons(registry))
                #expect(try second.lines("db", "verify") == ["nothing found"])
            }
        }
    }

    @Test func repeatedValuesAndNumbersReadBack() throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(Self.repeated, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            try registry.lines("retire", "north:3", "--reason", "left", "--yes")
            let path = registry.folder.path("r.csv")
            try registry.lines("export", "patients", "--records", "--output", path)
            try RegistryRun.with { second in
                try second.lines("load", path, "--create-sources")
                let contents: (RegistryRun) throws -> Int64 = { run in
                    try run.count(
                        """
                        SELECT hashtext(string_agg(content::text, '|' ORDER BY record))::int8
                        FROM padron.source_record_version WHERE record < 3
                        """)
                }
                #expect(try contents(second) == contents(registry))
                #expect(try second.count("SELECT count(*) FROM padron.source_record") == 2)
            }
        }
    }

    @Test func socialAndFormerNamesReadBack() throws {
        try RegistryRun.with { registry in
            let text =
                "record_id,source,given,family,birth_date,nombre social,apellido anterior,run\n"
                + "1,north,Ana,Soto,1980-02-29,Alex,\"Rojas, Díaz\",5.126.663-3\n"
                + "2,north,Luis,Mamani,1975-01-02,,,\n"
            let extract = try registry.folder.write(text, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            let path = registry.folder.path("r.csv")
            try registry.lines("export", "patients", "--records", "--output", path)
            try RegistryRun.with { second in
                try second.lines("load", path, "--create-sources")
                let lines = try second.lines("export", "patients", "--format", "ndjson")
                let ana = try #require(
                    try lines.map { try JSONParser.parse($0) }.first {
                        $0["given"]?.string == "Ana"
                    })
                let names = try #require(ana["names"]?.array)
                #expect(names.map { $0["use"]?.string } == ["social", "former"])
                #expect(names.map { $0["given"]?.string } == ["Alex", nil])
                #expect(names.map { $0["family"]?.string } == [nil, "Rojas, Díaz"])
                #expect(lines.count == 2)
                #expect(try second.lines("db", "verify") == ["nothing found"])
                let shown = try second.lines("show", "north:1").joined(separator: "\n")
                #expect(shown.contains("name.social") && shown.contains("Alex"))
            }
        }
    }

    @Test func ndjsonTellsWhereEachValueComesFrom() throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(Self.repeated, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            let lines = try registry.lines("export", "patients", "--format", "ndjson")
            let object = try #require(
                try lines.map { try JSONParser.parse($0) }.first {
                    $0["given"]?.string == "Ana"
                })
            #expect(object["sources"]?.integer == 1)
            #expect(object["records"] == .array([.string("north:1")]))
            #expect(object["provenance"]?["phone"]?["record"]?.string == "north:1")
            #expect(object["phone"]?.array?.count == 2)
            let record = try registry.lines(
                "export", "patients", "--records", "--format", "ndjson", "--source", "south")
            #expect(record.count == 1)
            #expect(try JSONParser.parse(record[0])["record"]?.string == "south:1")
        }
    }

    @Test func whatCannotBeExportedIsSaidInOneLine() throws {
        try RegistryRun.with { registry in
            for (arguments, status, message) in [
                (["--source", "west"], 1, "no such source of patients; padron source list has"),
                (["--territory", "x"], 1, "no source of patients of this territory"),
                (["--format", "xml"], 2, "unknown format 'xml'; it is csv or ndjson"),
                (["--output", "/nowhere/x.csv"], 1, "could not write"),
                (["--source", "A b"], 2, "'A b' is no source code"),
            ] as [([String], Int32, String)] {
                let run = try ProgramRun(
                    ["export", "patients"] + arguments, environment: registry.environment,
                    in: registry.folder)
                #expect(run.status == status, "\(arguments)")
                #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1)
            }
        }
    }

    private static let repeated = """
        record_id,source,given,family,birth_date,sex,run,id.passport-ven,phone,telefono
        1,north,Ana,"Soto, de la O",1980-02-29,F,5.126.663-3,V1\u{1F}V22,9123,9456
        1,south,Luis,Carrasco,1975-11-30,M,,,,
        3,north,Marta,Ibarra,1991-07-04,F,,,,

        """
}
