/// Times of record as extracts write them.
enum RecordedTime {
    /// Microseconds since 1970 of an ISO 8601 date or date and time; nil for any other text.
    ///
    /// `2024-05-31`, `2024-05-31T08:15`, `2024-05-31 08:15:30.25Z`, `2024-05-31T08:15:30+02:00`,
    /// and the same without hyphens in the date. A time without zone is UTC.
    static func microseconds(_ text: String) -> Int64? {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard let year = scanner.digits(4) else { return nil }
        let isHyphenated = scanner.take("-")
        guard let month = scanner.digits(2), (1...12).contains(month),
            !isHyphenated || scanner.take("-"),
            let day = scanner.digits(2), (1...daysInMonth(year, month)).contains(day)
        else { return nil }
        var seconds = (daysSince1970(year, month, day)) * 86_400
        var microseconds: Int64 = 0
        if !scanner.isAtEnd {
            guard scanner.take("T") || scanner.take(" "), let hour = scanner.digits(2),
                hour < 24, scanner.take(":"), let minute = scanner.digits(2), minute < 60
            else { return nil }
            seconds += hour * 3_600 + minute * 60
            if scanner.take(":") {
                guard let second = scanner.digits(2), second <= 60 else { return nil }
                seconds += second
                if scanner.take(".") {
                    guard let fraction = scanner.fraction() else { return nil }
                    microseconds = fraction
                }
            }
            guard let zone = scanner.zone() else { return nil }
            seconds -= zone
        }
        guard scanner.isAtEnd else { return nil }
        return seconds * 1_000_000 + microseconds
    }

    private static func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days of the Gregorian calendar, in years that begin in March: the leap day is the last.
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shiftedYear = month > 2 ? year : year - 1
        let monthsSinceMarch = (month + 9) % 12
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        return shiftedYear * 365 + leapDays + (153 * monthsSinceMarch + 2) / 5 + day - 1 - 719_468
    }

    private struct Scanner {
        let bytes: [UInt8]
        var offset = 0

        var isAtEnd: Bool { offset == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else {
                return false
            }
            offset += 1
            return true
        }

        mutating func digit() -> Int64? {
            guard offset < bytes.count else { return nil }
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            offset += 1
            return Int64(digit)
        }

        mutating func digits(_ count: Int) -> Int64? {
            var value: Int64 = 0
            for _ in 0..<count {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// Digits behind a point as microseconds; those past the sixth are dropped.
        mutating func fraction() -> Int64? {
            guard var value = digit() else { return nil }
            var count = 1
            while let next = digit() {
                if count < 6 { value = value * 10 + next }
                count += 1
            }
            while count < 6 {
                value *= 10
                count += 1
            }
            return value
        }

        /// Seconds east of UTC; 0 where no zone stands.
        mutating func zone() -> Int64? {
            if isAtEnd || take("Z") { return 0 }
            let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hour = digits(2), hour < 24 else { return nil }
            _ = take(":")
            guard let minute = isAtEnd ? 0 : digits(2), minute < 60 else { return nil }
            return sign * (hour * 3_600 + minute * 60)
        }
    }
}
