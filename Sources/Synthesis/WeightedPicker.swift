/// Draws places of a weighted table in constant time: the alias method (Vose 1991), on integers.
struct WeightedPicker {
    /// A draw of 32 bits below the threshold keeps its place, otherwise it goes to the alias.
    private var thresholds: [UInt32]
    private var aliases: [UInt32]

    /// Creates a picker of at least one positive weight.
    init(weights: [UInt64]) {
        let count = UInt128(weights.count)
        let total = weights.reduce(UInt128(0)) { $0 + UInt128($1) }
        precondition(total > 0, "a weighted table needs a positive weight")
        thresholds = Array(repeating: .max, count: weights.count)
        aliases = weights.indices.map(UInt32.init)
        var scaled = weights.map { UInt128($0) * count }
        var small = weights.indices.filter { scaled[$0] < total }
        var large = weights.indices.filter { scaled[$0] >= total }
        while let less = small.popLast(), let more = large.last {
            thresholds[less] = UInt32(truncatingIfNeeded: (scaled[less] << 32) / total)
            aliases[less] = UInt32(more)
            scaled[more] -= total - scaled[less]
            if scaled[more] < total {
                large.removeLast()
                small.append(more)
            }
        }
    }

    /// Draws a place.
    @inline(__always)
    func pick(_ random: inout RandomStream) -> Int {
        let place = random.below(thresholds.count)
        let draw = UInt32(truncatingIfNeeded: random.next())
        return draw < thresholds[place] ? place : Int(aliases[place])
    }
}
