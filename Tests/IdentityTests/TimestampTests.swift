import Identity
import Testing

/// A time reads as the moment it names, and writes back to that moment.
///
/// Method: literal expectations.
@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("19700101", 0), ("1970-01-01T00:00:01Z", 1_000_000),
        ("2000-02-29T12:30:15.25Z", 951_827_415_250_000),
        ("2026-11-21 04:00:00.1234567-03:00", 1_795_244_400_123_456),
        ("1969-12-31T23:59:59.999999Z", -1), ("1900-01-01", -2_208_988_800_000_000),
        ("2024-05-31T08:15", 1_717_143_300_000_000),
        ("2024-05-31T08:15:30+0200", 1_717_136_130_000_000),
    ])
    func readsTheMoment(text: String, microseconds: Int64) {
        #expect(Timestamp.microseconds(of: text) == microseconds)
        #expect(Timestamp.microseconds(of: Timestamp.text(of: microseconds)) == microseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-29", "2026-01-01T", "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Z ", "2026-0101", "31/12/2020",
    ])
    func otherTextsAreRefused(text: String) { #expect(Timestamp.microseconds(of: text) == nil) }

    @Test func writesUTC() {
        #expect(Timestamp.text(of: 951_827_415_250_000) == "2000-02-29T12:30:15.250000Z")
        #expect(Timestamp.text(of: -1) == "1969-12-31T23:59:59.999999Z")
    }
}
