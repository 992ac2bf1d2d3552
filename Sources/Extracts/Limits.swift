/// Bounds of reading and writing files.
package enum ExtractLimits {
    /// Bytes asked of a file at once.
    package static let readBytesMax = 256 * 1024
    /// The longest row; a longer one is rejected, and with it what an unclosed quote swallowed.
    package static let rowBytesMax = 1024 * 1024
    /// Bytes of rows after which a batch is full, however few its rows.
    package static let batchBytesMax = 16 * 1024 * 1024
    /// The most columns a header may have.
    package static let columnsMax = 4096
    /// Rows whose values are looked into before reading begins.
    package static let sampleRowsMax = 1_000
    /// Bytes kept of a rejected row.
    package static let rejectedBytesMax = 64 * 1024
    /// Bytes collected before a file is written to.
    package static let writeBytesMax = 256 * 1024
    /// Entries held before the columns of a registry's table are settled.
    package static let entriesHeldMax = 20_000
    /// Columns that the keys of one field of a registry's table may take.
    package static let keysMax = 256
    /// The longest line of a file of resources.
    package static let resourceBytesMax = 4 * 1024 * 1024
}
