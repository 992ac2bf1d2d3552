/// How often each comparison vector was met, in an order that depends on the vectors alone.
struct PatternHistogram: Sendable {
    private(set) var vectors: [ComparisonVector] = []
    private(set) var counts: [Double] = []

    init() {}

    init(_ counted: [ComparisonVector: Double]) {
        for (vector, count) in counted.sorted(by: { $0.key.bits < $1.key.bits }) {
            vectors.append(vector)
            counts.append(count)
        }
    }

    /// A smaller histogram of about the same sums: frequent vectors as they are, of the others one in
    /// `rate` with its count times as much, chosen by the vector alone.
    func thinned(rate: UInt64, keeping countMin: Double) -> PatternHistogram {
        var thinned = PatternHistogram()
        for (vector, count) in zip(vectors, counts) {
            if count >= countMin {
                thinned.vectors.append(vector)
                thinned.counts.append(count)
            } else if TextHash.mix(vector.bits) % rate == 0 {
                thinned.vectors.append(vector)
                thinned.counts.append(count * Double(rate))
            }
        }
        return thinned
    }

    /// The sum of all counts.
    var total: Double { counts.reduce(0, +) }
}

/// Counts vectors of one thread.
struct PatternCounter {
    private var counts: [ComparisonVector: Double] = [:]

    @inline(__always)
    mutating func add(_ vector: ComparisonVector, _ count: Double = 1) {
        counts[vector, default: 0] += count
    }

    /// The counts of several threads together, each times a factor.
    ///
    /// Counts are whole numbers, so that their sums do not depend on the order of threads.
    static func histogram(_ counters: [PatternCounter], times factor: Double) -> PatternHistogram {
        var all: [ComparisonVector: Double] = [:]
        for counter in counters { all.merge(counter.counts) { $0 + $1 } }
        return PatternHistogram(all.mapValues { $0 * factor })
    }
}
