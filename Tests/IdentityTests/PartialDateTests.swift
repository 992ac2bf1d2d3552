import SeededTesting
import Identity
import Testing

/// Dates of two calendars, whole and partial, are read as the days they mean, or refused.
///
/// Method: literal vectors published for the Solar Hijri calendar, its table of leap years, every
/// day from 1901 to 2059 there and back, and each accepted and refused form of writing.
@Suite struct PartialDateTests {
    @Test(arguments: [
        ("1300-01-01", "1921-03-21"), ("1334-01-01", "1955-03-22"), ("1357-11-22", "1979-02-11"),
        ("1370-12-29", "1992-03-19"), ("1375-12-30", "1997-03-20"), ("1379-12-30", "2001-03-20"),
        ("1387-12-30", "2009-03-20"), ("1399-12-30", "2021-03-20"), ("1400-01-01", "2021-03-21"),
        ("1403-12-30", "2025-03-20"), ("1404-01-01", "2025-03-21"), ("1408-12-30", "2030-03-20"),
    ])
    func solarHijriVectors(written: String, gregorian: String) throws {
        let date = try PartialDate(written)
        #expect(date.calendar == .solarHijri)
        #expect(date.converted(to: .gregorian)?.text == gregorian)
        #expect(try PartialDate(gregorian).firstDay == date.firstDay)
        #expect(try PartialDate(gregorian).converted(to: .solarHijri)?.text == written)
        #expect(date.text == written)
    }

    @Test func solarHijriLeapYears() {
        let leap = (1370...1410).filter(CalendarSystem.solarHijri.isLeap)
        #expect(leap == [1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408])
        let gregorian = (1896...1912).filter(CalendarSystem.gregorian.isLeap)
        #expect(gregorian == [1896, 1904, 1908, 1912])
        #expect(CalendarSystem.gregorian.isLeap(2000))
    }

    @Test(arguments: CalendarSystem.allCases)
    func everyDayGoesThereAndBack(calendar: CalendarSystem) throws {
        let start = try PartialDate("1901-01-01").firstDay
        let end = try PartialDate("2059-12-31").firstDay
        #expect(start == -25_202 && end == 32_871)
        var previous = CalendarDate(dayNumber: start - 1, calendar: calendar)
        for dayNumber in start...end {
            let date = CalendarDate(dayNumber: dayNumber, calendar: calendar)
            #expect(date.dayNumber == dayNumber)
            let sameMonth = date.year == previous.year && date.month == previous.month
            if sameMonth {
                #expect(date.day == previous.day + 1)
            } else {
                #expect(date.day == 1)
                let lastDay = calendar.daysOfMonth(previous.month, in: previous.year)
                #expect(previous.day == lastDay)
                #expect(date.month == previous.month % 12 + 1)
                #expect(date.year == previous.year + (date.month == 1 ? 1 : 0))
            }
            let read = try PartialDate(PartialDate(date).text)
            #expect(read == PartialDate(date))
            previous = date
        }
    }

    @Test func theEndsOfBothCalendarsGoThereAndBack() throws {
        for calendar in CalendarSystem.allCases {
            for year in [calendar.years.lowerBound, calendar.years.upperBound] {
                for month in 1...12 {
                    let day = calendar.daysOfMonth(month, in: year)
                    let date = try CalendarDate(
                        calendar: calendar, year: year, month: month, day: day)
                    #expect(CalendarDate(dayNumber: date.dayNumber, calendar: calendar) == date)
                }
            }
        }
    }

    @Test(arguments: [
        ("1990-05-12", "1990-05-12"), ("19900512", "1990-05-12"), ("12/05/1990", "1990-05-12"),
        ("12.5.1990", "1990-05-12"), ("1-12-1990", "1990-12-01"), ("1990/5/2", "1990-05-02"),
        (" 1990-05-12 ", "1990-05-12"), ("1990-05-12T23:59:59.5Z", "1990-05-12"),
        ("1990-05-12 00:00:00", "1990-05-12"), ("19900512235959", "1990-05-12"),
        ("199005122359", "1990-05-12"), ("1990", "1990"), ("1990-05", "1990-05"),
        ("05/1990", "1990-05"), ("2000-02-29", "2000-02-29"), ("۱۳۷۰/۰۵/۱۲", "1370-05-12"),
        ("١٣٧٠-٥-١٢", "1370-05-12"), ("\u{200F}1370/5/12", "1370-05-12"),
        ("13700512", "1370-05-12"),
        ("12/5/1370", "1370-05-12"), ("1370", "1370"), ("1370/05", "1370-05"),
        ("9999-12-31", "9999-12-31"),
    ])
    func acceptedForms(written: String, canonical: String) throws {
        let date = try PartialDate(written)
        #expect(date.text == canonical)
        #expect(try PartialDate(date.text) == date)
    }

    @Test(arguments: [
        ("", DateError.empty), ("  ", .empty), ("unknown", .unreadable),
        ("12 May 1990", .unreadable),
        ("1402-12-30", .impossibleDate), ("1404-12-30", .impossibleDate),
        ("1400-07-31", .impossibleDate), ("1400-13-01", .impossibleDate),
        ("1400-00-00", .impossibleDate), ("1990-02-30", .impossibleDate),
        ("1900-02-29", .impossibleDate), ("12/25/1990", .impossibleDate),
        ("1990-00-12", .impossibleDate), ("12/05/90", .twoDigitYear), ("90-05-12", .twoDigitYear),
        ("0001-01-01", .yearOutOfRange), ("1199-01-01", .yearOutOfRange), ("199005", .unreadable),
        ("1990-05/12", .unreadable), ("1990--12", .unreadable), ("1990-05-", .unreadable),
        ("-1990", .unreadable), ("1990-05-12-01", .unreadable), ("1990 05 12", .unreadable),
        ("123456789012345678901234567890", .unreadable), ("19900512999999", .unreadable),
        ("1990-05-12x", .unreadable), ("\u{FFFD}", .unreadable), ("T", .unreadable),
    ])
    func refusedForms(written: String, error: DateError) {
        #expect(throws: error) { try PartialDate(written) }
    }

    @Test func partialDatesAreIntervals() throws {
        let year = try PartialDate("1370")
        #expect(year.precision == .year)
        #expect(year.year == 1991 && year.month == 3 && year.day == 21)
        #expect(CalendarDate(dayNumber: year.lastDay).year == 1992)
        #expect(year.lastDay - year.firstDay == 365)
        let gregorian = try PartialDate("1992")
        #expect(gregorian.overlaps(year))
        #expect(!gregorian.overlaps(try PartialDate("1993-01")))
        #expect(try PartialDate("2024-02").lastDay == PartialDate("2024-02-29").lastDay)
        #expect(try PartialDate("1403-12").lastDay == PartialDate("2025-03-20").lastDay)
        #expect(year.converted(to: .gregorian) == nil)
    }

    @Test(arguments: [
        ("1990-01-01", true), ("1900-01-01", true), ("1990-12-31", true), ("1370-01-01", true),
        ("1370-12-29", false), ("1990-01-02", false), ("1990", false), ("1991-03-21", false),
        ("1278-10-11", true), ("1279-10-11", true), ("1348-10-11", true), ("1347-10-11", false),
    ])
    func defaultDays(written: String, isDefault: Bool) throws {
        #expect(try PartialDate(written).isDefault == isDefault)
    }

    @Test func errorsShowNoText() {
        for error in [
            DateError.empty, .unreadable, .twoDigitYear, .yearOutOfRange, .impossibleDate,
        ] {
            #expect(!error.description.hasSuffix("."))
            #expect(error.description.first?.isUppercase == false)
        }
    }

    @Test func anyBytesAreReadOrRefused() {
        let seed: UInt64 = 1_370_05_12
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789-/. T\u{6F1}".utf8)
        for _ in 0..<50_000 {
            let length = Int.random(in: 0...20, using: &random)
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            guard let date = try? PartialDate(parsing: bytes.span) else { continue }
            #expect((try? PartialDate(date.text)) == date, "seed \(seed): \(bytes)")
        }
    }
}
