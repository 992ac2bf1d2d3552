/// Many sets of bits, in order of their counts, with which one set is compared.
///
/// **What counts alone prove.** Sets of `a` and `b` bits share at most `min(a, b)`. The similarity
/// rises with the bits shared, so it is at most what sharing `min(a, b)` gives; for Dice that is
/// `2 min(a, b) / (a + b)` and for Jaccard `min(a, b) / max(a, b)`. As `b` goes away from `a`, to
/// either side, both fall. The sets that can reach a threshold are therefore those of one run of counts
/// around `a`, found by asking outwards until the first count that cannot. The bound and the score
/// come from one function, rounded alike, so it needs no margin. Containment is bounded by 1 alone, and empty
/// sets are like empty sets only.
package struct GramCandidates: Sendable {
    private static let countMax = 256

    private var sets: [SIMD4<UInt64>] = []
    /// The caller's place of each set.
    private var outputs: [UInt32] = []
    /// Where the sets of each count begin.
    private var starts = [Int](repeating: 0, count: countMax + 2)

    package init() {}

    /// The number of sets.
    package var count: Int { sets.count }

    /// Packs sets in place of those packed before.
    package mutating func pack(_ signatures: Span<GramSignature>) {
        precondition(signatures.count < Int(UInt32.max), "fewer than 2^32 sets are packed")
        for bits in starts.indices { starts[bits] = 0 }
        for index in signatures.indices { starts[signatures[index].count + 1] += 1 }
        for bits in 1..<starts.count { starts[bits] += starts[bits - 1] }
        sets = Array(repeating: .zero, count: signatures.count)
        outputs = Array(repeating: 0, count: signatures.count)
        var next = starts
        for index in signatures.indices {
            let bits = signatures[index].count
            sets[next[bits]] = signatures[index].bits
            outputs[next[bits]] = UInt32(index)
            next[bits] += 1
        }
    }

    /// The levels of a set with all candidates: `levels[i]` is the number of thresholds that the
    /// similarity with candidate `i` reaches.
    ///
    /// - Precondition: each candidate has a place for its level, and the thresholds are ascending and above
    ///   0; there are 1 to 255.
    package func levels(
        of signature: GramSignature, thresholds: Span<Float>, measure: GramSignature.Measure,
        into levels: inout MutableSpan<UInt8>
    ) {
        precondition(levels.count == count, "each candidate has a place for its level")
        precondition((1...255).contains(thresholds.count), "there are 1 to 255 thresholds")
        precondition(thresholds[0] > 0, "thresholds are above 0")
        for index in levels.indices { levels[index] = 0 }
        let own = signature.count
        for bits in reachable(own, thresholds[0], measure) where starts[bits] < starts[bits + 1] {
            let need = need(own, bits, thresholds[0], measure)
            for place in starts[bits]..<starts[bits + 1] {
                let shared = GramSignature.count(signature.bits & sets[place])
                guard shared >= need else { continue }
                let score = GramSignature.similarity(
                    shared: shared, left: own, right: bits, measure: measure)
                levels[Int(outputs[place])] = JaroWinkler.level(score, thresholds)
            }
        }
    }

    /// The counts of sets that can reach the threshold.
    private func reachable(
        _ own: Int, _ threshold: Float, _ measure: GramSignature.Measure
    ) -> Range<Int> {
        func canReach(_ bits: Int) -> Bool {
            GramSignature.similarity(
                shared: min(own, bits), left: own, right: bits, measure: measure) >= threshold
        }
        guard canReach(own) else { return own..<own }
        var (first, end) = (own, own + 1)
        while first > 0, canReach(first - 1) { first -= 1 }
        while end <= Self.countMax, canReach(end) { end += 1 }
        return first..<end
    }

    /// The fewest bits that sets of these counts share when they reach the threshold.
    private func need(
        _ own: Int, _ bits: Int, _ threshold: Float, _ measure: GramSignature.Measure
    ) -> Int {
        // The similarity rises with the bits shared, up to the most, which reach it.
        var (first, last) = (0, min(own, bits))
        while first < last {
            let middle = (first + last) / 2
            let score = GramSignature.similarity(
                shared: middle, left: own, right: bits, measure: measure)
            if score >= threshold { last = middle } else { first = middle + 1 }
        }
        return first
    }
}
