import Foundation
import Testing

/// `padron link` finds the same persons however their records are handed to it.
///
/// Method: the built program links a generated extract as it is, then with its rows in another order,
/// its columns in another order, its records under other ids, and in two files; each time on
/// another number of threads. Clusters are compared as sets of records, rows of equal content being
/// exchangeable.
@Suite struct PartitionPropertyTests {
    /// An extract as a table of text.
    private struct Table {
        var header: [Substring]
        var rows: [[Substring]]

        init(_ text: String) {
            let lines = text.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            header = lines[0]
            // A value with a comma of its own is quoted: such rows are left out.
            let count = header.count
            rows = lines.dropFirst().filter { $0.count == count }
        }

        var text: String {
            ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
        }

        /// The columns of each row that speak of a person.
        var contents: [Substring: String] {
            let own = header.indices.filter {
                !["record_id", "source", "local_id"].contains(header[$0])
            }
            return Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    (row[0], own.map { row[$0] }.joined(separator: ","))
                })
        }
    }

    /// The contents of the records of each cluster, in an order that depends on them alone.
    private func partition(
        _ arguments: [String], _ contents: [Substring: String], in folder: TemporaryFolder
    ) throws -> [[String]] {
        let run = try ProgramRun(["link"] + arguments + ["--output", "-"], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        var clusters: [Substring: [String]] = [:]
        for line in run.output.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            clusters[fields[1], default: []].append(try #require(contents[fields[0]]))
        }
        return clusters.values.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Another place for each place, seemingly without order.
    private func mixed(_ place: Int, of count: Int) -> Int { place * 7_919 % count }

    @Test(arguments: ["cl", "ir"]) func thePartitionStays(locale: String) throws {
        let folder = try TemporaryFolder()
        let generated = folder.path("generated.csv")
        let synth = [
            "synth", "--persons", "300", "--seed", "11", "--locale", locale, "--output", generated,
        ]
        #expect(try ProgramRun(synth, in: folder).status == 0)
        let table = Table(try String(contentsOfFile: generated, encoding: .utf8))
        let extract = try folder.write(table.text, to: "extract.csv")
        let expected = try partition([extract, "--threads", "1"], table.contents, in: folder)
        #expect(expected.contains { $0.count > 1 } && table.rows.count > 400)

        var shuffled = table
        shuffled.rows = table.rows.indices.map { table.rows[mixed($0, of: table.rows.count)] }
        let order = try folder.write(shuffled.text, to: "order.csv")
        #expect(
            try partition([order, "--threads", "2"], table.contents, in: folder) == expected)

        let places = Array(table.header.indices.reversed())
        var turned = table
        turned.header = places.map { table.header[$0] }
        turned.rows = table.rows.map { row in places.map { row[$0] } }
        let columns = try folder.write(turned.text, to: "columns.csv")
        #expect(
            try partition([columns, "--threads", "5"], table.contents, in: folder) == expected)

        var renamed = table
        for place in table.rows.indices {
            renamed.rows[place][0] = "n\(mixed(place, of: table.rows.count))"
        }
        let names = try folder.write(renamed.text, to: "names.csv")
        #expect(try partition([names], renamed.contents, in: folder) == expected)

        var (first, second) = (table, table)
        first.rows = Array(shuffled.rows.prefix(table.rows.count / 3))
        second.rows = Array(shuffled.rows.dropFirst(table.rows.count / 3))
        let files = [
            try folder.write(second.text, to: "a.csv"), try folder.write(first.text, to: "b.csv"),
        ]
        #expect(try partition(files, table.contents, in: folder) == expected)
    }
}
