internal import COpenSSL

/// SHA-256 over bytes that come in pieces (FIPS 180-4).
@safe package struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// Begins a digest of nothing.
    package init() throws(CryptographyError) {
        unsafe context = try Self.makeContext()
    }

    private static func makeContext() throws(CryptographyError) -> OpaquePointer {
        guard let method = unsafe DigestMethod.shared.pointer,
            let context = unsafe EVP_MD_CTX_new()
        else {
            ERR_clear_error()
            throw .digestFailed
        }
        guard unsafe EVP_DigestInit_ex2(context, method, nil) == 1 else {
            unsafe EVP_MD_CTX_free(context)
            ERR_clear_error()
            throw .digestFailed
        }
        return unsafe context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds bytes to what is digested.
    package mutating func update(_ bytes: Span<UInt8>) throws(CryptographyError) {
        let status = unsafe bytes.withUnsafeBytes { buffer in
            unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
        }
        try CryptographyError.check(status, .digestFailed)
    }

    /// The digest of all bytes since the beginning; the next byte begins a new one.
    package mutating func finalize() throws(CryptographyError) -> SHA256Digest {
        var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
        }
        try CryptographyError.check(status, .digestFailed)
        try CryptographyError.check(unsafe EVP_DigestInit_ex2(context, nil, nil), .digestFailed)
        guard let digest = SHA256Digest(bytes: bytes.span) else { throw .digestFailed }
        return digest
    }

    /// The digest of bytes at hand.
    package static func digest(of bytes: Span<UInt8>) throws(CryptographyError) -> SHA256Digest {
        var digest = try SHA256()
        try digest.update(bytes)
        return try digest.finalize()
    }
}

/// The SHA-256 of OpenSSL's default provider, fetched once: a fetch costs more than a short digest.
@safe struct DigestMethod: @unchecked Sendable {
    /// Never changed and never freed; OpenSSL counts its references with atomics.
    let pointer: OpaquePointer?

    static let shared = DigestMethod()

    private init() { unsafe pointer = EVP_MD_fetch(nil, "SHA256", nil) }
}
