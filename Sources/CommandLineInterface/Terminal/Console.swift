import Foundation
import Synchronization

/// Where a command writes: results to standard output, everything else to standard error.
final class Console: Sendable {
    /// Whether progress is drawn: only a person at a terminal wants it.
    let showsProgress: Bool
    private let isProgressOpen = Mutex(false)

    /// Creates the console of this process.
    init() {
        showsProgress = isatty(STDERR_FILENO) == 1
    }

    /// Prints a result line.
    func print(_ line: String) { write(line + "\n", to: .standardOutput) }

    /// Prints a result as it is.
    func printRaw(_ text: String) { write(text, to: .standardOutput) }

    /// Prints a message to standard error.
    func note(_ line: String) {
        clearProgress()
        write(line + "\n", to: .standardError)
    }

    /// Replaces the progress line; nothing where standard error is no terminal.
    func progress(_ line: String) {
        guard showsProgress else { return }
        isProgressOpen.withLock { $0 = true }
        write("\r\u{1B}[K" + line, to: .standardError)
    }

    /// Removes the progress line.
    func clearProgress() {
        guard
            isProgressOpen.withLock({ isOpen in
                defer { isOpen = false }; return isOpen
            })
        else {
            return
        }
        write("\r\u{1B}[K", to: .standardError)
    }

    /// Asks a person at the terminal; true for an answer that begins with y.
    ///
    /// - Throws: a usage error where nobody can be asked.
    func asksYes(_ question: String) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw UsageError("nobody is at a terminal to be asked; give --yes or --preview")
        }
        clearProgress()
        write(question + " [y/N] ", to: .standardError)
        return readLine()?.lowercased().hasPrefix("y") ?? false
    }

    private func write(_ text: String, to handle: FileHandle) {
        // A reader that went away (`padron … | head`) is no failure of the command.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
