import Foundation
import Testing

/// A text file beside the tests that holds what a text must be.
///
/// With `PADRON_RECORD_SNAPSHOTS=1` in the environment the file is written instead of compared.
enum Snapshot {
    /// Expects a text to be that of a file in `Snapshots`.
    static func expect(
        _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
            .appending(path: name)
        if ProcessInfo.processInfo.environment["PADRON_RECORD_SNAPSHOTS"] == "1" {
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        let recorded = try String(contentsOf: url, encoding: .utf8)
        #expect(
            text == recorded, "record again with PADRON_RECORD_SNAPSHOTS=1",
            sourceLocation: sourceLocation)
    }
}
