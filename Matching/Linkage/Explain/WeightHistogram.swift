/// How many pairs weigh how much, in bins of equal width.
package struct WeightHistogram: Sendable, Equatable {
    /// Pairs of one bin.
    package struct Bin: Sendable, Equatable {
        /// The least weight of the bin, in bits.
        package var weight: Double
        package var separate = 0
        package var review = 0
        package var link = 0

        /// All pairs of the bin.
        package var pairs: Int { separate + review + link }

        package init(weight: Double) { self.weight = weight }
    }

    /// The width of a bin in bits.
    package static let binWidth = 0.5
    /// What weighs more is counted in the last bin.
    package static let weightMax = 60.0

    /// Bins without a gap from the lightest pair's to the heaviest's, lightest first.
    package private(set) var bins: [Bin] = []
    /// Compared pairs that were dropped as too light to matter, in no bin.
    package private(set) var lighterPairs = 0

    /// A histogram of given bins.
    package init(bins: [Bin], lighterPairs: Int) {
        self.bins = bins
        self.lighterPairs = lighterPairs
    }

    /// Counts decided pairs that lie heaviest first.
    ///
    /// - Parameters:
    ///   - pairs: The pairs that were kept.
    ///   - compared: How many were compared in all.
    ///   - reviewThreshold: The weight below which a pair is left separate.
    init(_ pairs: [ScoredPair], compared: Int, reviewThreshold: Double) {
        lighterPairs = max(0, compared - pairs.count)
        guard let first = pairs.first, let last = pairs.last else { return }
        let lowest = Self.place(last.weight)
        bins = (lowest...Self.place(first.weight)).map { Bin(weight: Double($0) * Self.binWidth) }
        for pair in pairs {
            let index = Self.place(pair.weight) - lowest
            let isLight = Double(pair.weight) < reviewThreshold
            switch isLight ? .separate : pair.decision {
            case .separate: bins[index].separate += 1
            case .review: bins[index].review += 1
            case .link: bins[index].link += 1
            }
        }
    }

    private static func place(_ weight: Float) -> Int {
        Int((min(max(Double(weight), -weightMax), weightMax) / binWidth).rounded(.down))
    }
}
