import Foundation

/// The files of the checkout that the tests were built from.
enum Checkout {
    /// The top folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The paths below a folder whose names end in `suffix`, relative to the top folder, sorted.
    static func files(below folder: String, suffix: String) -> [String] {
        let start = root.appending(path: folder)
        let names = FileManager.default.subpaths(atPath: start.path) ?? []
        return names.filter { $0.hasSuffix(suffix) }.map { folder + "/" + $0 }.sorted()
    }

    /// All Swift files.
    static var swiftFiles: [String] {
        ["Sources", "Matching", "Tests"].flatMap { files(below: $0, suffix: ".swift") }
    }

    /// The lines of a file.
    static func lines(of path: String) throws -> [Substring] {
        try text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The text of a file.
    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
