import Foundation
import RegistryModel
import SeededTesting
import Testing

@testable import Extracts

/// Entries that are written read back the same, whatever they hold.
///
/// Method: random entries of every kind are written in both formats and read again by the reader of
/// files, then compared with what was written; seeds are printed.
@Suite struct EntryRoundTripTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: CatalogKind
        var format: EntryFormat
        var seed: UInt64
        var testDescription: String { "\(kind) as \(format.rawValue), seed \(seed)" }
    }

    static let cases: [Case] = CatalogKind.allCases.flatMap { kind in
        EntryFormat.written.flatMap { format in
            PropertySeeds.many.map { Case(kind: kind, format: format, seed: $0) }
        }
    }

    @Test(arguments: cases) func whatIsWrittenReadsBackTheSame(test: Case) throws {
        var random = RandomEntries(seed: test.seed, kind: test.kind)
        let entries = try (0..<200).map { try random.entry($0) }
        let path = TemporaryFile.path("round-trip")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try RegistryFiles.write(entries, to: path, test.kind, test.format)
        let read = try RegistryFiles.read(path, test.kind, format: test.format)
        #expect(read.refused.isEmpty, "\(PropertySeeds.replay(test.seed))")
        try #require(read.entries.count == entries.count, "\(PropertySeeds.replay(test.seed))")
        let expected = Dictionary(uniqueKeysWithValues: entries.map { ($0.code, $0) })
        for entry in read.entries {
            let content = try EntryContent(entry.members, schema: test.kind.schema)
            let original = try #require(expected[entry.code])
            #expect(entry.period == original.period)
            #expect(
                content == original.content, "\(entry.code), \(PropertySeeds.replay(test.seed))")
        }
    }

    /// More keys than the first entries show stand in the field's own column.
    @Test func keysThatComeLateAreKept() throws {
        let path = TemporaryFile.path("late")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let entries = try (0..<ExtractLimits.entriesHeldMax + 2).map { number in
            try CatalogEntry(
                code: "\(number)", period: .always,
                content: EntryContent(
                    [
                        JSONMember("name", .string("n")),
                        JSONMember(
                            "beds",
                            .object([
                                JSONMember(number < 5 ? "total" : "late-\(number)", .integer(3))
                            ])),
                    ], schema: .facility))
        }
        try RegistryFiles.write([entries[0]] + entries.suffix(3), to: path, .facility, .csv)
        var writer = EntryTableWriter(path: path, schema: .facility)
        for entry in entries.prefix(5) { try writer.write(entry) }
        for _ in 5..<ExtractLimits.entriesHeldMax { try writer.write(entries[0]) }
        for entry in entries.suffix(2) { try writer.write(entry) }
        try writer.finish()
        let read = try RegistryFiles.read(path, .facility)
        let last = try #require(read.entries.last)
        #expect(
            try EntryContent(last.members, schema: .facility) == entries.last?.content)
    }
}

/// Files of registries in tests.
enum RegistryFiles {
    static func write(
        _ entries: [CatalogEntry], to path: String, _ kind: CatalogKind, _ format: EntryFormat
    ) throws {
        var writer = try EntryFileWriter(
            path: path, kind: kind, authority: "cl-deis", format: format)
        for entry in entries { try writer.write(entry) }
        try writer.finish()
    }

    static func read(
        _ path: String, _ kind: CatalogKind, authority: String = "cl-deis",
        format: EntryFormat? = nil, columns: [String: String] = [:]
    ) throws -> (entries: [StatedEntry], refused: [RefusedRow], unrecognised: [String]) {
        var file = try EntryFile(
            path: path, kind: kind, authority: authority, format: format, columns: columns)
        var entries: [StatedEntry] = []
        var refused: [RefusedRow] = []
        try file.read { result in
            switch result {
            case .success(let entry): entries.append(entry)
            case .failure(let row): refused.append(row)
            }
        }
        return (entries, refused, file.unrecognisedColumns)
    }
}

/// Places for files of a test.
enum TemporaryFile {
    static func path(_ name: String) -> String {
        NSTemporaryDirectory() + "padron-\(name)-\(UUID().uuidString)"
    }

    /// Writes a file and tells its path; the caller removes it.
    static func written(_ text: String, _ name: String = "file.csv") throws -> String {
        let folder = path("folder")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/" + name
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }
}
