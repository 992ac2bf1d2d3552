internal import Foundation

/// The memory that this process may have.
package enum MachineMemory {
    private static let groups = "/sys/fs/cgroup"

    /// That of the machine, or of the control group that the process runs in, where that may have less.
    static func bytes() -> Int {
        let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        let own = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        let limits = limitFiles(ofGroups: own).compactMap { path in
            (try? String(contentsOfFile: path, encoding: .utf8)).flatMap(limit)
        }
        return limits.reduce(machine, min)
    }

    /// The files that say how much memory the control groups of a process may have, its own and those around it, by
    /// what the system says of its groups.
    package static func limitFiles(ofGroups text: String) -> [String] {
        // The line of the second version, which has no controllers in it.
        let line = text.split(separator: "\n").first { $0.hasPrefix("0::") }
        var parts = line.map { $0.dropFirst(3).split(separator: "/") } ?? []
        var files = ["\(groups)/memory.max"]
        while !parts.isEmpty {
            files.append("\(groups)/\(parts.joined(separator: "/"))/memory.max")
            parts.removeLast()
        }
        return files
    }

    /// The bytes that such a file says; nil where there is no limit.
    package static func limit(_ text: String) -> Int? {
        Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
