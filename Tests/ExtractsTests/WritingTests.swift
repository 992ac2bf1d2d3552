import Extracts
import Foundation
import Testing

/// What is written reads back the same, and a file is there whole or not at all.
///
/// Method: random rows with a printed seed; files in a temporary folder; the full device.
@Suite struct WritingTests {
    private static func path(_ name: String) -> String {
        NSTemporaryDirectory() + "padron-writing-\(UUID().uuidString)-\(name)"
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 1, 2])
    func rowsReadBack(seed: UInt64) throws {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let alphabet = Array("ab,;|\"\t\n ñم'")
        let rows = (0..<500).map { _ in
            (0..<3).map { _ in
                let text = String((0..<next(12)).map { _ in alphabet[next(alphabet.count)] })
                return text.trimmingCharacters(in: .whitespacesAndNewlines)
            } + ["x"]
        }
        let path = Self.path("rows.csv")
        defer { try? FileManager.default.removeItem(atPath: path) }
        var writer = try DelimitedWriter(path: path, header: ["a", "b", "c", "d"])
        for row in rows {
            for value in row { writer.append(value) }
            try writer.endRow()
        }
        try writer.finish()
        var reader = try DelimitedReader.opened(path: path)
        for (number, row) in rows.enumerated() {
            let outcome = try reader.next()
            #expect(outcome == .row, "seed \(seed), row \(number)")
            let read = (0..<reader.fieldCount).map { reader.text(at: $0) }
            #expect(read == row, "seed \(seed), row \(number)")
        }
        let end = try reader.next()
        #expect(end == .end)
    }

    @Test func anUnfinishedFileLeavesNothing() throws {
        let path = Self.path("gone.csv")
        do {
            var writer = try DelimitedWriter(path: path, header: ["a"])
            writer.append("1")
            try writer.endRow()
        }
        let folder = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(!left.contains { $0.hasPrefix(name) })
    }

    @Test func aFullDiskIsNamedAndTheDeviceStays() throws {
        var writer = try DelimitedWriter(path: "/dev/full", header: ["a"])
        do throws(ExtractError) {
            try writer.finish()
            Issue.record("nothing was refused")
        } catch {
            #expect(error == .diskFull(path: "/dev/full"))
            #expect(!error.description.contains("\n"))
        }
        let kind = try FileManager.default.attributesOfItem(atPath: "/dev/full")[.type]
        #expect(kind as? FileAttributeType == .typeCharacterSpecial)
        let left = try FileManager.default.contentsOfDirectory(atPath: "/dev")
        #expect(!left.contains { $0.hasPrefix("full.") })
    }

    @Test func aLinkStaysOne() throws {
        let (path, link) = (Self.path("target.csv"), Self.path("link.csv"))
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        defer { for name in [path, link] { try? FileManager.default.removeItem(atPath: name) } }
        var writer = try DelimitedWriter(path: link, header: ["a"])
        try writer.finish()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "a\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    }

    @Test func aMissingFolderIsNamed() {
        #expect(
            throws: ExtractError.writeFailed(
                path: "/no/such/x.csv", reason: "no such file or directory")
        ) {
            _ = try DelimitedWriter(path: "/no/such/x.csv", header: ["a"])
        }
    }

    @Test func rejectsAppearOnlyWhereThereAreSome() throws {
        let path = Self.path("rejects.csv")
        defer { try? FileManager.default.removeItem(atPath: path) }
        var none = RejectsWriter(path: path)
        try none.finish()
        #expect(!FileManager.default.fileExists(atPath: path))
        var some = RejectsWriter(path: path)
        try some.write(RejectedRow(lineNumber: 7, reason: "too wide", bytes: Array("a,b".utf8)))
        try some.finish()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text == "line,reason,row\n7,too wide,\"a,b\"\n")
    }
}
