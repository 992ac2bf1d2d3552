import Registry
import SeededTesting
import Testing

/// Shows that what a book packs it unpacks, in fewer bytes, that it refuses other codes, and that it
/// says nothing of anybody.
///
/// Method: texts of few words with bytes of any kind between them, in a book learned from some of them,
/// and in the same book after it was written and read; codes cut short, and texts of another length;
/// books of many texts of one name and few, or one person's, of another.
@Suite(.timeLimit(.minutes(10)))
struct CodebookTests {
    @Test(arguments: PropertySeeds.few) func unpacksWhatItPacked(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let texts = (0..<600).map { _ in Self.text(&random) }
        let learned = try #require(Codebook.learned(from: Array(texts.prefix(300))))
        let read = try #require(Codebook(bytes: learned.bytes))
        #expect(read.bytes == learned.bytes)
        var packedBytes = 0
        for text in texts {
            var codes: [UInt8] = []
            learned.pack(text.span, to: &codes)
            packedBytes += codes.count
            #expect(Self.unpack(codes, count: text.count, by: read) == text)
            #expect(Self.unpack(codes, count: text.count + 1, by: read) == nil)
            if !codes.isEmpty {
                #expect(Self.unpack(codes.dropLast(), count: text.count, by: read) == nil)
            }
        }
        #expect(
            packedBytes * 2 < texts.reduce(0) { $0 + $1.count },
            "\(PropertySeeds.replay(seed))")
    }

    @Test func aBookThatKnowsNothingPacksEachByteInTwo() throws {
        let book = try #require(Codebook(bytes: []))
        var codes: [UInt8] = []
        book.pack(Array("Ñu".utf8).span, to: &codes)
        #expect(codes == [223, 0xC3, 223, 0x91, 223, 0x75])
        #expect(Self.unpack(codes, count: 3, by: book) == Array("Ñu".utf8))
        #expect(Codebook.learned(from: [[]]) == nil)
    }

    @Test func aBookOfOtherBytesIsRefused() {
        #expect(Codebook(bytes: [3, 65]) == nil)
        #expect(Codebook(bytes: [0]) == nil)
        #expect(Codebook(bytes: [17] + [UInt8](repeating: 65, count: 17)) == nil)
        #expect(Codebook(bytes: [1, 65, 1, 65]) == nil)
        #expect(Codebook(bytes: [1, 65, 2, 65, 66])?.bytes == [1, 65, 2, 65, 66])
    }

    @Test func whatFewSayIsNoPiece() throws {
        var texts = (0..<200).map { _ in Array("Ana María Soto".utf8) }
        for place in 0..<5 { texts[place] = Array("Zoroastra Quixada".utf8) }
        let book = try #require(Codebook.learned(from: texts))
        let written = String(decoding: book.bytes, as: UTF8.self)
        #expect(written.contains("Ana María Soto"))
        #expect(!written.contains("Zo"))
    }

    @Test func whatOneTextSaysOftenIsNoPiece() throws {
        var texts = (0..<200).map { _ in Array("Ana María Soto".utf8) }
        for place in 0..<5 {
            texts[place] = Array(String(repeating: "Zoroastra Quixada", count: 20).utf8)
        }
        let book = try #require(Codebook.learned(from: texts))
        let written = String(decoding: book.bytes, as: UTF8.self)
        #expect(written.contains("Ana María Soto"))
        #expect(!written.contains("Zo"))
        #expect(!written.contains("Quix"))
    }

    @Test func whatOnePersonsRecordsSayIsNoPiece() throws {
        var sample = ContentSample<Int>()
        for person in 0..<200 { sample.take(of: person) { Array("Ana María Soto".utf8) } }
        for _ in 0..<40 { sample.take(of: 200) { Array("Zoroastra Quixada".utf8) } }
        #expect(sample.texts.count == 201)
        let book = try #require(Codebook.learned(from: sample.texts))
        let written = String(decoding: book.bytes, as: UTF8.self)
        #expect(written.contains("Ana María Soto"))
        #expect(!written.contains("Zo"))
    }

    /// The text of codes; nil where they are not of a text of that length.
    private static func unpack(
        _ codes: some Collection<UInt8>, count: Int, by book: Codebook
    ) -> [UInt8]? {
        var text = [UInt8](repeating: 0, count: count + Codebook.pieceMax)
        let isRead = text.withUnsafeMutableBytes { text in
            Array(codes).withUnsafeBufferPointer { codes in
                guard let base = text.baseAddress else { return false }
                return book.unpack(codes, count: count, to: base)
            }
        }
        return isRead ? Array(text.prefix(count)) : nil
    }

    private static func text(_ random: inout SeededGenerator) -> [UInt8] {
        let words = ["region-norte", "cl-run", "González", "Muñoz", "María José", "Av. Matta"]
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<9, using: &random) {
            text += Array(words[Int.random(in: 0..<words.count, using: &random)].utf8)
            if Int.random(in: 0..<3, using: &random) == 0 {
                text.append(UInt8.random(in: 0 ... .max, using: &random))
            }
        }
        return text
    }
}
