/// What two groups of records, each taken for one person, say on whether they are of the same.
///
/// The pairs between two groups are no independent pieces of evidence: one mistyped record contradicts
/// all others at once. So each field is asked by itself, and a record is taken for a noisy copy of any
/// record of the other group that has the field: the likelihood of its value is the mean over those.
/// One odd record then takes away a part of what a field says, as large as its share of the group,
/// while what a whole group agrees in stays a contradiction. This is done for every hypothesis, and
/// the weight follows as for a pair; of two single records it is the weight of the pair.
///
/// Where both sides are groups, a field is seen from either: the mean over one side's records of the
/// logarithm of that likelihood. The side that finds it less likely counts, for a group is not to be
/// joined by the one record of it that is like the other.
struct ClusterEvidence {
    typealias Lanes = WeightTable.Lanes

    /// Bits for and against that one value may count, so that a mean can be taken without overflow.
    private static let ratioMax = 60 as Float

    /// A pair between the groups: levels, and how common the values are that agree.
    private struct Pair {
        var vector: ComparisonVector
        var commonness: SIMD4<Float>
    }

    private let weights: PairWeights
    /// The pairs between two groups, those of the first left record first.
    private var pairs: [Pair] = []
    /// What missing names add to twins, summed over the pairs.
    private var unnamedTwins: Float = 0
    /// The fields that some pair has, as the bits of their levels.
    private var known: UInt64 = 0

    init(_ weights: PairWeights) {
        self.weights = weights
    }

    /// Begins with two other groups.
    mutating func removeAll() {
        pairs.removeAll(keepingCapacity: true)
        (unnamedTwins, known) = (0, 0)
    }

    /// Adds the next pair: right record after right record, for one left record after the other.
    mutating func add(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) {
        pairs.append(Pair(vector: vector, commonness: weights.commonness(vector, left, right)))
        unnamedTwins += PairWeights.unnamedTwins(vector, left, right)
        known |= vector.bits
    }

    /// The match weight of two groups, in bits, once all pairs between them are added.
    func weight(leftCount: Int, rightCount: Int) -> Float {
        var lanes = weights.table.prior
        lanes[WeightTable.twin] += unnamedTwins / Float(max(1, pairs.count))
        for field in ComparisonField.allCases
        where known &>> UInt64(field.rawValue * 4) & 15 != 0 {
            if leftCount == 1 {
                lanes += logarithm(field, 0..<rightCount, stride: 1)
            } else if rightCount == 1 {
                lanes += logarithm(field, 0..<leftCount, stride: 1)
            } else {
                let left = mean(field, leftCount, stride: rightCount, of: rightCount, stride: 1)
                let right = mean(field, rightCount, stride: 1, of: leftCount, stride: rightCount)
                let match = WeightTable.match
                lanes += left[match] <= right[match] ? left : right
            }
        }
        return WeightTable.weight(lanes)
    }

    /// The mean, over those records of one group that have a field, of what the other expects of them.
    private func mean(
        _ field: ComparisonField, _ rows: Int, stride rowStride: Int, of columns: Int,
        stride columnStride: Int
    ) -> Lanes {
        var sum = Lanes.zero
        var count: Float = 0
        for row in 0..<rows {
            let first = row * rowStride
            let range = first..<first + columns * columnStride
            guard let ratio = ratio(field, range, stride: columnStride) else { continue }
            sum += BinaryLogarithm.of(ratio)
            count += 1
        }
        return count > 0 ? sum * (1 / count) : .zero
    }

    private func logarithm(_ field: ComparisonField, _ range: Range<Int>, stride: Int) -> Lanes {
        ratio(field, range, stride: stride).map(BinaryLogarithm.of) ?? .zero
    }

    /// The mean likelihood ratio to chance of a field over the pairs of one record, nil where none of
    /// them has the field.
    private func ratio(
        _ field: ComparisonField, _ range: Range<Int>, stride step: Int
    ) -> Lanes? {
        var sum = Lanes.zero
        var count: Float = 0
        for index in stride(from: range.lowerBound, to: range.upperBound, by: step) {
            let level = pairs[index].vector.level(field)
            guard level > 0 else { continue }
            let row = weights.table.rows[field.rawValue * 16 + level]
            sum += Self.power(
                row - chance(field, row[WeightTable.random], pairs[index].commonness))
            count += 1
        }
        return count > 0 ? sum * (1 / count) : nil
    }

    /// The bits by which a value is common, of every hypothesis.
    private func chance(
        _ field: ComparisonField, _ random: Float, _ commonness: SIMD4<Float>
    ) -> Lanes {
        switch field {
        case .given:
            // Relatives' given names are as common as strangers'.
            var lanes = Lanes(repeating: random + commonness[0])
            lanes[WeightTable.random] = random
            (lanes[WeightTable.kin], lanes[WeightTable.sibling]) = (random, random)
            return lanes
        case .family: return others(random, commonness[1])
        case .mothersFamily: return others(random, commonness[2])
        case .residence: return others(random, commonness[3])
        default: return Lanes(repeating: random)
        }
    }

    private func others(_ random: Float, _ commonness: Float) -> Lanes {
        var lanes = Lanes(repeating: random + commonness)
        lanes[WeightTable.random] = random
        return lanes
    }

    /// 2 to the power of bits, which are bounded.
    private static func power(_ bits: Lanes) -> Lanes {
        var bounded = bits
        bounded.clamp(
            lowerBound: Lanes(repeating: -ratioMax), upperBound: Lanes(repeating: ratioMax))
        return BinaryLogarithm.power(bounded - ratioMax) * scale
    }

    /// 2 to the power of ``ratioMax``.
    private static let scale = 0x1p60 as Float
}
