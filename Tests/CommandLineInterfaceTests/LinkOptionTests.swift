import Foundation
import RegistryModel
import Testing

/// What the options of `padron link` promise is seen in its results.
///
/// Method: the built program on one small generated population, run with and without an option.
@Suite struct LinkOptionTests {
    /// A generated extract in a folder of its own.
    private struct Extract {
        let folder: TemporaryFolder
        let path: String

        init(persons: Int = 400) throws {
            folder = try TemporaryFolder()
            path = folder.path("e.csv")
            let run = try ProgramRun(
                ["synth", "--persons", "\(persons)", "--output", path], in: folder)
            try #require(run.status == 0, "\(run.errors)")
        }

        /// Links the extract.
        func link(_ options: String...) throws -> ProgramRun {
            let run = try ProgramRun(["link", path] + options, in: folder)
            try #require(run.status == 0, "\(run.errors)")
            return run
        }

        /// The rows of a CSV file in the folder, without the header.
        func rows(_ name: String) throws -> [[String]] {
            try String(contentsOfFile: folder.path(name), encoding: .utf8).split(separator: "\n")
                .dropFirst().map { $0.split(separator: ",").map(String.init) }
        }

        /// The clusters of a file by record id.
        func clusters(_ name: String) throws -> [String: String] {
            Dictionary(uniqueKeysWithValues: try rows(name).map { ($0[0], $0[1]) })
        }
    }

    private func members(_ text: String) throws -> JSONValue {
        try JSONParser.parse(text)
    }

    @Test func labelsAreObeyed() throws {
        let extract = try Extract()
        let folder = extract.folder
        _ = try extract.link("--output", folder.path("a"), "--pairs", folder.path("p"))
        let before = try extract.clusters("a")
        let linked = try #require(try extract.rows("p").first { $0[4] == "link" })
        let ids = try extract.rows("a").map { $0[0] }
        let other = try #require(
            ids.first { before[$0] != before[ids[0]] && before[$0] != before[linked[0]] })
        let labels = try folder.write(
            """
            left_record_id,right_record_id,decision
            \(linked[0]),\(linked[1]),different
            \(ids[0]),\(other),same

            """, to: "labels.csv")
        _ = try extract.link("--output", folder.path("b"), "--labels", labels)
        let after = try extract.clusters("b")
        #expect(before[linked[0]] == before[linked[1]] && after[linked[0]] != after[linked[1]])
        #expect(before[ids[0]] != before[other] && after[ids[0]] == after[other])
    }

    @Test func labelsOfNoRecordsAreNamed() throws {
        let extract = try Extract(persons: 10)
        let labels = try extract.folder.write(
            "left_record_id,right_record_id,decision\n1,nobody,same\n", to: "labels.csv")
        let run = try ProgramRun(
            ["link", extract.path, "--output", "-", "--labels", labels], in: extract.folder)
        #expect(run.status == 1)
        #expect(run.errors.hasSuffix("labels.csv: line 2: no two records of the extracts\n"))
    }

    @Test func theForecastComparesNothing() throws {
        let extract = try Extract()
        let before = extract.folder.names
        let forecast = try members(
            try extract.link("--forecast", "--json", "--output", extract.folder.path("c")).output)
        #expect(extract.folder.names == before)
        let run = try members(
            try extract.link("--output", extract.folder.path("c"), "--json").output)
        let pairs = forecast["expected_pairs"]
        #expect(pairs == run["forecast"]?["expected_pairs"])
        // A second look depends on what the first one misses, which no forecast knows.
        let again = run["blocking"]?["second_look"]?["compared_pairs"]?.integer ?? 0
        let compared = try #require(run["compared_pairs"]?.integer) - again
        #expect(try #require(pairs?.integer) > compared / 2 && compared > 0)
    }

    @Test func aSavedModelIsUsedAsItIs() throws {
        let extract = try Extract()
        let folder = extract.folder
        let (model, again) = (folder.path("m.json"), folder.path("n.json"))
        let trained = try members(
            try extract.link("--output", folder.path("a"), "--save-model", model, "--json").output)
        #expect(trained["training"]?["iterations"]?.integer ?? 0 > 0)
        let reused = try members(
            try extract.link(
                "--output", folder.path("b"), "--model", model, "--save-model", again, "--json"
            ).output)
        #expect(reused["training"] == nil)
        #expect(reused["thresholds"] == trained["thresholds"])
        #expect(FileManager.default.contentsEqual(atPath: model, andPath: again))
        #expect(
            FileManager.default.contentsEqual(atPath: folder.path("a"), andPath: folder.path("b")))
        // Another model gives other weights.
        let shipped = try members(
            try extract.link("--output", folder.path("c"), "--model", "fr", "--json").output)
        #expect(shipped["thresholds"] != trained["thresholds"])
    }

    @Test func outputsAreCheckedBeforeTheWork() throws {
        let extract = try Extract(persons: 10)
        let folder = extract.folder
        let before = try String(contentsOfFile: extract.path, encoding: .utf8)
        for (options, status, message) in [
            (["--output", folder.path("none/c")], 1, "none/c: could not write: no such file"),
            (["--output", folder.url.path], 1, "could not write: is a directory"),
            (
                ["--output", extract.path], 2,
                "--output would take the place of a file that is read"
            ),
            (
                ["--output", folder.path("c"), "--pairs", folder.path("c")], 2,
                "--output and --pairs name one file"
            ),
            (["--output", "-", "--pairs", "-"], 2, "--output and --pairs name one file"),
        ] as [([String], Int32, String)] {
            let run = try ProgramRun(["link", extract.path] + options, in: folder)
            #expect(run.status == status)
            #expect(run.errors.lowercased().contains(message.lowercased()), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
            #expect(folder.names == ["e.csv"])
        }
        let truth = try ProgramRun(
            [
                "evaluate", "--clusters", extract.path, "--truth", extract.path, "--report",
                extract.path,
            ], in: folder)
        #expect(truth.status == 2)
        #expect(truth.errors.contains("--report would take the place of a file that is read"))
        let twice = try ProgramRun(
            ["link", extract.path, extract.path, "--prefix-ids", "--output", "-"], in: folder)
        #expect(twice.errors.contains("give each file a name of its own"))
        #expect(try String(contentsOfFile: extract.path, encoding: .utf8) == before)
    }
}
