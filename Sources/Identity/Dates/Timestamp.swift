/// Points in time as text (ISO 8601, RFC 3339), in microseconds since 1970 UTC.
package enum Timestamp {
    private static let microsecondsADay: Int64 = 86_400_000_000

    /// The time that a text names; nil where it names none.
    ///
    /// Taken are a Gregorian date, `2024-05-31` or `20240531`, at midnight UTC, and behind it, after
    /// a `T` or a space, `08:15` or `08:15:30` with a fraction and a zone, `Z`, `+02:00` or `+0200`.
    /// A time without zone is UTC; digits beyond microseconds are dropped.
    package static func microseconds(of text: String) -> Int64? {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.number(digits: 4) else { return nil }
        let isHyphenated = reader.take("-")
        guard let month = reader.number(digits: 2), !isHyphenated || reader.take("-"),
            let day = reader.number(digits: 2),
            let date = try? CalendarDate(
                calendar: .gregorian, year: Int(year), month: Int(month), day: Int(day))
        else { return nil }
        let midnight = Int64(date.dayNumber) * microsecondsADay
        if reader.isAtEnd { return midnight }
        guard reader.take("T") || reader.take(" "), let time = reader.timeOfDay(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        return midnight + time - offset
    }

    /// The time as text, with microseconds, in UTC.
    package static func text(of microseconds: Int64) -> String {
        var day = microseconds / microsecondsADay
        if microseconds < day * microsecondsADay { day -= 1 }
        let rest = microseconds - day * microsecondsADay
        let date = CalendarDate(dayNumber: Int32(clamping: day))
        let seconds = rest / 1_000_000
        return padded(Int64(date.year), 4) + "-" + padded(Int64(date.month), 2) + "-"
            + padded(Int64(date.day), 2) + "T" + padded(seconds / 3600, 2) + ":"
            + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2) + "."
            + padded(rest % 1_000_000, 6) + "Z"
    }

    private static func padded(_ number: Int64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// Takes digits and characters from the front of a text.
    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: character) else {
                return false
            }
            place += 1
            return true
        }

        mutating func digit() -> Int64? {
            guard place < bytes.count, (0x30...0x39).contains(bytes[place]) else { return nil }
            place += 1
            return Int64(bytes[place - 1] - 0x30)
        }

        mutating func number(digits: Int) -> Int64? {
            var number: Int64 = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                number = number * 10 + digit
            }
            return number
        }

        /// Microseconds since midnight.
        mutating func timeOfDay() -> Int64? {
            guard let hour = number(digits: 2), hour < 24, take(":"),
                let minute = number(digits: 2), minute < 60
            else { return nil }
            let whole = (hour * 3600 + minute * 60) * 1_000_000
            guard take(":") else { return whole }
            guard let second = number(digits: 2), second < 60 else { return nil }
            guard take(".") else { return whole + second * 1_000_000 }
            var fraction: Int64 = 0
            var count = 0
            while let digit = digit() {
                if count < 6 { fraction = fraction * 10 + digit }
                count += 1
            }
            guard count > 0 else { return nil }
            for _ in min(count, 6)..<6 { fraction *= 10 }
            return whole + second * 1_000_000 + fraction
        }

        /// Microseconds east of UTC; 0 where no zone stands.
        mutating func offset() -> Int64? {
            if isAtEnd || take("Z") { return 0 }
            let isWest = take("-")
            guard isWest || take("+"), let hours = number(digits: 2), hours < 24 else {
                return nil
            }
            _ = take(":")
            guard let minutes = isAtEnd ? 0 : number(digits: 2), minutes < 60 else { return nil }
            return (isWest ? -1 : 1) * (hours * 60 + minutes) * 60_000_000
        }
    }
}
