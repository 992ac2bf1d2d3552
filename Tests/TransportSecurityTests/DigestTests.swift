import Testing
import TransportSecurity

/// Digests and authentication codes are those of the standards.
///
/// Method: published vectors of FIPS 180-4 and RFC 4231, whole and in pieces, contexts used repeatedly.
@Suite struct DigestTests {
    static let digests: [(message: String, expected: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: digests)
    func publishedDigests(message: String, expected: String) throws {
        #expect(try SHA256.digest(ofBytes: Array(message.utf8)).hexadecimal == expected)
        var pieces = try SHA256()
        for _ in 0..<2 {
            for byte in message.utf8 {
                let piece = [byte]
                try pieces.update(piece.span)
            }
            let digest = try pieces.finalize()
            #expect(digest.hexadecimal == expected)
        }
    }

    @Test func aMillionLetters() throws {
        var digest = try SHA256()
        let letters = [UInt8](repeating: 0x61, count: 1_000)
        for _ in 0..<1_000 { try digest.update(letters.span) }
        let result = try digest.finalize()
        #expect(
            result.hexadecimal
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// Test cases 1, 3, 4, 6 and 7 of RFC 4231; the key of case 2 is shorter than keys here may be.
    static let codes: [(key: [UInt8], message: [UInt8], expected: String)] = [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(1...25), [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array(
                """
                This is a test using a larger than block-size key and a larger than block-size data. \
                The key needs to be hashed before being used by the HMAC algorithm.
                """.utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test(arguments: codes)
    func publishedCodes(key: [UInt8], message: [UInt8], expected: String) throws {
        var authenticator = try MessageAuthenticator(key: key.span)
        for _ in 0..<3 {
            let code = try authenticator.code(for: message.span)
            #expect(code.hexadecimal == expected)
            let nothing: [UInt8] = []
            _ = try authenticator.code(for: nothing.span)
        }
    }

    @Test func digestsAreBytesAndBack() throws {
        let digest = try SHA256.digest(ofBytes: Array("abc".utf8))
        #expect(SHA256Digest.parse(digest.bytes) == digest)
        #expect(SHA256Digest.parse(Array(digest.bytes.dropLast())) == nil)
        var other = digest.bytes
        for place in other.indices {
            other[place] ^= 1
            #expect(SHA256Digest.parse(other) != digest)
            other[place] ^= 1
        }
    }

    @Test func equalityOfBytes() {
        #expect(isEqual([1, 2, 3], [1, 2, 3]))
        #expect(!isEqual([1, 2, 3], [1, 2, 4]))
        #expect(!isEqual([1, 2, 3], [1, 2]))
        #expect(isEqual([], []))
    }

    @Test func aWeakKeyIsRefused() async {
        await #expect(processExitsWith: .failure) {
            let key = [UInt8](repeating: 1, count: 15)
            _ = try MessageAuthenticator(key: key.span)
        }
    }
}
