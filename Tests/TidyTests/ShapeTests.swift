import Foundation
import Testing

/// Files and functions stay small enough to be read at one sitting, and nothing is left open.
///
/// Method: the text of every Swift file; a function ends where its closing brace stands at its
/// own indentation, which the formatter guarantees.
@Suite struct ShapeTests {
    static let linesMax = 700
    static let functionLinesMax = 70

    @Test func filesAreShort() throws {
        for file in Checkout.swiftFiles where !isTable(file) {
            let count = try Checkout.lines(of: file).count
            #expect(count <= Self.linesMax, "\(file) has \(count) lines")
        }
    }

    @Test func functionsAreShort() throws {
        for file in Checkout.swiftFiles where !isTable(file) {
            let lines = try Checkout.lines(of: file)
            for (start, line) in lines.enumerated() where isFunction(line) {
                let indentation = line.prefix { $0 == " " }
                guard let end = lines[start...].firstIndex(where: { $0 == indentation + "}" })
                else { continue }
                let count = end - start + 1
                #expect(
                    count <= Self.functionLinesMax, "\(file):\(start + 1): \(count) lines")
            }
        }
    }

    @Test func nothingIsLeftOpen() throws {
        // Written in two parts so that this file does not find itself.
        let words = [
            "TO" + "DO", "FIX" + "ME", "X" + "XX ", "not " + "implemented",
            "@_implementation" + "Only",
        ]
        for file in Checkout.swiftFiles {
            let text = try Checkout.text(of: file)
            for word in words { #expect(!text.contains(word), "\(file) says \(word)") }
        }
    }

    @Test func noPlaceholderIsLeft() {
        for file in Checkout.swiftFiles {
            #expect(!file.hasSuffix("/Placeholder.swift"), "\(file) waits for its real files")
        }
    }

    @Test func testsUseSwiftTestingOnly() throws {
        for file in Checkout.files(below: "Tests", suffix: ".swift") {
            for line in try Checkout.lines(of: file) { #expect(line != "import XC" + "Test") }
        }
    }

    /// Name lists are data in a Swift file, not code.
    private func isTable(_ file: String) -> Bool { file.contains("/Names/") }

    private func isFunction(_ line: Substring) -> Bool {
        let text = line.drop { $0 == " " }
        guard text.hasSuffix("{") else { return false }
        return text.contains("func ") && !text.hasPrefix("//")
    }
}
