import SeededTesting
import Similarity
import Testing

/// A text column keeps the units it promises and a signature that never overstates a difference.
///
/// Method: literal units for each folding rule, malformed bytes, and random pairs whose shared units
/// are counted by hand and compared with the bound.
@Suite struct TextColumnTests {
    static let foldings: [(bytes: [UInt8], units: [UInt16])] = [
        ([0x41, 0x6E, 0x61], [65, 110, 97]),
        ([0], [0xFFFD]),
        ([0xC3, 0xB1, 0xDB, 0x8C], [0xF1, 0x6CC]),
        // U+1F642.
        ([0xF0, 0x9F, 0x99, 0x82], [0xDE42]),
        ([0xFF, 0x41], [0xFFFD, 0x41]),
        ([0xC3], [0xFFFD]),
        ([0xC0, 0x80], [0xFFFD, 0xFFFD]),
        ([0xED, 0xA0, 0x80], [0xFFFD, 0xFFFD, 0xFFFD]),
        ([0xE2, 0x82, 0x41], [0xFFFD, 0xFFFD, 0x41]),
        ([], []),
    ]

    @Test(arguments: foldings)
    func foldsToUnits(bytes: [UInt8], expected: [UInt16]) {
        var column = TextColumn()
        let row = column.append(utf8: bytes.span)
        #expect(column.units(of: row) == expected)
        #expect(column.length(of: row) == expected.count)
    }

    @Test func cutsLongValues() {
        var column = TextColumn()
        let row = column.append(String(repeating: "x", count: 100))
        #expect(column.length(of: row) == TextColumn.unitsMax)
        #expect(column.units(of: row) == [UInt16](repeating: 120, count: 64))
    }

    @Test func signaturesBoundWhatValuesShare() {
        var generator = SeededGenerator(seed: 7)
        var column = TextColumn()
        for _ in 0..<2_000 {
            let text = randomText(lengthMax: 20, &generator)
            let rows = (column.append(text), column.append(edited(text, edits: 3, &generator)))
            var rest = column.units(of: rows.1)
            var shared = 0
            for unit in column.units(of: rows.0) {
                if let place = rest.firstIndex(of: unit) {
                    rest.remove(at: place)
                    shared += 1
                }
            }
            let signatures = (column.signature(of: rows.0), column.signature(of: rows.1))
            let leftOnly = (signatures.0 & ~signatures.1).nonzeroBitCount
            let rightOnly = (signatures.1 & ~signatures.0).nonzeroBitCount
            #expect(shared <= column.length(of: rows.0) - leftOnly)
            #expect(shared <= column.length(of: rows.1) - rightOnly)
        }
    }
}
