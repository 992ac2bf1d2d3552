import Identity

/// Sex, birth date and birth place as they are taken down.
extension RecordComposer {
    mutating func writeSex(_ person: SyntheticPerson) {
        let female = (person.sex == .female) != strikes(.sexFlipped)
        let words = profile.sexWords
        let text: String =
            switch source.sexStyle {
            case .letter: female ? "F" : "M"
            case .word: female ? words.female : words.male
            case .digit: female ? "2" : "1"
            }
        values[Column.sex.rawValue].append(contentsOf: text.utf8)
    }

    mutating func writeBirth(_ person: SyntheticPerson) {
        var day = person.birthDay
        if strikes(.birthDayOff) { day += random.below(2) == 0 ? 1 : -1 }
        var date = CivilDate.components(of: day, in: source.dateStyle.calendar)
        spoil(&date, calendar: source.dateStyle.calendar)
        append(date, in: source.dateStyle, to: .birthDate)
        let place = profile.places[person.birthPlace]
        guard !profile.communities[person.community].bornAbroad || profile.locale == .fr else {
            return
        }
        if profile.locale == .cl || profile.locale == .ir {
            profile.pool.append(place.name, to: &values[Column.birthPlace.rawValue])
        } else {
            values[Column.birthPlace.rawValue].append(contentsOf: place.code.utf8)
        }
    }

    /// Errors in the parts of a date; what comes out is a day of the calendar.
    private mutating func spoil(_ date: inout CalendarDay, calendar: CalendarSystem) {
        let solarHijri = calendar == .solarHijri
        if strikes(.birthPlaceholder) {
            date = CalendarDay(year: solarHijri ? 1300 : 1900, month: 1, day: 1)
            return
        }
        if strikes(.birthYearOnly) {
            let lastDay = !solarHijri && random.below(4) == 0
            date = CalendarDay(
                year: date.year, month: lastDay ? 12 : 1, day: lastDay ? 31 : 1)
            return
        }
        if date.day <= 12, date.day != date.month, strikes(.dayMonthSwapped) {
            (date.day, date.month) = (date.month, date.day)
        }
        if strikes(.birthYearOff) {
            let years = random.below(3) == 0 ? 10 : 1
            date.year += random.below(2) == 0 ? years : -years
            date.day = min(date.day, 28)
        }
        if strikes(.birthDigit) { changeDigit(of: &date, calendar: calendar) }
    }

    /// Changes the last digit of the year or a digit of month or day.
    private mutating func changeDigit(of date: inout CalendarDay, calendar: CalendarSystem) {
        for _ in 0..<16 {
            var changed = date
            switch random.below(4) {
            case 0: changed.year += random.below(10) - date.year % 10
            case 1: changed.month += random.below(10) - date.month % 10
            case 2: changed.day += random.below(10) - date.day % 10
            default: changed.day += (random.below(4) - date.day / 10) * 10
            }
            guard changed != date, (1...12).contains(changed.month),
                (1...calendar.daysOfMonth(changed.month, in: changed.year)).contains(changed.day)
            else { continue }
            date = changed
            return
        }
    }

    /// Appends a day in the source's calendar and form.
    mutating func appendDate(_ day: Int, to column: Column) {
        let date = CivilDate.components(of: day, in: source.dateStyle.calendar)
        append(date, in: source.dateStyle, to: column)
    }

    mutating func append(
        _ date: CalendarDay, in style: SourceProfile.DateStyle, to column: Column
    ) {
        let place = column.rawValue
        switch style {
        case .compact:
            Self.append(date.year, width: 4, to: &values[place])
            Self.append(date.month, width: 2, to: &values[place])
            Self.append(date.day, width: 2, to: &values[place])
        case .slashes, .hyphens:
            let separator = UInt8(ascii: style == .slashes ? "/" : "-")
            Self.append(date.day, width: 2, to: &values[place])
            values[place].append(separator)
            Self.append(date.month, width: 2, to: &values[place])
            values[place].append(separator)
            Self.append(date.year, width: 4, to: &values[place])
        case .iso, .solarHijri, .solarHijriPersianDigits:
            let separator = UInt8(ascii: style == .iso ? "-" : "/")
            Self.append(date.year, width: 4, to: &values[place])
            values[place].append(separator)
            Self.append(date.month, width: 2, to: &values[place])
            values[place].append(separator)
            Self.append(date.day, width: 2, to: &values[place])
        }
        if style == .solarHijriPersianDigits { writePersianDigits(column) }
    }

    /// Replaces ASCII digits by U+06F0 to U+06F9.
    mutating func writePersianDigits(_ column: Column) {
        swap(&scratch, &values[column.rawValue])
        values[column.rawValue].removeAll(keepingCapacity: true)
        for byte in scratch {
            guard (0x30...0x39).contains(byte) else {
                values[column.rawValue].append(byte)
                continue
            }
            values[column.rawValue].append(0xDB)
            values[column.rawValue].append(0xB0 + byte - 0x30)
        }
    }
}
