/// Scores pairs of one population under one model; one for each thread.
struct PairScorer {
    var comparator: PairComparator
    let weights: PairWeights

    init(
        tokens: TokenTable, weights: PairWeights, memoryBits: Int = WordComparator.runMemoryBits
    ) {
        comparator = PairComparator(tokens: tokens, memoryBits: memoryBits)
        self.weights = weights
    }

    /// A scorer that remembers what others did before it.
    init(words: WordComparator, weights: PairWeights) {
        comparator = PairComparator(words: words)
        self.weights = weights
    }

    /// The comparison vector and the match weight, in bits, of a pair.
    @inline(__always)
    mutating func score(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>
    ) -> (vector: ComparisonVector, weight: Float) {
        let vector = comparator.compare(left, right)
        return (vector, weights.weight(vector, left, right))
    }

    /// The same, nil for a pair that weighs less than `least`.
    @inline(__always)
    mutating func score(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>,
        atLeast least: Float
    ) -> (vector: ComparisonVector, weight: Float)? {
        let vector = comparator.compare(left, right)
        let lanes = weights.lanes(vector, left, right)
        // Most pairs weigh far less, and need no logarithm to say so.
        guard WeightTable.weightMax(lanes) >= least else { return nil }
        let weight = WeightTable.weight(lanes)
        return weight >= least ? (vector, weight) : nil
    }
}

/// A weight table with the value-dependent part for the words of one population.
struct PairWeights: Sendable {
    let table: WeightTable
    /// log2 of the share of each word as a given name and as a surname.
    private(set) var givenShares: [Float]
    private(set) var familyShares: [Float]
    /// The same for words of a query that the population lacks.
    private var queryGivenShares: [Float] = []
    private var queryFamilyShares: [Float] = []
    /// log2 of the share of municipalities by their short hash.
    private let municipalityShares: ShareTable

    init(_ model: LinkageModel, tokens: TokenTable) {
        table = WeightTable(model)
        givenShares = tokens.entries.map {
            BinaryLogarithm.of(model.givenFrequencies.share($0.hash))
        }
        familyShares = tokens.entries.map {
            BinaryLogarithm.of(model.familyFrequencies.share($0.hash))
        }
        municipalityShares = ShareTable(model.municipalityFrequencies)
    }

    /// Adds words that came after the table was made.
    mutating func extend(_ model: LinkageModel, tokens: TokenTable) {
        for entry in tokens.entries[givenShares.count...] {
            givenShares.append(BinaryLogarithm.of(model.givenFrequencies.share(entry.hash)))
            familyShares.append(BinaryLogarithm.of(model.familyFrequencies.share(entry.hash)))
        }
    }

    /// These weights for a query with words of its own.
    func forQuery(_ model: LinkageModel, words: TokenTable) -> PairWeights {
        var weights = self
        weights.queryGivenShares = words.entries.map {
            BinaryLogarithm.of(model.givenFrequencies.share($0.hash))
        }
        weights.queryFamilyShares = words.entries.map {
            BinaryLogarithm.of(model.familyFrequencies.share($0.hash))
        }
        return weights
    }

    @inline(__always)
    func givenShare(_ word: UInt32) -> Float {
        word & TokenTable.queryBit == 0
            ? givenShares[Int(word)] : queryGivenShares[Int(word & ~TokenTable.queryBit)]
    }

    @inline(__always)
    func familyShare(_ word: UInt32) -> Float {
        word & TokenTable.queryBit == 0
            ? familyShares[Int(word)] : queryFamilyShares[Int(word & ~TokenTable.queryBit)]
    }

    @inline(__always)
    func municipalityShare(_ municipality: UInt32) -> Float {
        municipalityShares[municipality]
    }

    /// The weight of a pair whose vector is known.
    @inline(__always)
    func weight(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) -> Float {
        WeightTable.weight(lanes(vector, left, right))
    }

    /// How likely a pair is under each hypothesis, prior included, in bits.
    @inline(__always)
    func lanes(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) -> WeightTable.Lanes {
        let lanes = table.rows.withUnsafeBufferPointer { rows in
            rows.baseAddress.map { WeightTable.sum(vector, $0) } ?? .zero
        }
        return lanes + table.prior + adjustment(vector, left, right)
    }

    /// How much likelier twins are where a child has no name yet, in bits.
    ///
    /// Who is recorded without a name is a newborn in hospital, where multiple births are several
    /// times as many as among all persons, and nothing but the name would tell them apart: what the
    /// household shares and the date should leave a question to a steward.
    static let unnamedTwinBits = Float(2)

    /// What a missing name adds to twins, in bits.
    @inline(__always)
    static func unnamedTwins(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) -> Float {
        vector.level(.given) == 0 && isOfNewborn(left, right) ? unnamedTwinBits : 0
    }

    /// Whether one record or both are of a child without a name.
    @inline(__always)
    private static func isOfNewborn(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>
    ) -> Bool {
        (left.pointee.givenNames[0] == 0) != (right.pointee.givenNames[0] == 0)
            || left.pointee.traits.isUnnamedNewborn
    }

    /// What the commonness of the values adds to each hypothesis, in bits, and what a missing name
    /// adds to twins.
    @inline(__always)
    func adjustment(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) -> WeightTable.Lanes {
        let parts = commonness(vector, left, right)
        var lanes = WeightTable.Lanes.zero
        lanes[WeightTable.random] = parts.sum()
        lanes[WeightTable.kin] = parts[0]
        lanes[WeightTable.sibling] = parts[0]
        lanes[WeightTable.twin] = Self.unnamedTwins(vector, left, right)
        return lanes
    }

    /// How much commoner than the average the values are that agree, in bits.
    ///
    /// The lanes are given name, family name, mother's family name and municipality.
    @inline(__always)
    func commonness(
        _ vector: ComparisonVector, _ left: UnsafePointer<EncodedPerson>,
        _ right: UnsafePointer<EncodedPerson>
    ) -> SIMD4<Float> {
        let given =
            vector.level(.given) == Int(GivenLevel.swapped.rawValue)
            ? swappedAdjustment(left, right)
            : givenAdjustment(vector, left.pointee.givenNames, right.pointee.givenNames)
        let family = surnameAdjustment(
            vector.level(.family), left.pointee.surnames[0], right.pointee.surnames[0])
        let mothers = surnameAdjustment(
            vector.level(.mothersFamily), left.pointee.surnames[1], right.pointee.surnames[1])
        var place: Float = 0
        let residence = vector.level(.residence)
        if residence == Int(ResidenceLevel.sameMunicipality.rawValue)
            || residence == Int(ResidenceLevel.sameArea.rawValue)
        {
            let share = max(
                municipalityShare(left.pointee.municipality),
                municipalityShare(right.pointee.municipality))
            place = share - table.averageMunicipality
        }
        return SIMD4(given, family, mothers, place)
    }

    @inline(__always)
    private func givenAdjustment(
        _ vector: ComparisonVector, _ left: SIMD4<UInt32>, _ right: SIMD4<UInt32>
    ) -> Float {
        let level = vector.level(.given)
        let share = max(givenShare(left[0]), givenShare(right[0]))
        switch GivenLevel(rawValue: UInt64(level)) ?? .missing {
        case .allEqual:
            return share - table.averageGiven
                + 0.5 * (givenShare(left[1]) - table.averageGiven)
        case .firstEqual, .firstEqualOtherDifferent: return share - table.averageGiven
        case .soundsAlike, .close, .similar: return 0.5 * (share - table.averageGiven)
        case .missing, .initial, .otherPosition, .swapped, .different: return 0
        }
    }

    @inline(__always)
    private func surnameAdjustment(_ level: Int, _ left: UInt32, _ right: UInt32) -> Float {
        let share = max(familyShare(left), familyShare(right))
        switch SurnameLevel(rawValue: UInt64(level)) ?? .missing {
        case .equal: return share - table.averageFamily
        case .close, .similar: return 0.5 * (share - table.averageFamily)
        case .missing, .crossed, .swapped, .initial, .different: return 0
        }
    }

    /// The commonness of both names of a pair that has them swapped, read the likelier way round and
    /// in the commoner of their spellings.
    @inline(__always)
    private func swappedAdjustment(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>
    ) -> Float {
        let (first, second) = (left.pointee.givenNames[0], left.pointee.surnames[0])
        let (third, fourth) = (right.pointee.surnames[0], right.pointee.givenNames[0])
        let one =
            max(givenShare(first), givenShare(third))
            + max(familyShare(second), familyShare(fourth))
        let other =
            max(givenShare(second), givenShare(fourth))
            + max(familyShare(first), familyShare(third))
        return max(one, other) - table.averageGiven - table.averageFamily
    }
}
