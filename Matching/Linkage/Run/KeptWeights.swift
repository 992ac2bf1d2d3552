import Synchronization

/// How heavy a pair must be to be kept, so that memory stays bounded whatever a file holds.
///
/// Whole blocks of namesakes can give hundreds of millions of pairs that are worth a thought. Beyond a
/// limit the least weight rises in steps to where no more pairs are kept than the limit: one limit for
/// pairs below 0 bits, which hardly matter, and a far higher one for likely links, of which only files in
/// which thousands of records look alike have so many. Counts only grow, so that a pair dropped early
/// would have been dropped at the end: what is kept in the end depends on the pairs alone, not on the
/// order in which threads met them.
final class KeptWeights: Sendable {
    /// How many pairs of each step of weight were met, the lightest first; the last is all above.
    typealias Counts = [Int]

    private static let stepsPerBit: Float = 4
    private static let heaviest: Float = 34
    /// The number of counts.
    static let countsCount = Int((heaviest - LinkageRun.keptWeightMin) * stepsPerBit) + 1
    private static let zeroPlace = place(of: 0)

    /// Pairs kept where some of them weigh less than 0 bits.
    private let lightLimit: Int
    /// Pairs kept at all.
    private let limit: Int
    private let counts = Mutex(Counts(repeating: 0, count: countsCount))

    /// Keeps about as many pairs as the limits say.
    init(lightLimit: Int, limit: Int) {
        self.lightLimit = lightLimit
        self.limit = limit
    }

    /// Where a weight is counted.
    @inline(__always)
    static func place(of weight: Float) -> Int {
        let step = (min(weight, heaviest) - LinkageRun.keptWeightMin) * stepsPerBit
        return max(0, Int(step))
    }

    /// The least weight of the pairs that are kept.
    var least: Float { counts.withLock { Self.least($0, lightLimit, limit) } }

    /// Adds what a thread has met since it last came, and answers the least weight by now.
    func add(_ met: inout Counts) -> Float {
        counts.withLock { counts in
            for place in counts.indices {
                counts[place] += met[place]
                met[place] = 0
            }
            return Self.least(counts, lightLimit, limit)
        }
    }

    private static func least(_ counts: Counts, _ lightLimit: Int, _ limit: Int) -> Float {
        var kept = 0
        for place in counts.indices.reversed() {
            kept += counts[place]
            if kept > (place >= zeroPlace ? limit : lightLimit) {
                return LinkageRun.keptWeightMin + Float(place + 1) / stepsPerBit
            }
        }
        return LinkageRun.keptWeightMin
    }
}
