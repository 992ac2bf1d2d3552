import FaultTesting
import Foundation
import Testing

/// A disk without room stops a load with one line, and the load goes on once there is room.
///
/// Method: the private PostgreSQL on a small file system; mounting takes root, elsewhere the test is
/// skipped.
@Suite(.timeLimit(.minutes(10)), .enabled(if: geteuid() == 0, "mounting takes root"))
struct FullDiskCommandTests {
    private static let script = """
        export PADRON_HOME="$2/home"
        trap '"$1" db stop' EXIT
        "$1" db start && "$1" db migrate || exit 8
        dd if=/dev/zero of="$2/filler" bs=1M count=1000 2>/dev/null
        truncate -s -3M "$2/filler"
        timeout 60 "$1" load "$3" --create-sources 2>"$4"
        echo "ended with $?"
        rm "$2/filler"
        mount -o remount,size=600m "$2"
        "$1" load "$3" --create-sources --json
        "$1" db verify
        """

    @Test func aLoadIsStoppedAndGoesOn() throws {
        let folder = try TemporaryFolder()
        let extract = folder.path("e.csv")
        _ = try ProgramRun(["synth", "--persons", "8000", "--output", extract], in: folder)
        let disk = try SmallDisk(bytes: 150 << 20)
        defer { disk.remove() }
        let process = try ProgramRun.process([])
        process.executableURL = URL(filePath: disk.entering[0])
        process.arguments =
            disk.entering.dropFirst() + [
                "/bin/sh", "-c", Self.script, "sh", ProgramRun.executable.path, disk.folder,
                extract, folder.path("errors"),
            ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let errors = try String(contentsOfFile: folder.path("errors"), encoding: .utf8)
        #expect(printed.contains("ended with 1\n"), "\(printed)")
        #expect(errors.contains("No space left on device"), "\(errors)")
        #expect(errors.split(separator: "\n").count == 1, "\(errors)")
        #expect(printed.contains("\"rejected\":0"), "\(printed)")
        #expect(printed.contains("nothing found"), "\(printed)")
    }
}
