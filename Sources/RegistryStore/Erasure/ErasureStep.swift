package import Identity

/// The part of a decision that erases records: what the batch's rows do not say.
package struct ErasureStep: Hashable, Sendable {
    /// A local identifier that a source may still send.
    package struct Name: Hashable, Sendable {
        package var source: Int32
        package var localID: String

        /// Creates a name.
        package init(source: Int32, localID: String) {
            self.source = source
            self.localID = localID
        }
    }

    /// Staged rows of a load without those of the erased records.
    package struct Chunk: Hashable, Sendable {
        package var load: Int64
        package var chunk: Int32
        package var content: [UInt8]

        /// Creates a chunk.
        package init(load: Int64, chunk: Int32, content: [UInt8]) {
            self.load = load
            self.chunk = chunk
            self.content = content
        }
    }

    /// The request that is granted.
    package var erasure: Int64
    package var records: [Int64]
    /// The local identifiers of the records, former ones included.
    package var names: [Name]
    package var chunks: [Chunk]
    /// Identifiers that the records stated and no other record does, in canonical form.
    package var identifiers: [LocalIdentifier]

    /// Creates a step.
    package init(
        erasure: Int64, records: [Int64], names: [Name], chunks: [Chunk],
        identifiers: [LocalIdentifier] = []
    ) {
        self.erasure = erasure
        self.records = records
        self.names = names
        self.chunks = chunks
        self.identifiers = identifiers
    }
}
