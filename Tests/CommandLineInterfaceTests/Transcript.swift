import Foundation

/// What a user types and sees, with what differs from run to run replaced.
///
/// Words that end with .csv are files of the test's folder.
struct Transcript {
    let registry: RegistryRun
    private(set) var text = ""

    init(_ registry: RegistryRun) { self.registry = registry }

    /// Runs the program in the folder of the test.
    @discardableResult mutating func run(_ line: String) throws -> ProgramRun {
        let words = line.split(separator: " ").map { word in
            word.hasSuffix(".csv") ? registry.folder.path(String(word)) : String(word)
        }
        let run = try ProgramRun(
            words, environment: registry.environment, in: registry.folder)
        text += "$ padron \(line)\n"
        text += plain(run.output) + plain(run.errors)
        if run.status != 0 { text += "(status \(run.status))\n" }
        return run
    }

    /// Shows a file of the folder.
    mutating func show(_ name: String) throws {
        text += "$ cat \(name)\n"
        text += try String(contentsOfFile: registry.folder.path(name), encoding: .utf8)
            .replacing("\r\n", with: "\n")
    }

    private func plain(_ text: String) -> String {
        text.replacing(registry.folder.path("x").dropLast(), with: "")
            .replacing(/os:[\w.-]+/, with: "os:USER")
    }
}
