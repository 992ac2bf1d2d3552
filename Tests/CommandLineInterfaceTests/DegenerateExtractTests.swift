import Foundation
import Testing

/// Files that hold next to nothing, or what no name is, are linked or refused in one line.
///
/// Method: the built program on literal files; each record that is not rejected has one cluster.
@Suite(.timeLimit(.minutes(10))) struct DegenerateExtractTests {
    private static let header = "record_id,given,family,birth_date,phone\n"
    private static let bodies: [String] = [
        "",
        "1,,,,\n",
        "1,,,,\n2,,,,\n",
        "1,Ana,Rojas,1980-02-11,912345678\n",
        "1,Ana,Rojas,1980-02-11,912345678\n2,Ana,Rojas,1980-02-11,912345678\n",
        "1,\u{202E}anA,\u{301},0000-00-00,000000000\n2,👩‍👩‍👧,\u{7}\u{8},9999-99-99,x\n",
        "1,\(String(repeating: "a", count: 10_000)),b,1980-02-11,\n2,b,c,1980-02-11,\n",
        "1,\(String(repeating: "á ", count: 20_000)),b,1980-02-11,\n",
        (1...300).map { "\($0),,,,\n" }.joined(),
        (1...300).map { "\($0),Ana,Rojas,1980-02-11,912345678\n" }.joined(),
        (1...300).map { "\($0),,Rojas,,\n" }.joined(),
        (1...300).map { "\($0),,,1980-02-11,\n" }.joined(),
    ]

    @Test(arguments: bodies.indices) func everyRecordHasACluster(body: Int) throws {
        let folder = try TemporaryFolder()
        let rows = Self.bodies[body]
        let extract = try folder.write(Self.header + rows, to: "e.csv")
        let run = try ProgramRun(
            [
                "link", extract, "--output", folder.path("c.csv"), "--pairs", folder.path("p.csv"),
                "--save-model", folder.path("m.json"),
            ], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let clusters = try String(contentsOfFile: folder.path("c.csv"), encoding: .utf8)
        let ids = clusters.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[0] }
        let expected = rows.split(separator: "\n").map { $0.split(separator: ",")[0] }
        #expect(ids == expected)
        // What was learned from next to nothing can be used again.
        let again = try ProgramRun(
            ["link", extract, "--output", "-", "--model", folder.path("m.json")], in: folder)
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.output == clusters)
    }

    @Test func aNullSpoilsItsRowAlone() throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write(
            Self.header + "1,Ana,Rojas,,\n2,A\u{0}a,Rojas,,\n", to: "e.csv")
        let run = try ProgramRun(["link", extract, "--output", "-"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "record_id,cluster_id\n1,1\n")
        let rejects = try String(contentsOfFile: extract + ".rejects.csv", encoding: .utf8)
        #expect(rejects.hasPrefix("line,reason,row\n3,a NUL byte,"))
    }

    @Test func idsAloneAreNoPersons() throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write("record_id\n1\n2\n", to: "e.csv")
        let run = try ProgramRun(["link", extract, "--output", folder.path("c")], in: folder)
        #expect(run.status == 1)
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
}
