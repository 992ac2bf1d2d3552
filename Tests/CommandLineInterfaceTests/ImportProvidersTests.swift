import Foundation
import RegistryModel
import Testing

/// `padron import providers` brings persons and professions in, once, and each part can be taken back.
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
                "get", "provider", "cl-run:12.345.678-5", "--json"
            ).joined()
            #expect(provider.contains(#""licence_status":"none""#))
            #expect(provider.contains("physician") && provider.contains("surgeon"))
            #expect(try registry.lines("get", "provider", "college:2").contains("family: Carrasco"))
            let coverage = try registry.lines("get", "coverage", "cl-run:12345678-5")
            #expect(coverage == ["not eligible: unknown to all insurers"])
            let export = try registry.lines("export", "patients", "--format", "csv")
            #expect(!export.joined().contains("Soto"))
        }
    }
}
