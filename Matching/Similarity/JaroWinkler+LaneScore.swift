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
        scores[0] = quotient(
            floats(numerator.lowHalf), floats(denominator.lowHalf), floats(prefix.lowHalf))
        scores[1] = quotient(
            floats(numerator.highHalf), floats(denominator.highHalf), floats(prefix.highHalf))
    }

    /// The scores of eight pairs from their counts, each a whole number; the values are not both empty.
    @inline(__always)
    static func scores(
        matched: SIMD8<Float>, transpositions: SIMD8<Float>, prefix: SIMD8<Float>,
        lengths: (SIMD8<Float>, SIMD8<Float>)
    ) -> SIMD8<Float> {
        let product = lengths.0 * lengths.1
        let numerator =
            matched * matched * (lengths.0 + lengths.1) + (matched - transpositions) * product
        let denominator = matched * product * 3
        // 0/1 with nothing matched.
        let isUnmatched = unsafeBitCast(matched .== SIMD8<Float>.zero, to: SIMD8<Int32>.self)
        let one = isUnmatched & SIMD8(repeating: Int32(bitPattern: Float(1).bitPattern))
        return quotient(
            numerator, denominator + unsafeBitCast(one, to: SIMD8<Float>.self), prefix)
    }

    /// Where ten times the numerator is above seven times the denominator, the boosted quotient.
    ///
    /// Without a prefix the boosted form is ten times both sides of the plain one: the same quotient.
    @inline(__always)
    private static func quotient(
        _ above: SIMD8<Float>, _ below: SIMD8<Float>, _ prefix: SIMD8<Float>
    ) -> SIMD8<Float> {
        // The sign of an exact difference; an ordered compare of vectors compiles lane by lane.
        let isBoosted = unsafeBitCast(below * 7 - above * 10, to: SIMD8<Int32>.self) &>> 31
        let boost = unsafeBitCast(prefix, to: SIMD8<Int32>.self) & isBoosted
        let raised = unsafeBitCast(boost, to: SIMD8<Float>.self) * (below - above)
        return (above * 10 + raised) / (below * 10)
    }
}
