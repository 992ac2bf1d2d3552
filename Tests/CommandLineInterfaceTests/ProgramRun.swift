import Foundation

/// One run of the built program, as a user would start it.
struct ProgramRun {
    var status: Int32
    var output: String
    var errors: String

    /// The program beside the test bundle.
    static let executable = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "padron")

    /// Runs the program to its end.
    ///
    /// Output goes to files, since a pipe that nobody reads would stop a talkative program.
    init(
        _ arguments: [String], environment: [String: String] = [:], input: String = "",
        in folder: TemporaryFolder
    ) throws {
        let process = try ProgramRun.process(arguments, environment: environment)
        let name = UUID().uuidString
        let files = ["in", "out", "err"].map { folder.url.appending(path: "\(name).\($0)") }
        try Data(input.utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        output = try String(contentsOf: files[1], encoding: .utf8)
        errors = try String(contentsOf: files[2], encoding: .utf8)
        for file in files { try FileManager.default.removeItem(at: file) }
    }

    /// The program, ready to be started; nothing of the caller's Padron settings reaches it.
    static func process(_ arguments: [String], environment: [String: String] = [:]) throws
        -> Process
    {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PADRON_") }
        variables.merge(environment) { $1 }
        process.environment = variables
        return process
    }
}

/// A folder for one test, removed with its value.
final class TemporaryFolder {
    let url: URL

    /// Creates an empty folder.
    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "padron-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a name in the folder.
    func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a file and gives its path.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return path(name)
    }

    /// The names in the folder, sorted.
    var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()) ?? []
    }
}
