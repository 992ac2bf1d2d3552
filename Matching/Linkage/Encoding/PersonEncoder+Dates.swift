import Identity

extension PersonEncoder {
    /// Encodes the birth date, or what can be read of one that no calendar holds.
    mutating func encodeDate(_ person: PersonRecord, _ encoded: inout EncodedPerson) {
        guard person.has(.birthDate) else { return }
        let parsed = person.withBytes(of: .birthDate) { bytes -> PartialDate? in
            let first = bytes.extracting(0..<Self.firstLength(bytes))
            do throws(DateError) {
                return try PartialDate(parsing: first)
            } catch .twoDigitYear {
                return Self.dateOfShortYear(first)
            } catch {
                return nil
            }
        }
        guard let date = parsed else {
            encoded.birthDate = impossibleDate(person)
            return
        }
        let written = date.writtenDate
        var packed = UInt32(written.year) &<< 9
        if date.precision != .year { packed |= UInt32(written.month) &<< 5 }
        if date.precision == .day { packed |= UInt32(written.day) }
        encoded.birthDate = PackedDate(
            firstDay: date.firstDay, lastDay: date.lastDay, written: packed)
        encoded.traits.hasDefaultDate = date.isDefault || Self.isNewYearElsewhere(date)
    }

    /// Whether a Solar Hijri date is the 1 January that a system which keeps Gregorian dates writes for
    /// a year.
    private static func isNewYearElsewhere(_ date: PartialDate) -> Bool {
        date.calendar == .solarHijri && date.precision == .day && date.month == 1 && date.day == 1
    }

    /// Two digits of a year below this one are of this century.
    private static let shortYearMax = 30

    /// The date of day/month/year with two digits for the year.
    ///
    /// A registry refuses it, for it may be of either century; comparison takes dates a century
    /// apart for one error.
    private static func dateOfShortYear(_ bytes: Span<UInt8>) -> PartialDate? {
        var parts = InlineArray<3, Int>(repeating: 0)
        var part = 0
        var hasDigit = false
        for index in bytes.indices {
            if bytes[index] &- 0x30 < 10 {
                guard part < 3 else { return nil }
                parts[part] = parts[part] * 10 + Int(bytes[index] &- 0x30)
                hasDigit = true
            } else if hasDigit {
                (part, hasDigit) = (part + 1, false)
            }
        }
        let year = parts[2] + (parts[2] < shortYearMax ? 2_000 : 1_900)
        do { return try PartialDate(year: year, month: parts[1], day: parts[0]) } catch {
            return nil
        }
    }

    /// The digits of a date such as 1956-09-31, placed near where it would be.
    private mutating func impossibleDate(_ person: PersonRecord) -> PackedDate {
        folded.removeAll(keepingCapacity: true)
        person.withBytes(of: .birthDate) { bytes in
            NameFolding.foldDigits(
                bytes.extracting(0..<Self.firstLength(bytes)), into: &folded)
        }
        guard folded.count == 8 else { return PackedDate() }
        var number: UInt32 = 0
        for byte in folded { number = number * 10 + UInt32(byte - 0x30) }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        guard year >= 1200, year < 2200, month < 16, day < 32 else { return PackedDate() }
        let gregorian = year < 1600 ? year + 621 : year
        let place = (Double(gregorian) - 1970) * 365.2425 + (Double(month) - 1) * 30.4 + Double(day)
        return PackedDate(
            firstDay: Int32(place), lastDay: Int32(place), written: year &<< 9 | month &<< 5 | day)
    }
}
