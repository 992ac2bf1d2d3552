import Foundation

/// What a finished program said and took.
struct ChildProgram {
    private(set) var output = ""
    private(set) var errors = ""
    /// Wall time in seconds.
    private(set) var seconds = 0.0
    /// The most memory that it had at once, in bytes.
    private(set) var peakBytes = 0

    /// Runs a program, found on the search path, to its end.
    ///
    /// - Throws: ``BenchmarkError`` where it cannot be started or ends with another status than 0.
    init(_ arguments: [String]) throws(BenchmarkError) {
        let name = arguments.first ?? ""
        let folder: TemporaryFolder
        do { folder = try TemporaryFolder() } catch {
            throw BenchmarkError(message: "could not make a folder: \(error)", status: 1)
        }
        let (outputPath, errorPath) = (folder.path("out"), folder.path("err"))
        let clock = ContinuousClock()
        let start = clock.now
        let (status, usage) = try ChildProcess(
            arguments, output: outputPath, errors: errorPath
        ).wait()
        seconds = (clock.now - start) / .seconds(1)
        // Linux counts in kibibytes.
        peakBytes = usage.ru_maxrss * 1_024
        output = Self.text(outputPath)
        errors = Self.text(errorPath)
        guard status == 0 else {
            let last = errors.split(separator: "\n").last ?? ""
            throw BenchmarkError(message: "\(name) failed: \(last)", status: 1)
        }
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}

/// A folder that goes away with its value.
final class TemporaryFolder {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "padron-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a name in the folder.
    func path(_ name: String) -> String { url.appending(path: name).path }
}
