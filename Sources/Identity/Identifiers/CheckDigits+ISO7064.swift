extension CheckDigits {
    /// The check-character systems of ISO/IEC 7064:2003 in use.
    package enum ISO7064: CaseIterable, Sendable {
        /// Digits, one check digit or X.
        case mod11radix2
        /// Digits and letters, one check character or `*`.
        case mod37radix2
        /// Digits and letters, two check digits.
        case mod97radix10
        /// Digits, one check digit.
        case mod11and10
        /// Digits and letters, one check character.
        case mod37and36

        /// The check characters of a text without them, or nil where a character is foreign.
        package func checkCharacters(of text: Span<UInt8>) -> [UInt8]? {
            switch self {
            case .mod11radix2: return pure(text, modulus: 11).map { [$0] }
            case .mod37radix2: return pure(text, modulus: 37).map { [$0] }
            case .mod11and10: return hybrid(text, modulus: 10).map { [$0] }
            case .mod37and36: return hybrid(text, modulus: 36).map { [$0] }
            case .mod97radix10:
                guard let remainder = CheckDigits.remainder97(of: text) else { return nil }
                let check = 98 - remainder * 100 % 97
                // A sum of 97 leaves the same remainder as 0, which is how the standard writes it.
                return [0x30 + UInt8(check % 97 / 10), 0x30 + UInt8(check % 97 % 10)]
            }
        }

        /// Whether a text ends with its check characters.
        package func isValid(_ text: Span<UInt8>) -> Bool {
            let length = self == .mod97radix10 ? 2 : 1
            guard text.count > length,
                let expected = checkCharacters(of: text.extracting(droppingLast: length))
            else { return false }
            for index in expected.indices
            where text[text.count - length + index] != expected[index] { return false }
            return true
        }

        /// A pure system: powers of two, modulo a prime.
        private func pure(_ text: Span<UInt8>, modulus: Int) -> UInt8? {
            var sum = 0
            for index in text.indices {
                guard let value = CheckDigits.alphanumeric(text[index]),
                    value < (modulus == 11 ? 10 : 36)
                else { return nil }
                sum = (sum + value) * 2 % modulus
            }
            let check = (modulus + 1 - sum) % modulus
            if check == modulus - 1 { return modulus == 11 ? 0x58 : 0x2A }
            return ISO7064.character(check)
        }

        /// A hybrid system: sums modulo M, products modulo M + 1.
        private func hybrid(_ text: Span<UInt8>, modulus: Int) -> UInt8? {
            var product = modulus
            for index in text.indices {
                guard let value = CheckDigits.alphanumeric(text[index]), value < modulus
                else { return nil }
                let sum = (product + value) % modulus
                product = (sum == 0 ? modulus : sum) * 2 % (modulus + 1)
            }
            return ISO7064.character((modulus + 1 - product) % modulus)
        }

        private static func character(_ value: Int) -> UInt8 {
            value < 10 ? 0x30 + UInt8(value) : 0x41 + UInt8(value - 10)
        }
    }

    /// The remainder modulo 97 of a number written with digits and letters (A is 10, Z is 35).
    static func remainder97(of text: Span<UInt8>) -> Int? {
        var remainder = 0
        for index in text.indices {
            guard let value = alphanumeric(text[index]) else { return nil }
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
        }
        return remainder
    }
}
