import Foundation
import Testing

/// A text file beside the tests that holds what a text must be.
///
/// With `PADRON_RECORD_SNAPSHOTS=1` in the environment the file is written instead of compared.
enum Snapshot {
    static var isRecording: Bool {
        ProcessInfo.processInfo.environment["PADRON_RECORD_SNAPSHOTS"] == "1"
    }

    static func expect(
        _ text: String, equals url: URL, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        if isRecording { try text.write(to: url, atomically: true, encoding: .utf8) }
        let recorded = try String(contentsOf: url, encoding: .utf8)
        #expect(
            text == recorded, "record again with PADRON_RECORD_SNAPSHOTS=1",
            sourceLocation: sourceLocation)
    }

    /// A file of the package, by its path from the package's folder.
    static func file(_ path: String, from here: String = #filePath) -> URL {
        URL(filePath: here).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: path)
    }
}
