/// The formats of codes that registries of facilities, services, drugs and places give out, over folded
/// letters and digits.
enum CatalogRules {
    /// Brings a code that lost its separators or leading zeros to canonical form.
    static func canonicalise(
        _ text: inout [UInt8], from start: Int, _ format: IdentifierFormat
    ) -> IdentifierFinding {
        switch format {
        case .padded(let lengths): padded(&text, from: start, lengths)
        case .chileanPlace:
            padded(&text, from: start, text.count - start < 3 ? 1...2 : 4...5, or: 3)
        case .frenchCommune: frenchCommune(&text, from: start)
        case .chileanRegistration: chileanRegistration(&text, from: start)
        case .peruvianProcedure: peruvianProcedure(&text, from: start)
        default: .badFormat
        }
    }

    private static func padded(
        _ text: inout [UInt8], from start: Int, _ lengths: ClosedRange<Int>, or whole: Int? = nil
    ) -> IdentifierFinding {
        if text.count - start == whole, CheckDigits.areDigits(text.span.extracting(start...)) {
            return .valid
        }
        guard lengths.contains(text.count - start),
            CheckDigits.areDigits(text.span.extracting(start...))
        else { return .badFormat }
        let missing = lengths.upperBound - (text.count - start)
        text.insert(contentsOf: repeatElement(0x30, count: missing), at: start)
        return .valid
    }

    /// The department's two characters, then three digits.
    private static func frenchCommune(
        _ text: inout [UInt8], from start: Int
    ) -> IdentifierFinding {
        if text.count - start == 4 { text.insert(0x30, at: start) }
        guard text.count - start == 5 else { return .badFormat }
        let isCorsican =
            text[start] == 0x32 && (text[start + 1] == 0x41 || text[start + 1] == 0x42)
        return CheckDigits.areDigits(text.span.extracting((start + (isCorsican ? 2 : 0))...))
            ? .valid : .badFormat
    }

    /// A letter, one to seven digits, two digits of the year.
    private static func chileanRegistration(
        _ text: inout [UInt8], from start: Int
    ) -> IdentifierFinding {
        guard (4...10).contains(text.count - start), text[start] &- 0x41 < 26,
            CheckDigits.areDigits(text.span.extracting((start + 1)...))
        else { return .badFormat }
        text.insert(0x2F, at: text.count - 2)
        text.insert(0x2D, at: start + 1)
        return .valid
    }

    /// Five digits, or seven with a point before the last two.
    private static func peruvianProcedure(
        _ text: inout [UInt8], from start: Int
    ) -> IdentifierFinding {
        let length = text.count - start
        guard length == 5 || length == 7, CheckDigits.areDigits(text.span.extracting(start...))
        else { return .badFormat }
        if length == 7 { text.insert(0x2E, at: text.count - 2) }
        return .valid
    }

    static func frenchCIP13(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 13, value[0] == 0x33, value[1] == 0x34, value[2] == 0x30,
            value[3] == 0x30
        else { return .badFormat }
        return IdentifierFormat.digits(value, 13...13, CheckDigits.isGS1)
    }

    static func frenchNationalProvider(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 12, value[0] == 0x38 else { return .badFormat }
        return IdentifierFormat.digits(value.extracting(1...), 11...11, CheckDigits.isLuhn)
    }

    static func frenchNationalStructure(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 10, value[0] == 0x31 else { return .badFormat }
        return NationalRules.frenchFINESS(value.extracting(1...))
    }

    static func frenchProcedure(_ value: Span<UInt8>) -> IdentifierFinding {
        guard value.count == 7 else { return .badFormat }
        for index in 0..<4 where value[index] &- 0x41 >= 26 { return .badFormat }
        return CheckDigits.areDigits(value.extracting(4...)) ? .valid : .badFormat
    }
}
