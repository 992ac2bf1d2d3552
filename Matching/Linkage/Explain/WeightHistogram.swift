/// How many pairs weigh how much, in bins of equal width.
package struct WeightHistogram: Sendable, Equatable {
    /// Pairs of one bin.
    package struct Bin: Sendable, Equatable {
        /// The least weight of the bin, in bits.
        package var weight: Double
        package var separate = 0
        package var review = 0
        package var link = 0
        /// The sum of the pairs' probabilities: how many of them are expected to be of one person.
        package var expectedMatches = 0.0

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
            bins[index].expectedMatches += pair.probability
        }
    }

    private static func place(_ weight: Float) -> Int {
        Int((min(max(Double(weight), -weightMax), weightMax) / binWidth).rounded(.down))
    }
}

extension WeightHistogram {
    /// Errors to be expected if all pairs from a weight on were linked and no others.
    package struct ErrorEstimate: Sendable, Equatable {
        /// The threshold in bits.
        package var weight: Double
        package var links: Int
        /// The share of links that are of two persons.
        package var falseLinkRate: Double
        /// The share of compared pairs of one person that are not linked.
        package var missedRate: Double
    }

    /// Errors estimated for a threshold at the start of each bin, lightest first.
    package var errorEstimates: [ErrorEstimate] {
        let expected = bins.reduce(0) { $0 + $1.expectedMatches }
        var links = 0
        var found = 0.0
        var estimates: [ErrorEstimate] = []
        for bin in bins.reversed() {
            links += bin.pairs
            found += bin.expectedMatches
            estimates.append(
                ErrorEstimate(
                    weight: bin.weight, links: links,
                    falseLinkRate: links == 0 ? 0 : max(0, Double(links) - found) / Double(links),
                    missedRate: expected == 0 ? 0 : max(0, expected - found) / expected))
        }
        return estimates.reversed()
    }

    /// Errors estimated for a threshold, rounded up to the start of a bin.
    package func errorEstimate(from weight: Double) -> ErrorEstimate {
        errorEstimates.first { $0.weight >= weight }
            ?? ErrorEstimate(weight: weight, links: 0, falseLinkRate: 0, missedRate: 1)
    }
}
