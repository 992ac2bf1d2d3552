/// How many units two values must share to reach a similarity.
///
/// **What it proves.** For lengths `l` and `r`, `m` units matched, `t` transpositions and a common
/// prefix of `p` units, the Jaro similarity `j = (m/l + m/r + (m - t)/m) / 3` does not fall as `m`
/// grows, does not rise as `t` grows, and does not rise as `r` grows with `m` fixed; with nothing
/// matched it is 0, below all of these. Winkler's form is `j`, or above 0.7 `(1 - p/10) j + p/10`:
/// never less than `j`, and rising with `j` and with `p`. Rounding a quotient to the nearest `Float`
/// keeps order. So with
///
///     need(l, r, p) = the least m whose score without transpositions reaches the threshold
///
/// a pair that has `m < need(l, r, p)` cannot reach it, whatever its transpositions; and since `need`
/// does not fall as `r` grows nor rise as `p` grows, neither can one that has
/// `m < need(l, r', p')` with `1 <= r' <= r` and `p' >= p`. For that, `need` takes the formula at its
/// word where `m` exceeds `r'`: such an `m` may be one of a longer value. The least `m` is found with
/// the very function that gives the scores, so rounding needs no margin.
struct JaroReach {
    /// More than any two values share.
    static let unreachable: UInt8 = 65

    private static let unknown: UInt8 = 0xFF
    private static let side = TextColumn.unitsMax + 1
    private static let prefixes = 5

    private(set) var threshold = Float.nan
    private(set) var measure = JaroWinkler.Measure.jaroWinkler
    private var needs: [UInt8] = []

    /// Sets what is to be reached, and forgets what was found out for another threshold.
    @inline(__always)
    mutating func set(threshold: Float, measure: JaroWinkler.Measure) {
        if threshold != self.threshold || measure != self.measure { reset(threshold, measure) }
    }

    private mutating func reset(_ threshold: Float, _ measure: JaroWinkler.Measure) {
        self.threshold = threshold
        self.measure = measure
        needs = Array(repeating: Self.unknown, count: Self.side * Self.side * Self.prefixes)
    }

    /// The least number of units to match, or ``unreachable``.
    @inline(__always)
    mutating func need(_ left: Int, _ right: Int, prefix: Int) -> UInt8 {
        let index = (left &* Self.side &+ right) &* Self.prefixes &+ prefix
        let need = needs[index]
        return need == Self.unknown ? find(left, right, prefix, index) : need
    }

    @inline(never)
    private mutating func find(_ left: Int, _ right: Int, _ prefix: Int, _ index: Int) -> UInt8 {
        var need = Self.unreachable
        for matched in 0...left {
            let score = JaroWinkler.score(
                lengths: (left, right), matched: matched, transpositions: 0,
                prefix: measure == .jaroWinkler ? prefix : 0)
            if score >= threshold {
                need = UInt8(matched)
                break
            }
        }
        needs[index] = need
        return need
    }
}
