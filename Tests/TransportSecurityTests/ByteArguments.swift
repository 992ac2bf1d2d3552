import TransportSecurity

// Expectations cannot capture spans; these take the bytes as arrays.

extension SHA256 {
    static func digest(ofBytes bytes: [UInt8]) throws -> SHA256Digest {
        try digest(of: bytes.span)
    }
}

extension SHA256Digest {
    static func parse(_ bytes: [UInt8]) -> SHA256Digest? { SHA256Digest(bytes: bytes.span) }
}

extension AccessTokenDigest {
    static func parse(_ bytes: [UInt8]) -> AccessTokenDigest? {
        AccessTokenDigest(bytes: bytes.span)
    }
}

func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    ConstantTime.isEqual(left.span, right.span)
}
