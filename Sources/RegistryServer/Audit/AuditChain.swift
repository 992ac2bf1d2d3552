package import TransportSecurity

/// The state of a journal's chain: how many entries there are, and the code over all of them.
package struct AuditHead: Hashable, Sendable {
    package var entriesCount: UInt64
    package var code: SHA256Digest

    /// The head of an empty chain.
    static var start: AuditHead? {
        SHA256Digest(bytes: [UInt8](repeating: 0, count: SHA256Digest.byteCount).span)
            .map { AuditHead(entriesCount: 0, code: $0) }
    }
}

/// Seals batches of lines into a chain.
///
/// The code of a batch is HMAC-SHA-256 over the code before it, the batch's bytes and the number of
/// entries so far, so that no entry can be changed, removed, added or moved without the key.
struct AuditChain: ~Copyable {
    private var authenticator: MessageAuthenticator
    private(set) var head: AuditHead

    init(key: [UInt8], head: AuditHead) throws(CryptographyError) {
        authenticator = try MessageAuthenticator(key: key.span)
        self.head = head
    }

    /// Adds a batch to the chain and returns the line that seals it.
    mutating func seal(
        _ batch: Span<UInt8>, entriesCount: Int
    ) throws(CryptographyError) -> [UInt8] {
        let total = head.entriesCount + UInt64(entriesCount)
        let number = Array("#\(total) ".utf8)
        var message = head.code.bytes
        message.reserveCapacity(message.count + batch.count + number.count)
        batch.withUnsafeBufferPointer { message += $0 }
        message += number
        let code = try authenticator.code(for: message.span)
        head = AuditHead(entriesCount: total, code: code)
        return number + Array(code.hexadecimal.utf8) + [UInt8(ascii: "\n")]
    }
}
