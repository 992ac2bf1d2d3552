/// Where an audit journal lies and how it is kept.
package struct AuditJournalOptions: Hashable, Sendable {
    /// The directory of its files, made if it is missing.
    package var directory: String
    /// The file of its key, made if it is missing; it belongs outside directory and database.
    package var keyFile: String
    /// Whether entries are on the disk before the reply leaves, instead of 100 ms later.
    package var isStrict = false
    /// The size at which a new file begins.
    package var fileBytesMax = 64 << 20
    /// The size of all files at which the node stops to answer.
    package var bytesMax = 100 << 30

    /// The time between two flushes to the disk, where not strict.
    package static let syncMilliseconds = 100

    /// Disk space is reserved ahead of what is written in pieces of this size.
    package static let reservedBytes = 1 << 20

    /// Options with the defaults.
    package init(directory: String, keyFile: String) {
        self.directory = directory
        self.keyFile = keyFile
    }
}
