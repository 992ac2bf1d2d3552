/// The identifier of a person in the index: random, with check characters, never used again.
///
/// Written as 14 characters: 60 random bits in Crockford's base 32 (12 characters, without I, L, O
/// and U) and two check characters after ISO/IEC 7064, MOD 1271-36, which find every single
/// substitution and every transposition of neighbours.
package struct EnterpriseIdentifier: Hashable, Sendable, Comparable {
    /// The 60 random bits.
    package let bits: UInt64

    /// The identifier with given bits; those above the lowest 60 must be zero.
    package init(bits: UInt64) {
        precondition(bits < 1 << 60)
        self.bits = bits
    }

    /// A new random identifier, drawn from the system's generator.
    package static func random() -> EnterpriseIdentifier {
        EnterpriseIdentifier(bits: UInt64.random(in: 0..<1 << 60))
    }

    /// The identifier that a text names, in either case; nil where its check characters are wrong.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard characters.count == 14 else { return nil }
        var bits: UInt64 = 0
        for character in characters.prefix(12) {
            let upper = EnterpriseIdentifier.upperCase(character)
            guard let digit = EnterpriseIdentifier.alphabet.firstIndex(of: upper) else {
                return nil
            }
            bits = bits << 5 | UInt64(digit)
        }
        self.bits = bits
        let upper = characters.map(EnterpriseIdentifier.upperCase)
        guard Array(description.utf8) == upper else { return nil }
    }

    /// Order of the bits, which means nothing but is the same everywhere.
    package static func < (left: EnterpriseIdentifier, right: EnterpriseIdentifier) -> Bool {
        left.bits < right.bits
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let alphanumerics = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    private static func upperCase(_ character: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character) ? character - 32 : character
    }

    /// The value of a digit or letter in ISO/IEC 7064's alphanumeric systems.
    private static func checkValue(_ character: UInt8) -> Int {
        character <= UInt8(ascii: "9") ? Int(character) - 48 : Int(character) - 55
    }
}

extension EnterpriseIdentifier: CustomStringConvertible {
    /// The 14 characters.
    package var description: String {
        var characters = (0..<12).map { place in
            EnterpriseIdentifier.alphabet[Int(bits >> UInt64(55 - 5 * place) & 31)]
        }
        var remainder = 0
        for character in characters {
            remainder = (remainder * 36 + EnterpriseIdentifier.checkValue(character)) % 1271
        }
        let check = (1271 + 1 - remainder * 1296 % 1271) % 1271
        characters.append(EnterpriseIdentifier.alphanumerics[check / 36])
        characters.append(EnterpriseIdentifier.alphanumerics[check % 36])
        return String(decoding: characters, as: UTF8.self)
    }
}
