import Foundation
import PostgresClient
import RegistryModel
import SeededTesting
import Testing

/// `padron import providers` brings persons and professions in, once, and each part can be taken back;
/// imports tell of references that lead nowhere.
///
/// Method: the real program on a real database: one file twice, sources that do not fit, references
/// that lead nowhere, all that a dry run and a refused file print against a recorded text.
@Suite(.timeLimit(.minutes(10))) struct ImportProvidersTests {
    private static let file = """
        local_id,given,family,birth_date,id.cl-run,profession,affiliation
        1,Ana Luisa,Soto,1980-02-29,12345678-5,"[{""profession"":""physician""}]",\
        "[{""facility"":""cl-deis:101100"",""role"":""chief""}]"
        2,Luis,Carrasco,1975-11-30,5126663-3,"[{""profession"":""nurse""}]",
        3,Ana Luisa,Soto,1980-02-29,12345678-5,"[{""profession"":""surgeon""}]",

        """

    @Test func oneFileIsTwoParts() throws {
        try RegistryRun.with { registry in
            let path = registry.folder.path("providers.csv")
            try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(
                try registry.run("import", "providers", path, "--source", "college").status == 1)
            try registry.lines("source", "add", "clinic")
            #expect(try registry.run("import", "providers", path, "--source", "clinic").status == 1)
            try registry.lines("source", "add", "college", "--realm", "provider")
            let first = try registry.lines("import", "providers", path, "--source", "college")
            #expect(first.count >= 2, "\(first)")
            #expect(first[0].contains("3 read, 0 rejected, 3 new records, 1 linked"), "\(first)")
            #expect(first[1].contains("3 new, 0 changed, 0 closed"), "\(first)")
            #expect(first.joined().contains("no such catalog"), "\(first)")
            let again = try registry.lines("import", "providers", path, "--source", "college")
            #expect(again[1].contains("nothing changes"), "\(again)")
            let check = try registry.lines("check", "references")
            #expect(check[0].contains("1 of 1 reference"), "\(check)")
            let provider = try registry.lines(
                "get", "providers", "cl-run:12.345.678-5", "--json"
            ).joined()
            #expect(provider.contains(#""licence_status":"none""#))
            #expect(provider.contains("physician") && provider.contains("surgeon"))
            #expect(
                try registry.lines("get", "providers", "college:2").contains("family: Carrasco"))
            let coverage = try registry.lines("get", "coverage", "cl-run:12345678-5")
            #expect(coverage == ["not eligible: unknown to all insurers"])
            let export = try registry.lines("export", "patients", "--format", "csv")
            #expect(!export.joined().contains("Soto"))
        }
    }

    /// A dry run stores nothing, and what is refused is told with the status, too.
    @Test func whatAnImportWouldDoIsTold() throws {
        try RegistryRun.with { registry in
            _ = try registry.folder.write(Self.file, to: "providers.csv")
            let faulty = Self.file.replacing("1975-11-30", with: "1975-11-30,too many")
                .replacing("\"surgeon\"\"}]", with: "\"surgeon\"\"}")
            _ = try registry.folder.write(faulty, to: "faulty.csv")
            _ = try registry.folder.write("local_id,given,profession\n", to: "empty.csv")
            try registry.lines("source", "add", "college", "--realm", "provider")
            var transcript = Transcript(registry)
            try transcript.run("import providers --help")
            for line in [
                "providers.csv --dry-run", "providers.csv --dry-run --json",
                "faulty.csv --strict --dry-run", "empty.csv --dry-run",
            ] {
                try transcript.run("import providers \(line) --source college")
            }
            try transcript.show("faulty.csv.rejects.csv")
            try transcript.run("load list")
            try transcript.run("release list")
            try transcript.run("import providers faulty.csv --source college --strict")
            try transcript.run("import providers providers.csv --source college")
            try transcript.run("import providers providers.csv --source college --dry-run")
            try transcript.run("import providers empty.csv --source college --json")
            try transcript.run("load list")
            try transcript.run("release list")
            try Snapshot.expect(transcript.text, equals: "import-providers.txt")
        }
    }

    /// Practitioners of FHIR are persons and professions alike, under one code each.
    @Test func resourcesAreTwoParts() throws {
        try RegistryRun.with { registry in
            func practitioner(_ id: String, _ given: String, _ run: String, _ own: String) -> String
            {
                #"{"resourceType":"Practitioner","id":"\#(id)","identifier":[\#(own){"system":"#
                    + #""urn:padron:authority:cl-run","value":"\#(run)"}],"name":[{"family":"Soto","#
                    + #""given":["\#(given)"]}],"birthDate":"1980-02-29","#
                    + #""qualification":[{"code":{"text":"physician"}}]}"#
            }
            let own = #"{"system":"urn:padron:authority:college","value":"C-7"},"#
            let role =
                #"{"resourceType":"PractitionerRole","practitioner":{"identifier":{"system":"#
                + #""urn:padron:authority:cl-run","value":"5126663-3"}},"organization":{"identifier":"#
                + #"{"system":"urn:padron:authority:cl-deis","value":"101100"}}}"#
            let path = try registry.folder.write(
                [
                    role, practitioner("p1", "Ana", "12345678-5", own),
                    practitioner("p2", "Luis", "5126663-3", ""),
                    #"{"resourceType":"Organization","id":"o"}"#, "{",
                ].joined(separator: "\n"), to: "providers.ndjson")
            try registry.lines("source", "add", "college", "--realm", "provider")
            let done = try registry.lines("import", "providers", path, "--source", "college")
            #expect(done[0].contains("2 read, 0 rejected, 2 new records"), "\(done)")
            #expect(done[1].contains("2 new, 0 changed, 0 closed"), "\(done)")
            for (code, given) in [("C-7", "Ana"), ("p2", "Luis")] {
                let provider = try registry.lines("get", "providers", "college:\(code)", "--json")
                    .joined()
                #expect(provider.contains(given) && provider.contains("physician"), "\(provider)")
                #expect(provider.contains("101100") == (code == "p2"), "\(provider)")
            }
            let again = try registry.lines("import", "providers", path, "--source", "college")
            #expect(again[0].contains("0 new records"), "\(again)")
            #expect(again[1].contains("nothing changes"), "\(again)")
        }
    }

    /// Killed at any moment and run again, it ends as one that nobody disturbed, and each part goes back.
    @Test func killedAndRunAgain() throws {
        func state(_ registry: RegistryRun) throws -> [String] {
            try registry.endState()
                + registry.lines("export", "providers", "--catalog", "rnpi", "--format", "csv")
        }
        func prepare(_ registry: RegistryRun) throws -> String {
            let folder = registry.folder.path("registries")
            try registry.lines(
                "synth", "registries", "--locale", "cl", "--facilities", "60", "--providers",
                "3000", "--services", "20", "--drugs", "20", "--places", "30", "--coverage", "10",
                "--output", folder)
            try registry.lines("source", "add", "rnpi", "--realm", "provider")
            return "\(folder)/providers.csv"
        }
        let (expected, duration) = try RegistryRun.with { registry in
            let path = try prepare(registry)
            let duration = try ContinuousClock().measure {
                try registry.lines("import", "providers", path, "--source", "rnpi")
            }
            return (try state(registry), Int(duration / .microseconds(1)))
        }
        try RegistryRun.with { registry in
            let path = try prepare(registry)
            let seed = UInt64.random(in: 1...UInt64.max)
            print("moments of seed \(seed)")
            var random = SeededGenerator(seed: seed)
            for part in 1...4 {
                let run = try registry.start("import", "providers", path, "--source", "rnpi")
                usleep(
                    UInt32(
                        Int.random(
                            in: duration * (part - 1) / 4...duration * part / 4, using: &random)))
                run.kill()
            }
            try registry.lines("import", "providers", path, "--source", "rnpi")
            #expect(try state(registry) == expected)
            #expect(try registry.lines("db", "verify") == ["nothing found"])
            let releases = try registry.lines("release", "list", "--json").map(JSONParser.parse)
            let live = try #require(releases.first { $0["state"]?.string == "live" })
            try registry.lines(
                "release", "revert", "\(try #require(live["release"]?.integer))", "--reason", "x",
                "--yes")
            let gone = try registry.run("export", "providers", "--catalog", "rnpi")
            #expect(gone.errors.contains("there is no catalog provider/rnpi"), "\(gone.errors)")
            let loads = try registry.lines("load", "list", "--json").map(JSONParser.parse)
            for load in loads where load["state"]?.string == "done" {
                try registry.lines(
                    "load", "revert", "\(try #require(load["load"]?.integer))", "--reason", "x",
                    "--yes")
            }
            #expect(
                try registry.count(
                    "SELECT count(*) FROM padron.source_record WHERE state = 0") == 0)
            #expect(try registry.lines("db", "verify") == ["nothing found"])
        }
    }

    @Test func insurersThatNobodyKnowsAreTold() throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(
                """
                record_id,source,given,family,birth_date,insurer
                1,north,Ana,Soto,1980-02-29,FONASA
                2,north,Luis,Carrasco,1975-11-30,cl-fonasa
                3,north,Marta,Ibarra,1991-07-04,Nobody
                4,north,Rosa,Mamani,1962-01-09,Nobody
                5,north,Eva,Lobos,1958-12-09,
                6,north,Inés,Rivas,1970-05-17,FONASA B

                """, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            #expect(
                try registry.lines("check", "references") == ["0 references: all lead somewhere"])
            try registry.lines("authority", "add", "cl-fonasa", "--kind", "insurer")
            // What providers are insured with is not asked.
            let staff = try registry.folder.write(
                "local_id,given,family,insurer\n1,Pedro,Leiva,Nobody\n", to: "staff.csv")
            try registry.lines("source", "add", "college", "--realm", "provider")
            try registry.lines("load", staff, "--source", "college")
            #expect(
                try registry.lines("check", "references") == [
                    "0 references: all lead somewhere, but",
                    "  2 patient records with an insurer that nobody knows: Nobody (2)",
                ])
            let object = try registry.lines("check", "references", "--json").last
            #expect(object?.contains(#""field":"insurer","problem":"unknown","count":2"#) == true)
        }
    }

    @Test func importsTellOfReferences() throws {
        try RegistryRun.with { registry in
            let places = try registry.folder.write("code,name\n1,Arica\n2,Putre\n", to: "p.csv")
            try registry.lines("import", "places", places, "--catalog", "my-places", "--yes")
            let facilities = try registry.folder.write(
                "code,name,place\n10,North,my-places:1\n11,South,my-places:2\n", to: "f.csv")
            let strange = try registry.folder.write(
                "code,name,place\n10,North,my-places:3\n", to: "s.csv")
            func run(_ kind: String, _ path: String, _ catalog: String, _ options: String...)
                throws -> ProgramRun
            {
                try ProgramRun(
                    ["import", kind, path, "--catalog", catalog, "--yes"] + options,
                    environment: registry.environment, in: registry.folder)
            }
            let refused = try run("facilities", strange, "my-sites", "--strict")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("10 names my-places:3"), "\(refused.errors)")
            let sound = try run("facilities", facilities, "my-sites", "--strict")
            #expect(sound.status == 0 && !sound.errors.contains("lead nowhere"), "\(sound.errors)")
            // A place that is closed leaves a facility behind.
            let fewer = try registry.folder.write("code,name\n1,Arica\n", to: "q.csv")
            let closing = try run("places", fewer, "my-places")
            #expect(closing.status == 0)
            #expect(closing.errors.contains("place, closed: 1; 11 names my-places:2"))
            // A place is known by its number in another system, too.
            let named = try registry.folder.write(
                "code,name,id.your-places\n1,Arica,A1\n", to: "r.csv")
            #expect(try run("places", named, "my-places").status == 0)
            let elsewhere = try registry.folder.write(
                "code,name,place\n20,East,your-places:A1\n21,West,your-places:A2\n", to: "e.csv")
            let half = try run("facilities", elsewhere, "your-sites")
            #expect(
                half.errors.contains("place, no such code: 1; 21 names your-places:A2"),
                "\(half.errors)")
        }
    }
}
