/// When an entry is open in the week, as its `opening_hours` say.
package enum OpeningHours {
    /// The names of the days, Monday first.
    package static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// The minute of the day of a text `HH:MM`, 24:00 included; nil for other texts.
    package static func minute(_ text: String) -> Int? {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":") else { return nil }
        let values = [0, 1, 3, 4].map { Int(digits[$0]) - 0x30 }
        guard values.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let minute = (values[0] * 10 + values[1]) * 60 + values[2] * 10 + values[3]
        return values[2] <= 5 && minute <= 1_440 ? minute : nil
    }

    /// Whether hours hold a minute of a day; hours that end before they begin go on past midnight.
    ///
    /// `day` is in days since 1970-01-01, a Thursday.
    package static func isOpen(_ hours: JSONValue, day: Int32, minute: Int) -> Bool {
        let today = Int((day % 7 + 7 + 3) % 7)
        return (hours.array ?? []).contains { span in
            guard let name = span["day"]?.string, let weekday = days.firstIndex(of: name),
                let opens = span["opens"]?.string.flatMap(Self.minute),
                let closes = span["closes"]?.string.flatMap(Self.minute)
            else { return false }
            if opens < closes { return weekday == today && (opens..<closes).contains(minute) }
            return weekday == today && minute >= opens
                || (weekday + 1) % 7 == today && minute < closes
        }
    }
}
