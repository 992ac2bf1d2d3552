extension PartialDate {
    /// Reads a date as extracts write it.
    ///
    /// Accepted are `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, `YYYYMMDD`, day/month/year, month/year, with
    /// `-`, `/` or `.` between the parts, and timestamps, of which the date part counts (ISO 8601,
    /// or `YYYYMMDDHHMM[SS]` as in HL7 version 2). Digits may be Persian or Arabic. Years from 1200
    /// to 1500 are Solar Hijri. Years of two digits are refused, for a registry spans more than a
    /// century; month/day/year is never guessed.
    package init(parsing text: Span<UInt8>) throws(DateError) {
        var parts = DateParts()
        try parts.read(text)
        try self.init(parts)
    }

    /// Reads a date from a string.
    package init(_ text: String) throws(DateError) {
        try self.init(parsing: text.utf8.span)
    }

    private init(_ parts: DateParts) throws(DateError) {
        let (first, second, third) = (parts.values[0], parts.values[1], parts.values[2])
        switch (parts.count, parts.digits[0], parts.digits[1], parts.digits[2]) {
        case (1, 4, _, _): try self.init(parsedYear: first)
        case (1, 8, _, _):
            try self.init(
                parsedYear: first / 10_000, month: first / 100 % 100, day: first % 100)
        case (1, 12, _, _): try self.init(timestamp: first * 100)
        case (1, 14, _, _): try self.init(timestamp: first)
        case (2, 4, 1...2, _): try self.init(parsedYear: first, month: second)
        case (2, 1...2, 4, _): try self.init(parsedYear: second, month: first)
        case (3, 4, 1...2, 1...2): try self.init(parsedYear: first, month: second, day: third)
        case (3, 1...2, 1...2, 4): try self.init(parsedYear: third, month: second, day: first)
        case (3, 1...2, 1...2, 1...2): throw .twoDigitYear
        default: throw .unreadable
        }
    }

    /// Creates the date of a `YYYYMMDDHHMMSS` timestamp.
    private init(timestamp: Int) throws(DateError) {
        let (date, time) = timestamp.quotientAndRemainder(dividingBy: 1_000_000)
        guard time / 10_000 < 24, time / 100 % 100 < 60, time % 100 <= 60 else {
            throw .unreadable
        }
        try self.init(parsedYear: date / 10_000, month: date / 100 % 100, day: date % 100)
    }

    private init(parsedYear year: Int, month: Int? = nil, day: Int? = nil) throws(DateError) {
        let solarHijri = CalendarSystem.solarHijri.years.contains(year)
        try self.init(
            calendar: solarHijri ? .solarHijri : .gregorian, year: year, month: month, day: day)
    }
}

/// The numbers of a written date and how many digits each has.
private struct DateParts {
    /// A timestamp of `YYYYMMDDHHMMSS` is the longest number.
    private static let digitsMax = 14

    var values = InlineArray<3, Int>(repeating: 0)
    var digits = InlineArray<3, Int>(repeating: 0)
    var count = 0

    /// Splits a text at its separators, up to the time of a timestamp.
    mutating func read(_ text: Span<UInt8>) throws(DateError) {
        var separator: UInt32 = 0
        var isEnded = false
        var index = 0
        while index < text.count {
            let codePoint = UTF8Decoding.next(in: text, at: &index)
            if let digit = DateParts.digit(codePoint) {
                guard !isEnded else {
                    guard count == 3 else { throw .unreadable }
                    return
                }
                if count == 0 { count = 1 }
                guard digits[count - 1] < DateParts.digitsMax else { throw .unreadable }
                values[count - 1] = 10 * values[count - 1] + digit
                digits[count - 1] += 1
                continue
            }
            switch codePoint {
            case 0x2D, 0x2F, 0x2E:
                // The separators of one date agree, and each stands between two numbers.
                guard !isEnded, count > 0, count < 3, digits[count - 1] > 0,
                    separator == 0 || separator == codePoint
                else { throw .unreadable }
                separator = codePoint
                count += 1
            case 0x20, 0x09, 0xA0:
                isEnded = count > 0
            case 0x54 where count == 3 && !isEnded, 0x74 where count == 3 && !isEnded:
                isEnded = true
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF:
                // Marks of writing direction, common around dates in Persian text.
                continue
            default: throw .unreadable
            }
        }
        guard count > 0 else { throw .empty }
        guard digits[count - 1] > 0 else { throw .unreadable }
    }

    /// The value of an ASCII, Arabic or Persian digit.
    private static func digit(_ codePoint: UInt32) -> Int? {
        switch codePoint {
        case 0x30...0x39: Int(codePoint - 0x30)
        case 0x660...0x669: Int(codePoint - 0x660)
        case 0x6F0...0x6F9: Int(codePoint - 0x6F0)
        default: nil
        }
    }
}
