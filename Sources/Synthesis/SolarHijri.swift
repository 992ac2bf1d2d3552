/// The Solar Hijri calendar of Iran, by the 2820-year rule's 33-year approximation.
///
/// It agrees with the official calendar for every day from 1300 to 1408 (1921 to 2030), which is
/// more than the generated people live through.
enum SolarHijri {
    /// Years of the leap years' cycle that have 366 days, counted from 1210 on.
    private static func isLeap(_ year: Int) -> Bool {
        // Leap years of the present grand cycle: 1, 5, 9, 13, 17, 22, 26, 30 of each 33 years.
        switch year % 33 {
        case 1, 5, 9, 13, 17, 22, 26, 30: true
        default: false
        }
    }

    /// Day number of 1 Farvardin 1300.
    private static let epoch = CivilDate.dayNumber(year: 1921, month: 3, day: 21)

    /// First days of the years from 1280 on.
    private static let yearStarts: [Int] = {
        var starts = [Int](repeating: epoch, count: 140)
        for year in 1301..<1420 {
            starts[year - 1280] = starts[year - 1281] + (isLeap(year - 1) ? 366 : 365)
        }
        for year in stride(from: 1299, through: 1280, by: -1) {
            starts[year - 1280] = starts[year - 1279] - (isLeap(year) ? 366 : 365)
        }
        return starts
    }()

    /// Year, month and day of a day number from 1901 on.
    static func components(of dayNumber: Int) -> CalendarDay {
        var place = min(max(0, (dayNumber - yearStarts[0]) / 365), yearStarts.count - 1)
        while place > 0, yearStarts[place] > dayNumber { place -= 1 }
        let day = dayNumber - yearStarts[place]
        let month = day < 186 ? day / 31 : 6 + (day - 186) / 30
        let first = month < 6 ? month * 31 : 186 + (month - 6) * 30
        return CalendarDay(year: 1280 + place, month: month + 1, day: day - first + 1)
    }

    /// Days that a month has in every year.
    static func days(inMonth month: Int) -> Int { month <= 6 ? 31 : month < 12 ? 30 : 29 }
}
