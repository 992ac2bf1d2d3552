import Foundation
import RegistryModel
import Testing

/// `padron import providers` brings persons and professions in, once, and each part can be taken back;
/// imports tell of references that lead nowhere.
///
/// Method: the real program on a real database: one file twice, sources that do not fit, references
/// that lead nowhere.
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
        }
    }
}
