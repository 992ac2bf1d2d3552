import SeededTesting
import Similarity
import Testing

/// Levels of sets of bits, and overlaps of token sets, are those of counting.
///
/// Method: signatures of random values and random sets of every count against sets of numbers; literal
/// values; thresholds that are met exactly.
@Suite struct GramTests {
    @Test(arguments: [GramSignature.Measure.dice, .jaccard, .containment], [UInt64(1), 2])
    func levelsEqualTheReference(measure: GramSignature.Measure, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var column = TextColumn()
        var signatures = [GramSignature(bits: .zero), GramSignature(bits: ~.zero)]
        for _ in 0..<150 {
            let text = randomText(lengthMax: 40, &generator)
            for value in [text, edited(text, edits: 2, &generator)] {
                signatures.append(GramSignature(of: column.append(value), in: column))
            }
            let bits = SIMD4<UInt64>.random(in: 0...UInt64.max, using: &generator)
            let other = SIMD4<UInt64>.random(in: 0...UInt64.max, using: &generator)
            signatures.append(
                GramSignature(bits: Bool.random(using: &generator) ? bits : bits & other))
        }
        var candidates = GramCandidates()
        candidates.pack(signatures.span)
        let thresholds: [Float] = [0.5, 2.0 / 3.0, 0.8, 1]
        var levels = [UInt8](repeating: 99, count: signatures.count)
        let sets = signatures.map(places)
        var wrong = 0
        for left in signatures.indices.shuffled(using: &generator).prefix(100) {
            var span = levels.mutableSpan
            candidates.levels(
                of: signatures[left], thresholds: thresholds.span, measure: measure, into: &span)
            for right in signatures.indices {
                let score = reference(sets[left], sets[right], measure)
                if Int(levels[right]) != thresholds.count(where: { score >= $0 }) { wrong += 1 }
            }
        }
        #expect(wrong == 0, "seed \(seed)")
    }

    @Test func signaturesHoldNeighbouringPairs() {
        var column = TextColumn()
        let rows = ["", "A", "ANA", "ANANA", "ÑÁ🙂", "🙂ÁÑ"].map { column.append($0) }
        let signatures = rows.map { GramSignature(of: $0, in: column) }
        #expect(signatures.map(\.count) == [0, 2, 4, 4, 4, 4])
        // ANANA has no pair that ANA does not have.
        #expect(signatures[2] == signatures[3])
        #expect(signatures[2].shared(with: signatures[3]) == 4)
        #expect(signatures[4] != signatures[5])
    }

    @Test(arguments: [UInt64(1), 2])
    func tokenSetsShareWhatIsCounted(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let (left, right) = (tokens(&generator), tokens(&generator))
            let first = TokenSet(left.sorted().span)
            let second = TokenSet(right.sorted().span)
            let sets = try (#require(first), #require(second))
            #expect(sets.0.shared(with: sets.1) == left.intersection(right).count)
            #expect(sets.0.count == left.count)
            #expect(
                sets.0.similarity(with: sets.1, measure: .jaccard)
                    == reference(left, right, .jaccard))
        }
        let nine = Array(UInt32(1)...9)
        let tooMany = TokenSet(nine.span)
        #expect(tooMany == nil)
    }

    private func tokens(_ generator: inout SeededGenerator) -> Set<UInt32> {
        let count = Int.random(in: 0...8, using: &generator)
        return Set((0..<count).map { _ in UInt32.random(in: 1...12, using: &generator) })
    }

    private func places(_ signature: GramSignature) -> Set<UInt32> {
        Set((0..<256).filter { signature.bits[Int($0) / 64] >> UInt64($0 % 64) & 1 == 1 })
    }

    private func reference(
        _ left: Set<UInt32>, _ right: Set<UInt32>, _ measure: GramSignature.Measure
    ) -> Float {
        if left.isEmpty || right.isEmpty { return left.isEmpty && right.isEmpty ? 1 : 0 }
        let shared = Float(left.intersection(right).count)
        switch measure {
        case .dice: return 2 * shared / Float(left.count + right.count)
        case .jaccard: return shared / Float(left.union(right).count)
        case .containment: return shared / Float(min(left.count, right.count))
        }
    }
}
