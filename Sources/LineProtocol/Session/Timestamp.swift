/// Points in time as the protocol writes them (RFC 3339), in microseconds since 1970 UTC.
package enum Timestamp {
    /// The time that a text names; nil where it names none.
    ///
    /// Taken are `YYYY-MM-DD` (midnight UTC) and `YYYY-MM-DDTHH:MM:SS[.fraction]` with `Z` or
    /// `±HH:MM`; a space may stand for the `T`, digits beyond microseconds are dropped.
    package static func microseconds(of text: String) -> Int64? {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.number(digits: 4), reader.take("-"),
            let month = reader.number(digits: 2), (1...12).contains(month), reader.take("-"),
            let day = reader.number(digits: 2), (1...daysIn(month, of: year)).contains(day)
        else { return nil }
        let midnight = daysSince1970(year: year, month: month, day: day) * 86_400_000_000
        if reader.isAtEnd { return midnight }
        guard reader.take("T") || reader.take(" "),
            let hour = reader.number(digits: 2), hour < 24, reader.take(":"),
            let minute = reader.number(digits: 2), minute < 60, reader.take(":"),
            let second = reader.number(digits: 2), second < 60,
            let fraction = reader.fraction(), let offset = reader.offsetMinutes(), reader.isAtEnd
        else { return nil }
        let minutes = hour * 60 + minute - offset
        return midnight + (minutes * 60 + second) * 1_000_000 + fraction
    }

    /// The time as text, with microseconds, in UTC.
    package static func text(of microseconds: Int64) -> String {
        let day =
            microseconds >= 0
            ? microseconds / 86_400_000_000 : -((-microseconds + 86_399_999_999) / 86_400_000_000)
        let rest = microseconds - day * 86_400_000_000
        let (year, month, date) = civil(day)
        let seconds = rest / 1_000_000
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(date, 2) + "T"
            + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":"
            + padded(seconds % 60, 2) + "." + padded(rest % 1_000_000, 6) + "Z"
    }

    private static func padded(_ number: Int64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1 January 1970, by Howard Hinnant's algorithm "days_from_civil" for years from 0.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 + 400 : year + 400
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era - 1) * 146_097 + dayOfEra - 719_468
    }

    /// Year, month and day of a count of days, by Hinnant's "civil_from_days".
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468 + 146_097
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let place = (5 * dayOfYear + 2) / 153
        let month = place < 10 ? place + 3 : place - 9
        let year = yearOfEra + (era - 1) * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * place + 2) / 5 + 1)
    }

    /// Takes digits and characters from the front of a text.
    private struct Reader {
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
            guard offset < bytes.count, (0x30...0x39).contains(bytes[offset]) else { return nil }
            offset += 1
            return Int64(bytes[offset - 1] - 0x30)
        }

        mutating func number(digits: Int) -> Int64? {
            var number: Int64 = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                number = number * 10 + digit
            }
            return number
        }

        /// Microseconds behind a period, 0 where there is none.
        mutating func fraction() -> Int64? {
            guard take(".") else { return 0 }
            var fraction: Int64 = 0
            var count = 0
            while let digit = digit() {
                if count < 6 { fraction = fraction * 10 + digit }
                count += 1
            }
            guard count > 0 else { return nil }
            for _ in min(count, 6)..<6 { fraction *= 10 }
            return fraction
        }

        mutating func offsetMinutes() -> Int64? {
            if take("Z") { return 0 }
            let isWest = take("-")
            guard isWest || take("+"), let hours = number(digits: 2), hours < 24, take(":"),
                let minutes = number(digits: 2), minutes < 60
            else { return nil }
            return (isWest ? -1 : 1) * (hours * 60 + minutes)
        }
    }
}
