import Foundation
import Testing

/// A file system of few bytes, mounted in the name space of a child process and reached through /proc.
///
/// Mounting takes root.
struct SmallDisk {
    /// Where it is reached.
    let path: String
    private let child: Process
    private let folder: String

    /// Mounts one of at least some bytes.
    init(bytes: Int) throws {
        folder = NSTemporaryDirectory() + "disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        child = Process()
        let output = Pipe()
        child.executableURL = URL(filePath: "/usr/bin/unshare")
        child.arguments = [
            "-m", "/bin/sh", "-c",
            "mount -t tmpfs -o size=\(bytes / 1_024 + 8)k tmpfs '\(folder)' && echo ready && exec cat",
        ]
        child.standardInput = Pipe()
        child.standardOutput = output
        try child.run()
        path = "/proc/\(child.processIdentifier)/root\(folder)"
        let answer = output.fileHandleForReading.availableData
        try #require(answer == Data("ready\n".utf8), "tmpfs could not be mounted")
    }

    /// Ends it with all that is in it.
    func remove() {
        child.terminate()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
