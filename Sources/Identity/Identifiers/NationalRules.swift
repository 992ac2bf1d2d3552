/// The formats and check digits of national identifiers, over folded letters and digits.
///
/// Those that change the text to its canonical form take the buffer and the value's start in it.
enum NationalRules {
    /// RUN: weights 2 to 7 from the right; 11 minus the sum modulo 11; 11 is 0 and 10 is K.
    static func chileanRUN(_ text: inout [UInt8], from start: Int) -> IdentifierFinding {
        let zeros = text.span.extracting(start...).leadingZeros
        let digits = text.count - start - zeros - 1
        guard (7...8).contains(digits) else { return .badFormat }
        let written = text[text.count - 1]
        guard written == 0x4B || CheckDigits.digit(written) != nil,
            let sum = CheckDigits.weightedSum(
                text.span.extracting(start + zeros..<text.count - 1),
                weights: [2, 3, 4, 5, 6, 7], fromRight: true)
        else { return .badFormat }
        let check = 11 - sum % 11
        let expected: UInt8 = check == 11 ? 0x30 : check == 10 ? 0x4B : 0x30 + UInt8(check)
        text.insert(0x2D, at: text.count - 1)
        text.removeSubrange(start..<start + zeros)
        return written == expected ? .valid : .badCheck
    }

    /// DNI: weights 3 2 7 6 5 4 3 2; the remainder modulo 11 chooses a digit and a letter.
    static func peruvianDNI(_ text: inout [UInt8], from start: Int) -> IdentifierFinding {
        let length = text.count - start
        let hasCheck = length == 9
        guard (6...9).contains(length),
            CheckDigits.areDigits(text.span.extracting(start..<text.count - (hasCheck ? 1 : 0)))
        else { return .badFormat }
        guard hasCheck else {
            // A spreadsheet took the leading zeros away.
            text.insert(contentsOf: repeatElement(0x30, count: 8 - length), at: start)
            return .valid
        }
        let written = text[text.count - 1]
        guard CheckDigits.alphanumeric(written) != nil,
            let sum = CheckDigits.weightedSum(
                text.span.extracting(start..<start + 8), weights: [3, 2, 7, 6, 5, 4, 3, 2])
        else { return .badFormat }
        let digits: InlineArray<11, UInt8> = [6, 5, 4, 3, 2, 1, 1, 0, 9, 8, 7]
        text.removeLast()
        let isRight = written == 0x30 + digits[sum % 11] || written == 0x4B - UInt8(sum % 11)
        return isRight ? .valid : .badCheck
    }

    /// NIR: 97 minus the number modulo 97, where the Corsican 2A counts as 19 and 2B as 18.
    static func frenchNIR(_ text: inout [UInt8], from start: Int) -> IdentifierFinding {
        let length = text.count - start
        guard length == 13 || length == 15 else { return .badFormat }
        var number = 0
        for place in 0..<13 {
            let byte = text[start + place]
            if place == 6, text[start + 5] == 0x32, byte == 0x41 || byte == 0x42 {
                number = number / 10 * 100 + (byte == 0x41 ? 19 : 18)
            } else if let digit = CheckDigits.digit(byte) {
                number = 10 * number + digit
            } else {
                return .badFormat
            }
        }
        let key = 97 - number % 97
        if length == 13 {
            text.append(0x30 + UInt8(key / 10))
            text.append(0x30 + UInt8(key % 10))
            return .valid
        }
        guard let tens = CheckDigits.digit(text[start + 13]),
            let units = CheckDigits.digit(text[start + 14])
        else { return .badFormat }
        return 10 * tens + units == key ? .valid : .badCheck
    }

    /// Iranian national code: weights 10 to 2; the remainder, or 11 minus it from 2 on.
    static func iranianNationalCode(_ value: Span<UInt8>) -> IdentifierFinding {
        IdentifierFormat.digits(value, 10...10) { value in
            guard
                let sum = CheckDigits.weightedSum(
                    value.extracting(..<9), weights: [10, 9, 8, 7, 6, 5, 4, 3, 2])
            else { return false }
            let remainder = sum % 11
            return value[9] == 0x30 + UInt8(remainder < 2 ? remainder : 11 - remainder)
        }
    }

    /// RUC: the prefix tells the kind of taxpayer; weights 5 4 3 2 7 6 5 4 3 2.
    static func peruvianRUC(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 11, value.begins(withOneOf: [10, 15, 17, 20]) else {
            return .badFormat
        }
        return IdentifierFormat.digits(value, 11...11) { value in
            CheckDigits.weightedSum(
                value.extracting(..<10), weights: [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
            )
            .map { value[10] == 0x30 + UInt8((11 - $0 % 11) % 10) } ?? false
        }
    }

    /// FINESS: Luhn's rule, the Corsican A counting as 1 and B as 2.
    static func frenchFINESS(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 9 else { return .badFormat }
        var digits = InlineArray<9, UInt8>(repeating: 0)
        for index in value.indices { digits[index] = value[index] }
        if digits[0] == 0x32, digits[1] == 0x41 || digits[1] == 0x42 { digits[1] -= 0x10 }
        return IdentifierFormat.digits(digits.span, 9...9, CheckDigits.isLuhn)
    }

    /// DNI or NIE: the number modulo 23 chooses a letter; X, Y and Z of a NIE count as 0, 1, 2.
    static func spanishDNI(_ value: Span<UInt8>) -> IdentifierFinding {
        let letters: StaticString = "TRWAGMYFPDXBNJZSQVHLCKE"
        guard value.count == 9, value[8] &- 0x41 < 26 else { return .badFormat }
        var number = value[0] &- 0x58 < 3 ? Int(value[0] - 0x58) : CheckDigits.digit(value[0])
        for index in 1..<8 {
            guard let head = number, let digit = CheckDigits.digit(value[index]) else {
                return .badFormat
            }
            number = 10 * head + digit
        }
        guard let number else { return .badFormat }
        return Array(letters.description.utf8)[number % 23] == value[8] ? .valid : .badCheck
    }

    /// Cédula: a province, a third digit up to 6, Luhn's rule.
    static func ecuadorianCedula(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 10, CheckDigits.areDigits(value), value[2] <= 0x36,
            value.begins(withOneOf: [30, 50]) || value.begins(withOneOf: 1...24)
        else { return .badFormat }
        return CheckDigits.isLuhn(value) ? .valid : .badCheck
    }

    /// NIT: primes from the right; the remainder modulo 11, or 11 minus it from 2 on.
    static func colombianNIT(_ value: Span<UInt8>) -> IdentifierFinding {
        IdentifierFormat.digits(value, 8...16) { value in
            CheckDigits.weightedSum(
                value.extracting(droppingLast: 1),
                weights: [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71],
                fromRight: true
            ).map { sum in
                let remainder = sum % 11
                let check = remainder < 2 ? remainder : 11 - remainder
                return value[value.count - 1] == 0x30 + UInt8(check)
            } ?? false
        }
    }

    /// CUIT: weights 5 4 3 2 7 6 5 4 3 2; 11 minus the remainder; 11 is 0, and 10 became 9.
    static func argentineCUIT(_ value: Span<UInt8>) -> IdentifierFinding {
        IdentifierFormat.digits(value, 11...11) { value in
            CheckDigits.weightedSum(
                value.extracting(..<10), weights: [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
            )
            .map { sum in
                let check = 11 - sum % 11
                return value[10] == 0x30 + UInt8(check == 11 ? 0 : min(check, 9))
            } ?? false
        }
    }

    /// CPF: two check digits, weights falling to 2, remainders below 2 count as 0.
    static func brazilianCPF(_ value: Span<UInt8>) -> IdentifierFinding {
        IdentifierFormat.digits(value, 11...11) { value in
            for length in 9...10 {
                guard
                    let sum = CheckDigits.weightedSum(
                        value.extracting(..<length), weights: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
                        fromRight: true)
                else { return false }
                let remainder = sum % 11
                guard value[length] == 0x30 + UInt8(remainder < 2 ? 0 : 11 - remainder) else {
                    return false
                }
            }
            return true
        }
    }

    /// NIF: weights 9 to 2; 11 minus the remainder, of which 10 and 11 are 0.
    static func portugueseNIF(_ value: Span<UInt8>) -> IdentifierFinding {
        IdentifierFormat.digits(value, 9...9) { value in
            CheckDigits.weightedSum(value.extracting(..<8), weights: [9, 8, 7, 6, 5, 4, 3, 2])
                .map { value[8] == 0x30 + UInt8((11 - $0 % 11) % 11 % 10) } ?? false
        }
    }

    /// NHS number: weights 10 to 2; 11 minus the remainder; 11 is 0, and 10 is never given out.
    static func nhsNumber(_ value: Span<UInt8>) -> IdentifierFinding {
        IdentifierFormat.digits(value, 10...10) { value in
            CheckDigits.weightedSum(value.extracting(..<9), weights: [10, 9, 8, 7, 6, 5, 4, 3, 2])
                .map { value[9] == 0x30 + UInt8((11 - $0 % 11) % 11) } ?? false
        }
    }

    /// SSN: no check digit; areas 000, 666 and 9xx, group 00 and serial 0000 are never given out.
    static func unitedStatesSSN(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 9, CheckDigits.areDigits(value), value[0] != 0x39 else {
            return .badFormat
        }
        var number = 0
        for index in value.indices { number = 10 * number + Int(value[index] - 0x30) }
        let area = number / 1_000_000
        // A number printed in advertising that thousands took for theirs.
        let advertised = 78_051_120
        guard area != 0, area != 666, number / 10_000 % 100 != 0, number % 10_000 != 0,
            number != advertised
        else { return .badFormat }
        return .valid
    }
}

extension Span<UInt8> {
    /// How many digits 0 begin the text; its last character does not count.
    fileprivate var leadingZeros: Int {
        var zeros = 0
        while zeros < count - 1, self[zeros] == 0x30 { zeros += 1 }
        return zeros
    }

    /// Whether the first two digits form one of some numbers.
    fileprivate func begins(withOneOf prefixes: some Sequence<Int>) -> Bool {
        guard let tens = CheckDigits.digit(self[0]), let units = CheckDigits.digit(self[1]) else {
            return false
        }
        return prefixes.contains(10 * tens + units)
    }
}
