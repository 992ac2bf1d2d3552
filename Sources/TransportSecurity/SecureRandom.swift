internal import COpenSSL

/// Random bytes that nobody can predict, from OpenSSL's generator, which the kernel seeds.
package enum SecureRandom {
    /// The most bytes of one call; more than that is a mistake of the caller.
    package static let byteCountMax = 1 << 20

    /// Random bytes.
    ///
    /// - Precondition: `count` is at most ``byteCountMax``.
    package static func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        precondition((0...byteCountMax).contains(count), "at most 1 MiB at once")
        var bytes = [UInt8](repeating: 0, count: count)
        let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe RAND_bytes(buffer.baseAddress, Int32(buffer.count))
        }
        try CryptographyError.check(status, .randomSourceFailed)
        return bytes
    }
}

/// Comparison whose time tells nothing of where two secrets differ.
package enum ConstantTime {
    /// Whether both have the same bytes; only their lengths show in the time taken.
    package static func isEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                unsafe CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
            }
        }
    }
}
