import Foundation
import Testing

/// `padron link` and `padron evaluate` do the whole job from file to file.
///
/// Method: the built program on a small generated population, and on files that are no extracts.
@Suite struct LinkCommandTests {
    @Test func generatedPersonsAreFound() throws {
        let folder = try TemporaryFolder()
        let extract = folder.path("e.csv")
        let truth = folder.path("t.csv")
        var run = try ProgramRun(
            ["synth", "--persons", "2000", "--output", extract, "--truth", truth], in: folder)
        #expect(run.status == 0)
        var outputs: [String] = []
        for threads in ["1", "2"] {
            let clusters = folder.path("c\(threads).csv")
            run = try ProgramRun(
                [
                    "link", extract, "--output", clusters, "--threads", threads, "--pairs",
                    folder.path("p.csv"),
                ], in: folder)
            #expect(run.status == 0, "\(run.errors)")
            outputs.append(try String(contentsOfFile: clusters, encoding: .utf8))
        }
        #expect(outputs[0] == outputs[1])
        run = try ProgramRun(
            [
                "evaluate", "--clusters", folder.path("c1.csv"), "--truth", truth, "--pairs",
                folder.path("p.csv"),
            ], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let line = run.output.split(separator: "\n").first ?? ""
        let words = line.split(separator: " ")
        #expect(words.first == "pairwise")
        let f1 = words.count > 2 ? Double(words[2]) ?? 0 : 0
        #expect(f1 >= 0.97, "\(line)")
    }

    @Test func savedModelsGiveTheSameClusters() throws {
        let folder = try TemporaryFolder()
        let extract = folder.path("e.csv")
        _ = try ProgramRun(["synth", "--persons", "500", "--output", extract], in: folder)
        var run = try ProgramRun(
            ["link", extract, "--output", folder.path("a"), "--save-model", folder.path("m")],
            in: folder)
        #expect(run.status == 0, "\(run.errors)")
        run = try ProgramRun(
            ["link", extract, "--output", folder.path("b"), "--model", folder.path("m")],
            in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            FileManager.default.contentsEqual(atPath: folder.path("a"), andPath: folder.path("b")))
    }

    @Test func aSourceMaySayThatItsNumbersAreShared() throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write(
            """
            record_id,source,national_id,national_id_authority,given,family,birth_date,phone
            1,hospital,12345678-5,cl-run,Ana,Rojas,2020-01-15,987004455
            2,vaccines,5126663-3,cl-run,Anita,Rojas,,987004455

            """, to: "e.csv")
        func explained(_ options: [String]) throws -> ProgramRun {
            try ProgramRun(["link", extract, "--explain", "1,2"] + options, in: folder)
        }
        #expect(try explained([]).output.contains("5126663-3"))
        let pairs = folder.path("p.csv")
        let run = try ProgramRun(
            [
                "link", extract, "--output", folder.path("c.csv"), "--pairs", pairs,
                "--shared-numbers", "vaccines",
            ], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let unknown = try explained(["--shared-numbers", "hospitl"])
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("no record is of the source hospitl"))
    }

    @Test func collidingIdsAreRefusedUnlessPrefixed() throws {
        let folder = try TemporaryFolder()
        let rows = "record_id,given,family,birth_date\n1,Ana,Soto,1980-02-03\n"
        let first = try folder.write(rows, to: "first.csv")
        let second = try folder.write(rows, to: "second.csv")
        let output = folder.path("c.csv")
        var run = try ProgramRun(["link", first, second, "--output", output], in: folder)
        #expect(run.status == 1)
        #expect(run.errors.contains("--prefix-ids tells them apart"))
        #expect(!FileManager.default.fileExists(atPath: output))
        run = try ProgramRun(
            ["link", first, second, "--output", output, "--prefix-ids"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let text = try String(contentsOfFile: output, encoding: .utf8)
        #expect(text == "record_id,cluster_id\nfirst.csv:1,1\nsecond.csv:1,1\n")
    }

    @Test func rowsThatCannotBeReadAreKeptApart() throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write(
            "record_id;given;family;birth_date\n1;Ana;Soto;1980-02-03\n2;too;few\n", to: "e.csv")
        let run = try ProgramRun(["link", extract, "--output", folder.path("c")], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let rejects = try String(contentsOfFile: extract + ".rejects.csv", encoding: .utf8)
        #expect(rejects.hasPrefix("line,reason,row\n3,3 values where the header has 4,"))
    }

    @Test(arguments: [
        ("", "the file is empty"),
        ("\u{0}\u{1}\u{2}binary\u{0}", "not a text file"),
        ("colour,shape\nred,round\n", "no usable column"),
    ])
    func filesThatAreNoExtractsAreNamed(text: String, message: String) throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write(text, to: "e.csv")
        let run = try ProgramRun(["link", extract, "--output", folder.path("c")], in: folder)
        #expect(run.status == 1)
        #expect(run.errors.contains(message))
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(folder.names == ["e.csv"])
    }

    @Test func aMissingFileIsNamed() throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(
            ["link", folder.path("none.csv"), "--output", folder.path("c")], in: folder)
        #expect(run.status == 1)
        #expect(run.errors.contains("none.csv: cannot open: no such file or directory"))
    }
}
