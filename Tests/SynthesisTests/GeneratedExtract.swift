import Synthesis

/// An extract that was generated in memory, read back by columns.
struct GeneratedExtract {
    let bytes: [UInt8]
    let truthBytes: [UInt8]
    let summary: SynthesisSummary
    let header: [String]
    let rows: [[String]]
    /// The person of each record.
    let persons: [String: String]
    /// Lines of the truth file without its header.
    let truthLines: Int

    init(
        persons: Int, locale: SynthesisLocale, seed: UInt64, rates: ErrorRates = .documented,
        windowPersonsMax: Int = 4096
    ) throws {
        var options = SynthesisOptions(persons: persons, locale: locale, seed: seed, rates: rates)
        options.windowPersonsMax = windowPersonsMax
        var extract: [UInt8] = []
        var truth: [UInt8] = []
        summary = try PopulationSynthesizer(options: options).generate(
            extract: { Self.append($0, to: &extract) }, truth: { Self.append($0, to: &truth) })
        bytes = extract
        truthBytes = truth
        var lines = Self.lines(of: extract).map(Self.fields)
        header = lines.isEmpty ? [] : lines.removeFirst()
        rows = lines
        var byRecord: [String: String] = [:]
        let truthRows = Self.lines(of: truth).dropFirst().map(Self.fields)
        for row in truthRows where row.count == 2 { byRecord[row[0]] = row[1] }
        self.persons = byRecord
        truthLines = truthRows.count
    }

    /// The place of a column.
    func place(_ column: String) -> Int { header.firstIndex(of: column) ?? -1 }

    /// The values of a column, in the rows' order.
    func values(_ column: String) -> [String] {
        let place = place(column)
        return rows.map { $0[place] }
    }

    private static func append(_ span: Span<UInt8>, to buffer: inout [UInt8]) {
        span.withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
    }

    private static func lines(of bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    /// Fields of a line of CSV without line breaks within fields.
    private static func fields(_ line: Substring) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        var quoted = false
        for byte in line.utf8 {
            switch byte {
            case UInt8(ascii: "\""): quoted.toggle()
            case UInt8(ascii: ",") where !quoted:
                fields.append(String(decoding: field, as: UTF8.self))
                field.removeAll()
            default: field.append(byte)
            }
        }
        fields.append(String(decoding: field, as: UTF8.self))
        return fields
    }
}
