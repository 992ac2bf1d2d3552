extension JaroWinkler {
    /// The scores of sixteen pairs from their counts, stored one after the other.
    ///
    /// The same exact numerators and denominators as in
    /// ``score(lengths:matched:transpositions:prefix:)``, so the same quotients.
    @inline(__always)
    static func storeScores(
        _ counts: LaneCounts, _ leftLengths: Lanes, _ rightLengths: Lanes, _ measure: Measure,
        to scores: UnsafeMutablePointer<SIMD8<Float>>
    ) {
        // With lengths of at most 16 every product here is at most 3 * 16^3, within 16 bits.
        let one = Lanes(repeating: 1)
        let product = leftLengths &* rightLengths
        let squares = counts.matched &* counts.matched &* (leftLengths &+ rightLengths)
        let ordered = (counts.matched &- counts.transpositions) &* product
        let isUnmatched = bits(counts.matched .== Lanes.zero)
        let isEmptyPair = bits(leftLengths | rightLengths .== Lanes.zero)
        // 0/1 with nothing matched, 1/1 for two empty values.
        let numerator = (squares &+ ordered) | (isEmptyPair & one)
        let denominator = (counts.matched &* product &* 3) | (isUnmatched & one)
        let prefix = measure == .jaroWinkler ? counts.prefix : Lanes.zero
        scores[0] = quotient(numerator.lowHalf, denominator.lowHalf, prefix.lowHalf)
        scores[1] = quotient(numerator.highHalf, denominator.highHalf, prefix.highHalf)
    }

    /// Where ten times the numerator is above seven times the denominator, the boosted quotient.
    ///
    /// Without a prefix the boosted form is ten times both sides of the plain one: the same quotient.
    @inline(__always)
    private static func quotient(
        _ numerator: SIMD8<UInt16>, _ denominator: SIMD8<UInt16>, _ prefix: SIMD8<UInt16>
    ) -> SIMD8<Float> {
        let above = floats(numerator)
        let below = floats(denominator)
        // The sign of an exact difference; an ordered compare of vectors compiles lane by lane.
        let isBoosted = unsafeBitCast(below * 7 - above * 10, to: SIMD8<Int32>.self) &>> 31
        let boost = unsafeBitCast(floats(prefix), to: SIMD8<Int32>.self) & isBoosted
        let raised = unsafeBitCast(boost, to: SIMD8<Float>.self) * (below - above)
        return (above * 10 + raised) / (below * 10)
    }
}
