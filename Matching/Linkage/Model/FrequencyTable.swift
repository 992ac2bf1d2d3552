/// How common the values of a field are: shares of the records that have one.
///
/// A value not listed is rare: it counts as `floor`, the share of a value seen once or twice.
package struct FrequencyTable: Sendable, Equatable {
    /// The largest number of values kept.
    package static let valuesMax = 20_000

    /// Shares of listed values by the hash of their folded text.
    package private(set) var shares: [UInt64: Float] = [:]
    /// The share that an unlisted value counts as.
    package private(set) var floor: Float = 1e-6
    /// log2 of the chance that two values drawn by their shares are equal.
    private(set) var meanLogarithm = BinaryLogarithm.of(1e-6)

    package init() {}

    /// A table of the values that occur at least `countMin` times among `total`.
    init(counts: [(hash: UInt64, count: Int)], total: Int, countMin: Int = 2) {
        guard total > 0 else { return }
        var kept = counts.filter { $0.count >= countMin && $0.hash != 0 }
        kept.sort { ($0.count, $0.hash) > ($1.count, $1.hash) }
        for entry in kept.prefix(Self.valuesMax) {
            shares[entry.hash] = Float(entry.count) / Float(total)
        }
        floor = 1.5 / Float(total)
        meanLogarithm = meanOfLogarithms()
    }

    /// A table as a model file holds it.
    init(shares: [UInt64: Float], floor: Float) {
        self.shares = shares
        self.floor = max(floor, 1e-9)
        meanLogarithm = meanOfLogarithms()
    }

    private func meanOfLogarithms() -> Float {
        // Summed in a fixed order, since a sum of floats depends on it.
        let sum = shares.values.sorted().reduce(Float(0)) { $0 + $1 * $1 }
        return BinaryLogarithm.of(max(sum, floor))
    }

    /// The share of a value.
    func share(_ hash: UInt64) -> Float { max(shares[hash] ?? floor, floor) }
}
