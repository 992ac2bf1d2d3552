/// How an authority writes its identifiers: canonical form and check rule.
package enum IdentifierFormat: Hashable, Sendable {
    /// RUN or RUT: 7 or 8 digits, hyphen, check digit or K.
    case chileanRUN
    /// DNI: 8 digits; a check character behind them is checked and left out.
    case peruvianDNI
    /// RUC: 11 digits.
    case peruvianRUC
    /// NIR or NIA: 13 characters and a key of two digits, which is added where it is missing.
    case frenchNIR
    /// FINESS: 9 characters.
    case frenchFINESS
    /// National code: 10 digits; leading zeros lost on the way are restored.
    case iranianNationalCode
    /// DNI or NIE: 8 characters and a letter.
    case spanishDNI
    case ecuadorianCedula
    case colombianNIT
    case argentineCUIT
    case brazilianCPF
    case portugueseNIF
    case nhsNumber
    case unitedStatesSSN
    /// Digits of one length whose last checks the others by Luhn's rule.
    case luhn(length: Int)
    /// Digits, or letters and digits, whose last characters check the others by ISO 7064.
    case checked(CheckDigits.ISO7064, lengths: ClosedRange<Int>)
    /// 8, 12, 13 or 14 digits whose last checks the others by GS1's rule.
    case gtin
    /// 6 to 18 digits whose last checks the others by Verhoeff's rule.
    case snomed
    /// Digits, hyphen, check digit by Luhn's rule.
    case loinc
    /// Anatomical Therapeutic Chemical classification: 1, 3, 4, 5 or 7 characters.
    case atc
    /// CIP13: a GTIN of 13 digits that begins with 3400.
    case frenchCIP13
    /// idNat_PS: 8, then an RPPS.
    case frenchNationalProvider
    /// idNat_Struct: 1, then a FINESS.
    case frenchNationalStructure
    /// INSEE's code of a commune: a department, of Corsica 2A or 2B, and 3 digits.
    case frenchCommune
    /// CUT: 2 digits of a region, 3 of a province or 5 of a comuna; a leading zero lost is restored.
    case chileanPlace
    /// ISP registration: a letter, hyphen, number, slash, 2 digits of the year.
    case chileanRegistration
    /// CPMS: 5 digits, and where the procedure has variants a point and 2 digits.
    case peruvianProcedure
    /// Four letters and three digits.
    case frenchProcedure
    /// Digits without a check, the longest length of some; leading zeros lost on the way are restored.
    case padded(lengths: ClosedRange<Int>)
    /// Digits without a check.
    case digits(lengths: ClosedRange<Int>)
    /// Letters and digits, at least one of them a digit, without a check.
    case alphanumerics(lengths: ClosedRange<Int>)
    /// Anything, compared by its letters and digits.
    case any

    /// Brings folded letters and digits, in `text` from `start` on, to canonical form.
    func canonicalise(_ text: inout [UInt8], from start: Int) -> IdentifierFinding {
        let length = text.count - start
        switch self {
        case .chileanRUN: return NationalRules.chileanRUN(&text, from: start)
        case .peruvianDNI: return NationalRules.peruvianDNI(&text, from: start)
        case .frenchNIR: return NationalRules.frenchNIR(&text, from: start)
        case .iranianNationalCode:
            guard (8...10).contains(length) else { return .badFormat }
            text.insert(contentsOf: repeatElement(0x30, count: 10 - length), at: start)
        case .padded, .frenchCommune, .chileanPlace, .chileanRegistration, .peruvianProcedure:
            return CatalogRules.canonicalise(&text, from: start, self)
        case .loinc:
            guard (2...7).contains(length), CheckDigits.areDigits(text.span.extracting(start...))
            else { return .badFormat }
            let finding: IdentifierFinding =
                CheckDigits.isLuhn(text.span.extracting(start...)) ? .valid : .badCheck
            text.insert(0x2D, at: text.count - 1)
            return finding
        default: break
        }
        return check(text.span.extracting(start...))
    }

    /// Grades a value of letters and digits that needs no change to be canonical.
    private func check(_ value: Span<UInt8>) -> IdentifierFinding {
        switch self {
        case .iranianNationalCode: NationalRules.iranianNationalCode(value)
        case .peruvianRUC: NationalRules.peruvianRUC(value)
        case .frenchFINESS: NationalRules.frenchFINESS(value)
        case .spanishDNI: NationalRules.spanishDNI(value)
        case .ecuadorianCedula: NationalRules.ecuadorianCedula(value)
        case .colombianNIT: NationalRules.colombianNIT(value)
        case .argentineCUIT: NationalRules.argentineCUIT(value)
        case .brazilianCPF: NationalRules.brazilianCPF(value)
        case .portugueseNIF: NationalRules.portugueseNIF(value)
        case .nhsNumber: NationalRules.nhsNumber(value)
        case .unitedStatesSSN: NationalRules.unitedStatesSSN(value)
        case .luhn(let length):
            IdentifierFormat.digits(value, length...length, CheckDigits.isLuhn)
        case .checked(let system, let lengths):
            IdentifierFormat.checked(value, lengths, system)
        case .gtin:
            value.count == 8 || (12...14).contains(value.count)
                ? IdentifierFormat.digits(value, 8...14, CheckDigits.isGS1) : .badFormat
        case .snomed: IdentifierFormat.digits(value, 6...18, CheckDigits.isVerhoeff)
        case .atc: IdentifierFormat.isATC(value) ? .valid : .badFormat
        case .digits(let lengths): IdentifierFormat.digits(value, lengths) { _ in true }
        case .frenchCIP13: CatalogRules.frenchCIP13(value)
        case .frenchNationalProvider: CatalogRules.frenchNationalProvider(value)
        case .frenchNationalStructure: CatalogRules.frenchNationalStructure(value)
        case .frenchProcedure: CatalogRules.frenchProcedure(value)
        case .alphanumerics(let lengths):
            lengths.contains(value.count) && IdentifierFormat.isNumber(value) ? .valid : .badFormat
        case .chileanRUN, .peruvianDNI, .frenchNIR, .loinc, .padded, .frenchCommune,
            .chileanPlace, .chileanRegistration, .peruvianProcedure, .any:
            .valid
        }
    }

    /// Grades a value that must be digits of some length and pass a check.
    static func digits(
        _ value: Span<UInt8>, _ lengths: ClosedRange<Int>, _ isValid: (Span<UInt8>) -> Bool
    ) -> IdentifierFinding {
        guard lengths.contains(value.count), CheckDigits.areDigits(value) else {
            return .badFormat
        }
        return isValid(value) ? .valid : .badCheck
    }

    /// Grades a value that ends with the check characters of a system.
    private static func checked(
        _ value: Span<UInt8>, _ lengths: ClosedRange<Int>, _ system: CheckDigits.ISO7064
    ) -> IdentifierFinding {
        let checkLength = system == .mod97radix10 ? 2 : 1
        guard lengths.contains(value.count), value.count > checkLength,
            system.checkCharacters(of: value.extracting(droppingLast: checkLength)) != nil
        else { return .badFormat }
        return system.isValid(value) ? .valid : .badCheck
    }

    /// Whether all characters are ASCII letters or digits, with at least one digit.
    private static func isNumber(_ value: Span<UInt8>) -> Bool {
        var hasDigit = false
        for index in value.indices {
            guard let character = CheckDigits.alphanumeric(value[index]) else { return false }
            if character < 10 { hasDigit = true }
        }
        return hasDigit
    }

    /// Whether a value has the pattern of an ATC code at any of its five levels.
    private static func isATC(_ value: Span<UInt8>) -> Bool {
        let groups: StaticString = "ABCDGHJLMNPRSV"
        guard [1, 3, 4, 5, 7].contains(value.count),
            groups.description.utf8.contains(value[0])
        else { return false }
        for index in 1..<value.count {
            let isLetter = value[index] &- 0x41 < 26
            let isDigit = value[index] &- 0x30 < 10
            guard index == 3 || index == 4 ? isLetter : isDigit else { return false }
        }
        return true
    }
}
