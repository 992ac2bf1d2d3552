extension JaroWinkler {
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
