import Foundation
import Testing

/// `padron synth registries` writes a file for each registry and says what is in it.
///
/// Method: the built program, run as a user runs it.
@Suite struct SynthRegistriesCommandTests {
    @Test func aFolderOfRegistries() throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(
            [
                "synth", "registries", "--locale", "pe", "--facilities", "60", "--providers", "50",
                "--services", "20", "--drugs", "40", "--places", "30", "--coverage", "10",
                "--output", folder.path("registries"),
            ], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("pe-ipress"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("registries"))
        #expect(
            names.sorted() == [
                "coverage.csv", "drugs.csv", "facilities.csv", "places.csv", "provider-staff.csv",
                "providers.csv", "services.csv",
            ])
    }

    @Test func wrongUsageEndsWithTwo() throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(["synth", "registries"], in: folder)
        #expect(run.status == 2)
        #expect(run.errors.contains("--output DIR is needed"))
        let other = try ProgramRun(
            ["synth", "registries", "--output", folder.path("x"), "--drugs", "many"], in: folder)
        #expect(other.status == 2)
        #expect(folder.names.isEmpty)
    }
}
