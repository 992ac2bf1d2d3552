import Identity

extension PersonEncoder {
    /// Encodes the birth date, or what can be read of one that no calendar holds.
    mutating func encodeDate(_ person: PersonRecord, _ encoded: inout EncodedPerson) {
        guard person.has(.birthDate) else { return }
        let parsed = person.withBytes(of: .birthDate) { bytes -> PartialDate? in
            let first = bytes.extracting(0..<Self.firstLength(bytes))
            do { return try PartialDate(parsing: first) } catch { return nil }
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
        encoded.traits.hasDefaultDate = date.isDefault
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
