internal import COpenSSL

/// HMAC-SHA-256 under one key, for message after message (RFC 2104).
///
/// The key is absorbed once; each code then starts from there, which halves the work of a short message.
/// One caller at a time: that a method is `mutating` makes the compiler see to it.
@safe package struct MessageAuthenticator: ~Copyable {
    /// A key shorter than this has less strength than the code.
    package static let keyByteCountMin = 16

    private let context: OpaquePointer

    /// An authenticator under a key.
    ///
    /// - Precondition: the key has at least ``keyByteCountMin`` bytes.
    package init(key: Span<UInt8>) throws(CryptographyError) {
        precondition(key.count >= Self.keyByteCountMin, "a key has at least 16 bytes")
        unsafe context = try Self.makeContext(key)
    }

    private static func makeContext(
        _ key: Span<UInt8>
    ) throws(CryptographyError) -> OpaquePointer {
        guard let method = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
            ERR_clear_error()
            throw .authenticationFailed
        }
        defer { unsafe EVP_MAC_free(method) }
        guard let context = unsafe EVP_MAC_CTX_new(method) else {
            ERR_clear_error()
            throw .authenticationFailed
        }
        let status = unsafe key.withUnsafeBufferPointer { key in
            unsafe padron_hmac_sha256_init(context, key.baseAddress, key.count)
        }
        guard status == 1 else {
            unsafe EVP_MAC_CTX_free(context)
            ERR_clear_error()
            throw .authenticationFailed
        }
        return unsafe context
    }

    deinit { unsafe EVP_MAC_CTX_free(context) }

    /// The code of one message.
    package mutating func code(
        for message: Span<UInt8>
    ) throws(CryptographyError) -> SHA256Digest {
        // Without a key, the context goes back to where its key left it.
        try CryptographyError.check(
            unsafe EVP_MAC_init(context, nil, 0, nil), .authenticationFailed)
        let updated = unsafe message.withUnsafeBufferPointer { message in
            unsafe EVP_MAC_update(context, message.baseAddress, message.count)
        }
        try CryptographyError.check(updated, .authenticationFailed)
        var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        var length = 0
        let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe EVP_MAC_final(context, buffer.baseAddress, &length, buffer.count)
        }
        try CryptographyError.check(status, .authenticationFailed)
        guard length == bytes.count, let code = SHA256Digest(bytes: bytes.span) else {
            throw .authenticationFailed
        }
        return code
    }
}
