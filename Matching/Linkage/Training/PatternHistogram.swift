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

/// Counts vectors of one thread: open addressing over their bits.
struct PatternCounter {
    /// Set in the bits of a vector that is counted, so that 0 is a free place.
    private static let taken: UInt64 = 1 << 63

    private var places = [UInt64](repeating: 0, count: 4_096)
    private var counts = [Double](repeating: 0, count: 4_096)
    private var patterns = 0

    mutating func add(_ vector: ComparisonVector, _ count: Double = 1) {
        let place = place(of: vector.bits | Self.taken)
        if places[place] == 0 {
            places[place] = vector.bits | Self.taken
            patterns += 1
        }
        counts[place] += count
        if patterns * 2 > places.count { grow() }
    }

    /// Where bits stand, or the free place where they belong.
    @inline(__always)
    private func place(of bits: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: TextHash.mix(bits)) & (places.count - 1)
        while places[place] != 0, places[place] != bits { place = (place + 1) & (places.count - 1) }
        return place
    }

    private mutating func grow() {
        let (oldPlaces, oldCounts) = (places, counts)
        places = Array(repeating: 0, count: oldPlaces.count * 2)
        counts = Array(repeating: 0, count: oldPlaces.count * 2)
        for (bits, count) in zip(oldPlaces, oldCounts) where bits != 0 {
            let place = place(of: bits)
            (places[place], counts[place]) = (bits, count)
        }
    }

    /// The counts of several threads together, each times a factor.
    ///
    /// Counts are whole numbers, so that their sums do not depend on the order of threads.
    static func histogram(_ counters: [PatternCounter], times factor: Double) -> PatternHistogram {
        var all: [ComparisonVector: Double] = [:]
        for counter in counters {
            for (bits, count) in zip(counter.places, counter.counts) where bits != 0 {
                all[ComparisonVector(bits & ~taken), default: 0] += count
            }
        }
        return PatternHistogram(all.mapValues { $0 * factor })
    }
}
