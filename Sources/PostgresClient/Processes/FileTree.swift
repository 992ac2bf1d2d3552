internal import Foundation
internal import Glibc

/// The few things done to files and folders, each with an error that names the path.
enum FileTree {
    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes a folder and those above it that are missing.
    static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(ClusterError) {
        if exists(path) { return }
        let parent = (path as NSString).deletingLastPathComponent
        if !parent.isEmpty, !exists(parent) { try makeFolder(parent) }
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else {
            throw ClusterError(.home, "cannot make \(path): \(ClusterError.text(of: errno))")
        }
        unsafe chmod(path, mode)
    }

    static func rename(_ old: String, to new: String) throws(ClusterError) {
        guard unsafe Glibc.rename(old, new) == 0 else {
            throw ClusterError(
                .home, "cannot rename \(old) to \(new): \(ClusterError.text(of: errno))")
        }
    }

    /// Copies a file's content to another, replacing that, and empties the first.
    static func moveContent(of path: String, to copy: String) throws(ClusterError) {
        do {
            if exists(copy) { try FileManager.default.removeItem(atPath: copy) }
            try FileManager.default.copyItem(atPath: path, toPath: copy)
        } catch {
            throw ClusterError(.home, "cannot write \(copy)")
        }
        guard unsafe truncate(path, 0) == 0 else {
            throw ClusterError(.home, "cannot empty \(path): \(ClusterError.text(of: errno))")
        }
    }

    /// Removes a folder with all within; what cannot be removed stays.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    static func text(of path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }

    /// Replaces a file's text in one step.
    static func write(_ text: String, to path: String) throws(ClusterError) {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw ClusterError(.home, "cannot write \(path)")
        }
        unsafe chmod(path, 0o644)
    }

    static func size(of path: String) -> Int {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Where a symbolic link leads.
    static func destination(of link: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    }

    /// The path without symbolic links, as the kernel reports it.
    static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}
