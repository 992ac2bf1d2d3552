/// What is stored of an access token: a salt, and the token's HMAC-SHA-256 under it.
///
/// No slow hash is needed. Those make guessing dear where people choose the secret; here it is 160 random
/// bits, beyond guessing at any speed, and a fast digest keeps signing in cheap for a busy node. The salt
/// hides that two stores hold the same token and takes the use from tables computed beforehand.
package struct AccessTokenDigest: Sendable, Equatable {
    /// The bytes of ``bytes``: salt, then code.
    package static let byteCount = saltByteCount + SHA256Digest.byteCount

    private static let saltByteCount = 16

    private let salt: [UInt8]
    private let code: SHA256Digest

    /// The digest of a token under a new salt.
    package init(of token: AccessToken) throws(CryptographyError) {
        try self.init(of: token, salt: SecureRandom.bytes(Self.saltByteCount))
    }

    private init(of token: AccessToken, salt: [UInt8]) throws(CryptographyError) {
        var authenticator = try MessageAuthenticator(key: salt.span)
        self.salt = salt
        code = try authenticator.code(for: token.text.utf8.span)
    }

    /// The digest stored as these bytes, if their number is right.
    package init?(bytes: Span<UInt8>) {
        guard bytes.count == Self.byteCount,
            let code = SHA256Digest(bytes: bytes.extracting(Self.saltByteCount...))
        else { return nil }
        salt = (0..<Self.saltByteCount).map { bytes[$0] }
        self.code = code
    }

    /// The bytes to store, ``byteCount`` of them.
    package var bytes: [UInt8] { salt + code.bytes }

    /// Whether this is the digest of a token; compares in constant time.
    package func matches(_ token: AccessToken) throws(CryptographyError) -> Bool {
        try AccessTokenDigest(of: token, salt: salt).code == code
    }
}
