internal import Identity

/// The forms in which statements of a field are compared.
enum FieldComparison {
    /// Appends the form of a value in which "José" and "JOSE", or two ways to write one day, are equal.
    ///
    /// Names, places and addresses are folded; dates are the days they mean; phone numbers are
    /// their digits. Repeated values are a set. What folds to nothing is compared as written.
    static func appendKey(
        of field: DemographicField, _ value: Span<UInt8>, to output: inout [UInt8]
    ) {
        if field == .birthDate || field == .deceasedDate,
            let date = try? PartialDate(parsing: value)
        {
            append(date.firstDay, to: &output)
            output.append(0x20)
            append(date.lastDay, to: &output)
            return
        }
        for index in value.indices where value[index] == PersonRecord.valueSeparator {
            appendKeys(ofParts: value, field, to: &output)
            return
        }
        appendKey(ofPart: value, field, to: &output)
    }

    private static func appendKey(
        ofPart part: Span<UInt8>, _ field: DemographicField, to output: inout [UInt8]
    ) {
        let start = output.count
        switch field {
        case .phone: NameFolding.foldDigits(part, into: &output)
        case .email:
            for index in part.indices {
                let byte = part[index]
                output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
            }
        default: NameFolding.fold(part, into: &output)
        }
        if output.count == start {
            for index in part.indices { output.append(part[index]) }
        }
    }

    /// Appends the forms of repeated values, each once, in order.
    private static func appendKeys(
        ofParts value: Span<UInt8>, _ field: DemographicField, to output: inout [UInt8]
    ) {
        var keys: Set<[UInt8]> = []
        var start = 0
        for end in 0...value.count
        where end == value.count || value[end] == PersonRecord.valueSeparator {
            if end > start {
                var key: [UInt8] = []
                appendKey(ofPart: value.extracting(start..<end), field, to: &key)
                keys.insert(key)
            }
            start = end + 1
        }
        let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) }
        output.append(contentsOf: sorted.joined(separator: [PersonRecord.valueSeparator]))
    }

    private static func append(_ day: Int32, to output: inout [UInt8]) {
        output.append(contentsOf: String(day).utf8)
    }

    /// How much a value says; of dates the more exact says more, and 1 January little.
    static func completeness(
        of field: DemographicField, _ value: Span<UInt8>, key: Span<UInt8>
    ) -> Int64 {
        if field == .birthDate || field == .deceasedDate {
            guard let date = try? PartialDate(parsing: value), !date.isUnknown else { return 0 }
            switch date.precision {
            case .year: return 1
            case .day where date.isDefault: return 2
            case .month: return 3
            case .day: return 4
            }
        }
        var words: Int64 = 0
        var isInsideWord = false
        for index in key.indices {
            let isBetween = key[index] == 0x20 || key[index] == PersonRecord.valueSeparator
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
    private var hasUpper = false
    private var hasLower = false

    private var isMixedCase: Bool { hasUpper && hasLower }

    /// Looks at a value.
    init(_ value: Span<UInt8>) {
        var index = 0
        while index < value.count {
            let byte = value[index]
            index += 1
            if byte < 0x80 {
                if byte &- 0x41 < 26 { hasUpper = true }
                if byte &- 0x61 < 26 { hasLower = true }
            } else if byte == 0xC3, index < value.count {
                // À to ÿ, the letters of western Europe, but for the signs × and ÷.
                let second = value[index]
                index += 1
                accents += 1
                if second < 0x9F, second != 0x97 { hasUpper = true }
                if second >= 0x9F, second != 0xB7 { hasLower = true }
            } else {
                lookAtAnyScript(value)
                return
            }
        }
    }

    /// Looks anew at a value that may hold letters of any script.
    private mutating func lookAtAnyScript(_ value: Span<UInt8>) {
        (accents, hasUpper, hasLower) = (0, false, false)
        for scalar in PackedPerson.string(value).unicodeScalars {
            switch scalar.value {
            // Latin letters with accents, and the accents that stand behind their letters.
            case 0xC0...0x24F, 0x300...0x36F, 0x1E00...0x1EFF: accents += 1
            // Hebrew, Arabic and the scripts of India and beyond have no case.
            case 0x590...0x109F: continue
            default: break
            }
            if scalar.properties.isUppercase { hasUpper = true }
            if scalar.properties.isLowercase { hasLower = true }
        }
    }

    static func == (left: SpellingQuality, right: SpellingQuality) -> Bool {
        left.accents == right.accents && left.isMixedCase == right.isMixedCase
    }

    static func < (left: SpellingQuality, right: SpellingQuality) -> Bool {
        left.accents != right.accents
            ? left.accents < right.accents : !left.isMixedCase && right.isMixedCase
    }
}
