internal import Foundation

/// A file system of few bytes, mounted in the name space of a child process.
///
/// Mounting takes root. What is written there is in memory, and gone with the child.
package struct SmallDisk {
    /// Where it is seen from here.
    package let path: String
    /// Where it is seen in the child's name space, by any user.
    package let folder: String
    private let child: Process

    /// Mounts one of at least some bytes.
    package init(bytes: Int) throws {
        folder = NSTemporaryDirectory() + "disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        child = Process()
        let output = Pipe()
        child.executableURL = URL(filePath: "/usr/bin/unshare")
        child.arguments = [
            "-m", "/bin/sh", "-c",
            "mount -t tmpfs -o size=\(bytes / 1_024 + 8)k,mode=755 tmpfs '\(folder)'"
                + " && echo ready && exec cat",
        ]
        child.standardInput = Pipe()
        child.standardOutput = output
        try child.run()
        path = "/proc/\(child.processIdentifier)/root\(folder)"
        guard output.fileHandleForReading.availableData == Data("ready\n".utf8) else {
            remove()
            throw CocoaError(
                .fileWriteVolumeReadOnly,
                userInfo: [NSLocalizedDescriptionKey: "tmpfs could not be mounted"])
        }
    }

    /// The words of a command that runs another where the disk is seen at `folder`.
    package var entering: [String] {
        ["/usr/bin/nsenter", "--mount=/proc/\(child.processIdentifier)/ns/mnt"]
    }

    /// Ends it with all that is in it.
    package func remove() {
        child.terminate()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
