import Testing

@testable import CommandLineInterface

/// Figures, tables and progress lines read well.
///
/// Method: literal expectations.
@Suite struct TerminalTests {
    @Test func thousandsAreGrouped() {
        #expect(Figures.grouped(0) == "0")
        #expect(Figures.grouped(999) == "999")
        #expect(Figures.grouped(1_070_000) == "1,070,000")
        #expect(Figures.grouped(-12_345) == "-12,345")
    }

    @Test func decimalsAreRounded() {
        #expect(Figures.decimal(0.98765, places: 3) == "0.988")
        #expect(Figures.decimal(-1.05, places: 0) == "-1")
        #expect(Figures.decimal(3.004, places: 2) == "3.00")
    }

    @Test func timesAreReadable() {
        #expect(Figures.clock(seconds: 4.4) == "4 s")
        #expect(Figures.clock(seconds: 185) == "3 min 05 s")
        #expect(Figures.clock(seconds: 7_620) == "2 h 07 min")
    }

    @Test func numbersStandToTheRight() {
        var table = TextTable(["source", "records"])
        table.add(["hospital-arica", "1,200"])
        table.add(["lab", "7"])
        #expect(
            table.lines == [
                "source          records", "hospital-arica    1,200", "lab                   7",
            ])
    }

    @Test func progressTellsRateAndTimeLeft() {
        let text = ProgressLine.text(
            label: "linking", unit: "records", done: 2_500, total: 10_000, elapsed: .seconds(5))
        #expect(text == "linking [======                  ] 25%  2,500 records  500/s  15 s left")
    }
}
