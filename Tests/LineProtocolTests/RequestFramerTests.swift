import SeededTesting
import LineProtocol
import Testing

/// Lines are found whatever the reads that brought them, and long ones cost no memory.
///
/// Method: literal expectations at the limits, and random splits compared with `split`.
@Suite struct RequestFramerTests {
    /// Lines of `bytes` as they come when fed in pieces, `nil` for one that was too long, and the
    /// most bytes that had to be kept between pieces.
    private func lines(of pieces: [[UInt8]]) -> (lines: [String?], keptMax: Int) {
        var framer = RequestFramer()
        var kept: [UInt8] = []
        var lines: [String?] = []
        var keptMax = 0
        for piece in pieces {
            kept += piece
            var offset = 0
            reading: while true {
                switch framer.next(in: kept.span.extracting(offset..<kept.count)) {
                case .line(let length, let consumed):
                    lines.append(String(decoding: kept[offset..<offset + length], as: UTF8.self))
                    offset += consumed
                case .tooLong(let consumed):
                    lines.append(nil)
                    offset += consumed
                case .incomplete(let consumed):
                    offset += consumed
                    break reading
                }
            }
            kept.removeFirst(offset)
            keptMax = max(keptMax, kept.count)
        }
        return (lines, keptMax)
    }

    @Test func endsOfLines() {
        let found = lines(of: [Array("PING\r\nA\n\n\r\nB\rC\nrest".utf8)])
        #expect(found.lines == ["PING", "A", "", "", "B\rC"])
        #expect(found.keptMax == 4)
    }

    @Test(arguments: ["\n", "\r\n"])
    func limit(lineEnd: String) {
        let longest = String(repeating: "x", count: ProtocolLimits.lineBytesMax)
        let text = Array((longest + lineEnd + "x" + longest + lineEnd + "PING" + lineEnd).utf8)
        #expect(lines(of: [text]).lines == [longest, nil, "PING"])
        let pieces = stride(from: 0, to: text.count, by: 1000).map { start in
            Array(text[start..<min(start + 1000, text.count)])
        }
        let found = lines(of: pieces)
        #expect(found.lines == [longest, nil, "PING"])
        #expect(found.keptMax <= ProtocolLimits.lineBytesMax + 2)
    }

    @Test func skippingKeepsNothing() {
        let pieces = Array(repeating: [UInt8](repeating: 0x78, count: 8192), count: 200)
        let found = lines(of: pieces + [Array("\nPING\n".utf8)])
        #expect(found.lines == [nil, "PING"])
        #expect(found.keptMax <= ProtocolLimits.lineBytesMax + 2)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func randomSplits(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let text = (0..<2000).map { _ in "ab\n\r".utf8.randomElement(using: &generator) ?? 0x61 }
        var pieces: [[UInt8]] = []
        var start = 0
        while start < text.count {
            let end = min(text.count, start + Int.random(in: 1...40, using: &generator))
            pieces.append(Array(text[start..<end]))
            start = end
        }
        let expected = text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
            .map { line in
                String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
            }
        #expect(lines(of: pieces).lines == expected, "seed \(seed)")
    }
}
