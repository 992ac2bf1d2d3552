/// The check-character systems that identifiers share, over ASCII text.
///
/// A function answers false, or nil, where the text holds a character that its system does not
/// know; none of them traps.
package enum CheckDigits {
    /// The value of an ASCII digit.
    @inline(__always)
    static func digit(_ byte: UInt8) -> Int? { byte &- 0x30 < 10 ? Int(byte &- 0x30) : nil }

    /// The value of an ASCII digit (0 to 9) or upper-case letter (10 to 35).
    @inline(__always)
    static func alphanumeric(_ byte: UInt8) -> Int? {
        if byte &- 0x30 < 10 { return Int(byte &- 0x30) }
        return byte &- 0x41 < 26 ? Int(byte &- 0x41) + 10 : nil
    }

    /// Whether all bytes are ASCII digits.
    static func areDigits(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where digit(text[index]) == nil { return false }
        return true
    }

    /// The sum of digits times weights; the weights repeat as long as the text lasts.
    static func weightedSum<let count: Int>(
        _ text: Span<UInt8>, weights: InlineArray<count, Int>, fromRight: Bool = false
    ) -> Int? {
        var sum = 0
        for place in text.indices {
            let index = fromRight ? text.count - 1 - place : place
            guard let value = digit(text[index]) else { return nil }
            sum += value * weights[place % count]
        }
        return sum
    }

    /// Whether the last digit checks the others by Luhn's rule (ISO/IEC 7812-1, annex B).
    package static func isLuhn(_ text: Span<UInt8>) -> Bool {
        guard text.count > 1 else { return false }
        var sum = 0
        for place in text.indices {
            guard let value = digit(text[text.count - 1 - place]) else { return false }
            sum += place % 2 == 0 ? value : value > 4 ? 2 * value - 9 : 2 * value
        }
        return sum % 10 == 0
    }

    /// Whether the last digit checks the others by the rule of GS1 (GTIN, GLN).
    package static func isGS1(_ text: Span<UInt8>) -> Bool {
        guard text.count > 1 else { return false }
        return weightedSum(text, weights: [1, 3], fromRight: true).map { $0 % 10 == 0 } ?? false
    }

    /// Whether the last digit checks the others by Verhoeff's rule (1969), as in SNOMED CT.
    package static func isVerhoeff(_ text: Span<UInt8>) -> Bool {
        guard text.count > 1 else { return false }
        var check = 0
        for place in text.indices {
            guard let value = digit(text[text.count - 1 - place]) else { return false }
            check = dihedral(check, permuted(value, times: place % 8))
        }
        return check == 0
    }

    /// The product of two elements of the symmetry group of the pentagon, D5.
    private static func dihedral(_ left: Int, _ right: Int) -> Int {
        switch (left < 5, right < 5) {
        case (true, true): (left + right) % 5
        case (true, false): 5 + (left + right) % 5
        case (false, true): 5 + (left - right) % 5
        case (false, false): (left - right + 5) % 5
        }
    }

    private static func permuted(_ value: Int, times: Int) -> Int {
        let permutation: InlineArray<10, Int> = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        var value = value
        for _ in 0..<times { value = permutation[value] }
        return value
    }

    /// The check digit of ICAO document 9303, part 3: weights 7, 3, 1; `<` counts as 0.
    package static func icao9303(_ text: Span<UInt8>) -> Int? {
        let weights: InlineArray<3, Int> = [7, 3, 1]
        var sum = 0
        for index in text.indices {
            let value = text[index] == 0x3C ? 0 : alphanumeric(text[index])
            guard let value else { return nil }
            sum += value * weights[index % 3]
        }
        return sum % 10
    }
}
