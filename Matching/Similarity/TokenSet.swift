/// Up to eight different numbers of tokens, which are compared all with all at once.
package struct TokenSet: Sendable, Hashable {
    /// The most tokens of a set.
    package static let tokensMax = 8

    /// The tokens in ascending order, then zeros.
    private let tokens: SIMD8<UInt32>
    /// The number of tokens.
    package let count: Int

    /// A set from ascending tokens above 0; nil where there are more than ``tokensMax``.
    package init?(_ ascending: Span<UInt32>) {
        guard ascending.count <= Self.tokensMax else { return nil }
        var tokens = SIMD8<UInt32>.zero
        var before: UInt32 = 0
        for index in ascending.indices {
            precondition(ascending[index] > before, "tokens are above 0 and ascending")
            before = ascending[index]
            tokens[index] = before
        }
        self.tokens = tokens
        count = ascending.count
    }

    /// The tokens that both sets have.
    ///
    /// Each of the longer set's lanes meets each token of the shorter one; tokens of a set differ, so
    /// a lane is equal at most once.
    package func shared(with other: TokenSet) -> Int {
        let (long, short) = count < other.count ? (other, self) : (self, other)
        var isShared = SIMD8<UInt32>.zero
        for index in 0..<short.count {
            let token = SIMD8<UInt32>(repeating: short.tokens[index])
            isShared |= unsafeBitCast(long.tokens .== token, to: SIMD8<UInt32>.self)
        }
        // One bit of each lane that is equal.
        let bits = isShared & SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
        let pairs = bits.lowHalf | bits.highHalf
        return (pairs[0] | pairs[1] | pairs[2] | pairs[3]).nonzeroBitCount
    }

    /// The similarity of two sets; see ``GramSignature/similarity(shared:left:right:measure:)``.
    package func similarity(with other: TokenSet, measure: GramSignature.Measure) -> Float {
        GramSignature.similarity(
            shared: shared(with: other), left: count, right: other.count, measure: measure)
    }
}
