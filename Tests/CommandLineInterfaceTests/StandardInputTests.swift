import Foundation
import Testing

/// `-` is standard input as an extract and standard output as a result, and full disks are told.
///
/// Method: the built program with the same rows once as a file and once as its input.
@Suite struct StandardInputTests {
    private static let rows = """
        record_id,given,family,birth_date,run
        1,Ana,Soto,1980-02-03,5.126.663-3
        2,ANA,SOTO,03/02/1980,51266633
        3,Luis,Rojas,1975-11-30,
        4,too,few

        """

    @Test func theResultIsThatOfTheFile() throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write(Self.rows, to: "e.csv")
        let rejects = folder.path("rejects.csv")
        let file = try ProgramRun(["link", extract, "--output", "-"], in: folder)
        let input = try ProgramRun(
            ["link", "-", "--output", "-", "--rejects", rejects], input: Self.rows, in: folder)
        #expect(file.status == 0 && input.status == 0, "\(input.errors)")
        #expect(input.output == file.output)
        #expect(input.output.hasPrefix("record_id,cluster_id\n1,1\n"))
        let rejected = try String(contentsOfFile: rejects, encoding: .utf8)
        #expect(rejected.hasPrefix("line,reason,row\n5,3 values where the header has 5,"))
    }

    @Test func anEmptyInputIsNamed() throws {
        let folder = try TemporaryFolder()
        let run = try ProgramRun(["link", "-", "--output", folder.path("c")], in: folder)
        #expect(run.status == 1)
        #expect(run.errors.contains("standard input: the file is empty"))
        #expect(folder.names.isEmpty)
    }

    @Test func aFullDiskIsToldInOneLine() throws {
        let folder = try TemporaryFolder()
        let extract = try folder.write(
            Self.rows.replacingOccurrences(of: "4,too,few\n", with: ""), to: "e.csv")
        let run = try ProgramRun(["link", extract, "--output", "/dev/full"], in: folder)
        #expect(run.status == 1)
        let lines = run.errors.split(separator: "\n").filter { $0.contains("/dev/full") }
        #expect(lines.count == 1 && lines.first?.contains("the disk is full") == true)
        #expect(folder.names == ["e.csv"])
    }
}
