import Foundation
import Synthesis

/// The extracts of one generated population, as a registry receives them one after the other.
///
/// The rows of a population are dealt out, so that each part holds records of people whom the others
/// know, and of people whom they do not.
struct RegistryExtracts {
    /// Goes into the empty index.
    let base: String
    /// Goes into the filled index.
    let more: String
    /// Comes in bulk while live writes go on.
    let bulk: String
    /// Comes as live writes.
    let live: String

    /// Parts of twenty that each extract gets.
    private static let shares = (base: 13, more: 2, bulk: 2, live: 3)
    /// Records that the generator makes for each person, about.
    private static let recordsPerPerson = 1.78

    /// Generates a population of which `base` has about so many records.
    init(records: Int, in folder: TemporaryFolder) throws(BenchmarkError) {
        let all = Double(records) * 20 / Double(Self.shares.base)
        let extract = try LabelledExtract.generated(
            .cl, persons: Int(all / Self.recordsPerPerson), in: folder)
        (base, more) = (folder.path("base.csv"), folder.path("more.csv"))
        (bulk, live) = (folder.path("bulk.csv"), folder.path("live.csv"))
        do {
            try deal(extract.path)
            try FileManager.default.removeItem(atPath: extract.path)
            try FileManager.default.removeItem(atPath: extract.truthPath)
        } catch {
            throw BenchmarkError(message: "\(error)", status: 1)
        }
    }

    private func deal(_ path: String) throws {
        let text = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        var parts = try [base, more, bulk, live].map { try DealtFile(path: $0) }
        var line = 0
        var start = text.startIndex
        while start < text.endIndex {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex - 1
            // Each part begins with the header.
            let takers = line == 0 ? parts.indices : Self.part(of: line)..<Self.part(of: line) + 1
            for part in takers { try parts[part].write(text[start...end]) }
            line += 1
            start = end + 1
        }
        for part in parts.indices { try parts[part].finish() }
    }

    private static func part(of line: Int) -> Int {
        let place = line % 20
        return place < shares.base
            ? 0
            : place < shares.base + shares.more
                ? 1 : place < shares.base + shares.more + shares.bulk ? 2 : 3
    }
}

/// A file that lines are dealt to.
private struct DealtFile {
    private static let bufferBytes = 1 << 20

    private let file: FileHandle
    private var buffer = Data()

    init(path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        file = try FileHandle(forWritingTo: URL(filePath: path))
    }

    mutating func write(_ line: Data) throws {
        buffer.append(line)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    mutating func finish() throws {
        try flush()
        try file.close()
    }

    private mutating func flush() throws {
        try file.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
