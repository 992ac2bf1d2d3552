import Testing
import TransportSecurity

/// Tokens come back as they were, slips are told apart from strangers, and secrets stay out of text.
///
/// Method: generated tokens with each character changed in turn, and stored digests read back.
@Suite struct AccessTokenTests {
    @Test func aTokenParses() throws {
        let token = try AccessToken.generate()
        #expect(token.text.utf8.count == AccessToken.textByteCount)
        #expect(token.text.hasPrefix(AccessToken.prefix))
        #expect(try AccessToken(parsing: token.text) == token)
        #expect(try AccessToken.generate() != token)
    }

    @Test func everySlipIsSeen() throws {
        let token = try AccessToken.generate()
        var missed = 0
        for place in AccessToken.prefix.utf8.count..<token.text.utf8.count {
            var bytes = Array(token.text.utf8)
            bytes[place] = bytes[place] == 0x37 ? 0x38 : 0x37
            let text = String(decoding: bytes, as: UTF8.self)
            // 20 bits of checksum let one change in a million pass.
            if (try? AccessToken(parsing: text)) != nil { missed += 1 }
        }
        #expect(missed == 0)
        #expect(throws: AccessTokenError.mistyped) {
            try AccessToken(parsing: String(token.text.dropLast()))
        }
        #expect(throws: AccessTokenError.mistyped) {
            try AccessToken(parsing: token.text.uppercased().replacing("PADRON_", with: "padron_"))
        }
        #expect(throws: AccessTokenError.notAToken) { try AccessToken(parsing: "secret") }
        #expect(throws: AccessTokenError.notAToken) { try AccessToken(parsing: "") }
    }

    @Test func aDigestMatchesItsTokenAlone() throws {
        let token = try AccessToken.generate()
        let digest = try AccessTokenDigest(of: token)
        #expect(try digest.matches(token))
        let other = try AccessToken.generate()
        #expect(try digest.matches(other) == false)
        let stored = try #require(AccessTokenDigest.parse(digest.bytes))
        #expect(stored == digest)
        #expect(try stored.matches(token))
        #expect(try AccessTokenDigest(of: token) != digest)
        #expect(digest.bytes.count == AccessTokenDigest.byteCount)
        #expect(AccessTokenDigest.parse(Array(digest.bytes.dropLast())) == nil)
    }

    @Test func noSecretIsDescribed() throws {
        let token = try AccessToken.generate()
        let secret = token.text.dropFirst(AccessToken.prefix.count + 8)
        #expect(!"\(token)".contains(secret.prefix(8)))
        #expect("\(token)".contains(token.identifier))
        let cut = String(token.text.dropLast())
        let error = #expect(throws: AccessTokenError.self) { try AccessToken(parsing: cut) }
        #expect(error.map { !"\($0)".contains(secret.prefix(8)) } == true)
    }

    @Test func randomBytesDiffer() throws {
        #expect(try SecureRandom.bytes(32) != SecureRandom.bytes(32))
        #expect(try SecureRandom.bytes(0).isEmpty)
        #expect(try SecureRandom.bytes(33).count == 33)
    }
}
