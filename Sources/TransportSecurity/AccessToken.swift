/// The secret with which a client of a node names and proves itself.
///
/// `padron_` + 8 characters of public identifier + 32 characters of secret (160 random bits) + 4 of
/// checksum, in Crockford's base 32 (lower case, without i, l, o, u). The prefix lets scanners of
/// repositories and logs find a leaked token; the checksum, the first 20 bits of the SHA-256 of what
/// comes before it, tells a slip of the keyboard from a token that was never issued.
package struct AccessToken: Sendable, Equatable, CustomStringConvertible {
    /// What every token begins with.
    package static let prefix = "padron_"
    /// The length of a token's text in bytes.
    package static let textByteCount = 51

    private static let identifierByteCount = 5
    private static let secretByteCount = 20
    private static let checksumLength = 4
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// The whole token; shown once, never stored and never logged.
    package let text: String

    /// The public part, by which the stored digest is found.
    package var identifier: String { String(text.dropFirst(Self.prefix.utf8.count).prefix(8)) }

    /// The public part alone.
    package var description: String { "\(Self.prefix)\(identifier)…" }

    /// A new token.
    package static func generate() throws(CryptographyError) -> AccessToken {
        let bytes = try SecureRandom.bytes(identifierByteCount + secretByteCount)
        let body = prefix + encode(bytes)
        return AccessToken(text: body + (try checksum(of: body)))
    }

    /// The token with this text, as a client sent it.
    package init(parsing text: String) throws(AccessTokenError) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { throw .notAToken }
        guard text.utf8.count == Self.textByteCount,
            text.utf8.dropFirst(Self.prefix.utf8.count).allSatisfy(Self.alphabet.contains)
        else { throw .mistyped }
        let expected: String
        do {
            expected = try Self.checksum(of: text.dropLast(Self.checksumLength))
        } catch {
            throw .cryptography(error)
        }
        guard text.utf8.suffix(Self.checksumLength).elementsEqual(expected.utf8) else {
            throw .mistyped
        }
        self.text = text
    }

    private init(text: String) { self.text = text }

    package static func == (left: AccessToken, right: AccessToken) -> Bool {
        ConstantTime.isEqual(left.text.utf8.span, right.text.utf8.span)
    }

    private static func checksum(
        of body: some StringProtocol
    ) throws(CryptographyError) -> String {
        let digest = try SHA256.digest(of: Array(body.utf8).span)
        return String(encode(Array(digest.bytes.prefix(5))).prefix(checksumLength))
    }

    /// Bytes in base 32, five bits to a character; their number is a multiple of five.
    private static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var pending: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                text.append(alphabet[Int(pending >> bitCount & 31)])
            }
            pending &= (1 << bitCount) - 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Why a text is not an access token; the text itself is in no message.
package enum AccessTokenError: Error, Equatable, CustomStringConvertible {
    /// It does not begin as a token does.
    case notAToken
    /// Its length, a character or its checksum is wrong: it was cut or mistyped.
    case mistyped
    case cryptography(CryptographyError)

    package var description: String {
        switch self {
        case .notAToken: "not an access token; one begins with \(AccessToken.prefix)"
        case .mistyped: "the access token is incomplete or mistyped; copy it again"
        case .cryptography(let error): error.description
        }
    }
}
