internal import Identity

/// The forms in which statements of a field are compared.
enum FieldComparison {
    /// The form of a field in which "José" and "JOSE", or two ways to write one day, are equal.
    ///
    /// Names, places and addresses are folded; dates are the days they mean; phone numbers are
    /// their digits. Repeated values are a set. What folds to nothing is compared as written.
    static func key(of field: DemographicField, _ value: String) -> [UInt8] {
        switch field {
        case .birthDate, .deceasedDate:
            guard let date = try? PartialDate(value) else { break }
            return Array("\(date.firstDay) \(date.lastDay)".utf8)
        case .phone:
            return parts(value) { part, output in NameFolding.foldDigits(part, into: &output) }
        case .email:
            return parts(value) { part, output in
                for index in part.indices {
                    let byte = part[index]
                    output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
                }
            }
        default: break
        }
        return parts(value) { part, output in NameFolding.fold(part, into: &output) }
    }

    private static func parts(
        _ value: String, _ fold: (Span<UInt8>, inout [UInt8]) -> Void
    ) -> [UInt8] {
        var keys: Set<[UInt8]> = []
        for part in value.utf8.split(separator: PersonRecord.valueSeparator) {
            let bytes = Array(part)
            var key: [UInt8] = []
            fold(bytes.span, &key)
            keys.insert(key.isEmpty ? bytes : key)
        }
        let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) }
        return Array(sorted.joined(separator: [PersonRecord.valueSeparator]))
    }

    /// How much a value says; of dates the more exact says more, and 1 January little.
    static func completeness(
        of field: DemographicField, _ value: String, key: [UInt8]
    ) -> Int64 {
        if field == .birthDate || field == .deceasedDate {
            guard let date = try? PartialDate(value), !date.isUnknown else { return 0 }
            switch date.precision {
            case .year: return 1
            case .day where date.isDefault: return 2
            case .month: return 3
            case .day: return 4
            }
        }
        var words: Int64 = 0
        var isInsideWord = false
        for byte in key {
            let isBetween = byte == 0x20 || byte == PersonRecord.valueSeparator
            if !isBetween && !isInsideWord { words += 1 }
            isInsideWord = !isBetween
        }
        return words << 32 | Int64(key.count)
    }
}

/// How well a value is spelled: what folding takes away is worth keeping.
///
/// Accents before letter case, since capitals without accents are what old systems could write.
struct SpellingQuality: Comparable {
    private var accents = 0
    private var isMixedCase = false

    /// Looks at a value.
    init(_ value: String) {
        var (hasUpper, hasLower) = (false, false)
        for scalar in value.unicodeScalars {
            switch scalar.value {
            // Latin letters with accents, and the accents that stand behind their letters.
            case 0xC0...0x24F, 0x300...0x36F, 0x1E00...0x1EFF: accents += 1
            default: break
            }
            if scalar.properties.isUppercase { hasUpper = true }
            if scalar.properties.isLowercase { hasLower = true }
        }
        isMixedCase = hasUpper && hasLower
    }

    static func < (left: SpellingQuality, right: SpellingQuality) -> Bool {
        left.accents != right.accents
            ? left.accents < right.accents : !left.isMixedCase && right.isMixedCase
    }
}
