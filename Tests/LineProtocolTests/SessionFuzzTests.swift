import SeededTesting
import LineProtocol
import RegistryModel
import Testing

/// No input makes a session fail, and replies do not depend on how the input was cut up.
///
/// Method: random bytes, random mutations of valid lines, and random splits of valid pipelines,
/// each from a printed seed; every line must get one reply.
@Suite struct SessionFuzzTests {
    private static let lines = [
        "PING", "@t1 PING", "HELLO 1", "HELP", "help get", "", "\r", "GET patient cl-run:1-9",
        "@x GET patient euid:00000000000013", "XREF cl-run:1-9 to=a", "STATS",
        "MATCH given=\"Ana María\" family=Ñúñez limit=3", "MATCH {\"given\":\"Ana\"}",
        "PUT patient source=north local_id=1 given=Ana", "PUT patient source=south local_id=1",
        "AUTH token=reader-token purpose=treatment", "AUTH token=feeder-token", "NONSENSE",
        "GET patient \"cl-run:a b\"", "PUT patient source=north local_id=2 {\"phone\":[\"1\"]}",
    ]

    private func pieces(
        of bytes: [UInt8], using generator: inout SeededGenerator
    ) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...50, using: &generator))
            pieces.append(Array(bytes[start..<end]))
            start = end
        }
        return pieces
    }

    @Test(arguments: Array(1...20) as [UInt64])
    func splitsDoNotMatter(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var text = ""
        for _ in 0..<60 {
            text += SessionFuzzTests.lines.randomElement(using: &generator) ?? ""
            text += Bool.random(using: &generator) ? "\n" : "\r\n"
        }
        var whole = SessionDriver()
        whole.feed(text)
        var cut = SessionDriver()
        for piece in pieces(of: Array(text.utf8), using: &generator) { cut.feed(piece) }
        #expect(whole.text == cut.text, "seed \(seed)")
        #expect(whole.performed == cut.performed, "seed \(seed)")
    }

    @Test(arguments: Array(1...20) as [UInt64])
    func delaysOfWritesDoNotMatter(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var text = "AUTH token=feeder-token\n"
        for _ in 0..<60 {
            text += (SessionFuzzTests.lines.randomElement(using: &generator) ?? "") + "\n"
        }
        var atOnce = SessionDriver()
        atOnce.feed(text)
        var delayed = SessionDriver()
        delayed.holdsWrites = true
        for piece in pieces(of: Array(text.utf8), using: &generator) {
            delayed.feed(piece)
            if Int.random(in: 0..<4, using: &generator) == 0 {
                delayed.answerWrites(
                    inOrder: delayed.openWrites.indices.shuffled(using: &generator))
            }
        }
        while !delayed.openWrites.isEmpty {
            delayed.answerWrites(inOrder: delayed.openWrites.indices.shuffled(using: &generator))
        }
        #expect(atOnce.text == delayed.text, "seed \(seed)")
    }

    @Test(arguments: Array(1...20) as [UInt64])
    func everyLineGetsOneReply(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var line = Array((SessionFuzzTests.lines.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let byte = UInt8.random(in: 0...255, using: &generator)
                let place = Int.random(in: 0...line.count, using: &generator)
                if Bool.random(using: &generator) || place == line.count {
                    line.insert(byte, at: place)
                } else {
                    line[place] = byte
                }
            }
            line.removeAll { $0 == 0x0A }
            var driver = SessionDriver()
            driver.feed("AUTH token=feeder-token\n")
            driver.output = []
            driver.feed(line + [0x0A])
            let isEmpty = line.isEmpty || line == [0x0D]
            let replies = driver.text.split(separator: "\n").filter { !$0.hasPrefix("{") }
            #expect(replies.count == (isEmpty ? 0 : 1), "seed \(seed), line \(line)")
            #expect(driver.session.openRequestsCount == 0)
        }
    }

    @Test(arguments: Array(1...10) as [UInt64])
    func randomBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var driver = SessionDriver()
        for _ in 0..<100 {
            let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
            driver.feed(bytes)
            driver.output = []
        }
        #expect(driver.session.openRequestsCount == 0, "seed \(seed)")
    }
}
