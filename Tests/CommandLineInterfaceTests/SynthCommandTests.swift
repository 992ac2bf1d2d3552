import Foundation
import Testing

/// `padron synth` writes whole files or none, and says in one line what was wrong.
///
/// Method: the built program, run as a user runs it.
@Suite struct SynthCommandTests {
    @Test func theSameSeedGivesTheSameBytes() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            let run = try ProgramRun(
                [
                    "synth", "--persons", "300", "--locale", "cl", "--seed", "7", "--output",
                    folder.path(name), "--truth", folder.path(name + ".truth"),
                ], in: folder)
            #expect(run.status == 0, "\(run.errors)")
        }
        let manager = FileManager.default
        #expect(manager.contentsEqual(atPath: folder.path("a"), andPath: folder.path("b")))
        #expect(folder.names == ["a", "a.truth", "b", "b.truth"])
    }

    @Test(arguments: [
        (["synth", "--persons", "ten", "--output", "x"], "--persons takes a whole number"),
        (["synth", "--persons", "10"], "--output EXTRACT is needed"),
        (["synth", "--persons", "10", "--output", "x", "--locale", "xx"], "unknown locale 'xx'"),
        (["synth", "--persons", "10", "--output", "x", "--truth", "x"], "name the same file"),
        (["nothing"], "unknown command 'nothing'"),
    ])
    func wrongUsageEndsWithTwo(arguments: [String], message: String) throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(arguments, in: folder)
        #expect(run.status == 2)
        #expect(run.errors.contains(message))
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(folder.names.isEmpty)
    }

    @Test func aFolderThatIsMissingEndsWithOne() throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(
            ["synth", "--persons", "10", "--output", folder.path("no/such/file")], in: folder)
        #expect(run.status == 1)
        #expect(run.errors.contains("no such file or directory"))
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test
    func standardOutputTakesTheExtract() throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(["synth", "--persons", "5", "--output", "-"], in: folder)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("record_id,"))
    }
}
