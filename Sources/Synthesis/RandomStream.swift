/// One stream of pseudo-random numbers, SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
///
/// A stream is named by a seed, a domain and an index, so that any family or record can be made
/// again without what came before it. All arithmetic is on integers: the same on every machine.
package struct RandomStream: RandomNumberGenerator {
    /// What a stream is used for; streams of two domains are unrelated.
    package enum Domain: UInt64 {
        case population = 1
        case plan = 2
        case record = 3
        case order = 4
        case benchmark = 5
        case places = 6
        case facilities = 7
        case services = 8
        case drugs = 9
        case providers = 10
        case coverage = 11
    }

    private var state: UInt64

    /// Creates the stream of an index within a domain.
    package init(seed: UInt64, domain: Domain, index: Int) {
        state = seed
        state = next() ^ (domain.rawValue &* 0xD6E8_FEB8_6659_FD93)
        state = next() ^ UInt64(truncatingIfNeeded: index)
        state = next()
    }

    /// The next 64 random bits.
    @inline(__always)
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number from 0 up to but without `bound`.
    @inline(__always)
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of a closed range.
    @inline(__always)
    mutating func pick(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True in so many of ten thousand draws.
    @inline(__always)
    mutating func chance(_ perTenThousand: Int) -> Bool { below(10_000) < perTenThousand }

    /// The place of a draw in a table of weights.
    mutating func pick(weights: [Int]) -> Int {
        var rest = below(weights.reduce(0, +))
        for (place, weight) in weights.enumerated() {
            if rest < weight { return place }
            rest -= weight
        }
        return weights.count - 1
    }
}
