/// Why the audit journal cannot be written or is not whole.
package enum AuditJournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file operation failed; `reason` is the system's text.
    case file(path: String, reason: String)
    /// Another process writes the journal.
    case inUse(directory: String)
    /// The journal has entries and its key is gone.
    case keyMissing(path: String)
    case keyInvalid(path: String)
    /// The journal has reached the size that its options allow.
    case full(bytesMax: Int)
    case cryptography(String)
    /// A file of the sequence is not there.
    case fileMissing(name: String)
    /// An entry was changed, removed, added or moved at or before this line.
    case altered(name: String, line: Int)
    /// Bytes that are no whole batch stand at the end of a file that is not the last.
    case torn(name: String)
    /// The chain is whole but does not reach the head that was published.
    case headNotReached

    package var description: String {
        switch self {
        case .file(let path, let reason): "audit journal: \(path): \(reason)"
        case .inUse(let directory):
            "audit journal: another node writes to \(directory); each node needs its own"
        case .keyMissing(let path):
            "audit journal: it has entries but its key \(path) is missing; restore the key, or move "
                + "the journal away to begin a new one"
        case .keyInvalid(let path): "audit journal: \(path) is not a key of 64 hexadecimal digits"
        case .full(let bytesMax): "audit journal: it has reached its limit of \(bytesMax) bytes"
        case .cryptography(let text): "audit journal: \(text)"
        case .fileMissing(let name): "audit journal: \(name) is missing"
        case .altered(let name, let line):
            "audit journal: \(name) was altered at or before line \(line)"
        case .torn(let name): "audit journal: \(name) ends within a batch"
        case .headNotReached: "audit journal: entries before the published head are missing"
        }
    }
}
