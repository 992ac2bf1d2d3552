internal import TransportSecurity

/// The local identifiers of erased records, known again by salted digests alone.
///
/// Whoever has salt and digests can still try out short identifiers: they are kept no longer than
/// that a source must be refused, which a steward ends by allowing the identifier again.
package struct ErasedNames: Hashable, Sendable {
    /// The source of names of which a digest alone is known, in which the source is digested too.
    static let anySource: Int32 = 0

    /// Rises with every erasure and every permission, so that an older reading is known for one.
    package let stamp: Int64
    private let salt: [UInt8]
    private var digests: [Int32: Set<[UInt8]>] = [:]

    /// Creates names; without arguments those of a registry that erased nobody.
    package init(salt: [UInt8] = [], stamp: Int64 = 0) {
        self.salt = salt
        self.stamp = stamp
    }

    package var isEmpty: Bool { digests.isEmpty }

    /// Takes the digest of a name.
    package mutating func insert(_ digest: [UInt8], of source: Int32) {
        digests[source, default: []].insert(digest)
    }

    /// Whether the record of a source's local identifier was erased; so it is said too where no digest can
    /// be made, since to let an erased person back in is the graver error.
    package func contains(source: Int32, localID: String) -> Bool {
        let (known, unplaced) = (digests[source], digests[Self.anySource])
        guard known != nil || unplaced != nil else { return false }
        guard let digest = try? digest(source: source, localID: localID) else { return true }
        return known?.contains(digest) == true || unplaced?.contains(digest) == true
    }

    /// The digest by which a name is known.
    func digest(source: Int32, localID: String) throws -> [UInt8] {
        try SHA256.digest(of: (salt + Array("\(source):\(localID)".utf8)).span).bytes
    }
}
