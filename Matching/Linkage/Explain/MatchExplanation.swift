package import Identity

/// Why a pair of records has the weight it has, as a sum of steps in bits.
package struct MatchExplanation: Sendable {
    /// One field's part.
    package struct Step: Sendable {
        package var field: ComparisonField
        /// The values compared, as written by the sources.
        package var left: String
        package var right: String
        /// The name of the agreement level.
        package var level: String
        /// Bits for or against one person, chance being the alternative.
        package var weight: Float

        package init(
            field: ComparisonField, left: String, right: String, level: String, weight: Float
        ) {
            self.field = field
            self.left = left
            self.right = right
            self.level = level
            self.weight = weight
        }
    }

    /// The prior weight: how rare a pair of one person is among all pairs.
    package private(set) var prior: Float
    /// Fields that both records have.
    package private(set) var steps: [Step]
    /// What the other explanations (kin, twins, a namesake, a shared number) take away.
    package private(set) var relatives: Float
    /// The likeliest explanation other than one person.
    package private(set) var alternative: Hypothesis
    /// The match weight: the sum of the above.
    package private(set) var total: Float
    /// Whether the records contradict each other, whatever the weight says.
    package private(set) var isVetoed: Bool

    /// The probability that both records are of one person.
    package var probability: Double { ThresholdEstimation.probability(total) }

    /// An explanation whose parts are known.
    package init(
        prior: Float, steps: [Step], relatives: Float, alternative: Hypothesis, total: Float,
        isVetoed: Bool
    ) {
        self.prior = prior
        self.steps = steps
        self.relatives = relatives
        self.alternative = alternative
        self.total = total
        self.isVetoed = isVetoed
    }

    /// Explains a pair under a model.
    package init(left: PersonRecord, right: PersonRecord, model: LinkageModel) {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        let persons = [left, right].map { encoder.encode($0, tokens: &tokens) }
        let weights = PairWeights(model, tokens: tokens)
        var comparator = PairComparator(tokens: tokens)
        var vector = ComparisonVector()
        var adjustment = WeightTable.Lanes.zero
        var common = SIMD4<Float>.zero
        var weight: Float = 0
        var vetoed = false
        persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            vector = comparator.compare(base, base + 1)
            adjustment = weights.adjustment(vector, base, base + 1)
            common = weights.commonness(vector, base, base + 1)
            weight = weights.weight(vector, base, base + 1)
            vetoed = MergeVeto.holds(vector, base, base + 1)
        }
        let table = weights.table
        let (match, random) = (WeightTable.match, WeightTable.random)
        var lanes = table.prior + adjustment
        var steps: [Step] = []
        for field in ComparisonField.allCases where vector.level(field) > 0 {
            let row = table.rows[field.rawValue * 16 + vector.level(field)]
            lanes += row
            steps.append(
                Step(
                    field: field, left: Self.text(field, left), right: Self.text(field, right),
                    level: field.levelNames[vector.level(field)],
                    weight: row[match] - row[random] - Self.commonness(field, common)))
        }
        prior = table.prior[match] - table.prior[random]
        total = weight
        relatives = total - (lanes[match] - lanes[random])
        var others = lanes
        others[match] = -.infinity
        alternative =
            Hypothesis.allCases.max { others[$0.rawValue] < others[$1.rawValue] } ?? .random
        self.steps = steps
        isVetoed = vetoed
    }

    private static func commonness(_ field: ComparisonField, _ parts: SIMD4<Float>) -> Float {
        switch field {
        case .given: parts[0]
        case .family: parts[1]
        case .mothersFamily: parts[2]
        case .residence: parts[3]
        default: 0
        }
    }

    static func text(_ field: ComparisonField, _ person: PersonRecord) -> String {
        func first(_ field: DemographicField) -> String { person.values(of: field).first ?? "" }
        // A name beside the main one may be what agrees.
        func names(_ field: DemographicField, _ part: KeyPath<FurtherName, String>) -> String {
            ([first(field)] + person.names.map { $0[keyPath: part] }.filter { !$0.isEmpty })
                .joined(separator: ", formerly or also ")
        }
        switch field {
        case .given: return names(.given, \.given)
        case .family: return names(.family, \.family)
        case .mothersFamily: return first(.mothersFamily)
        case .birthDate: return first(.birthDate)
        case .sex: return first(.sex)
        case .identifier, .otherIdentifier:
            return person.identifiers.filter { !$0.isMistaken }.map(\.value)
                .joined(separator: " ")
        case .phone: return person.values(of: .phone).joined(separator: " ")
        case .email: return first(.email)
        case .residence:
            return [first(.address), first(.postalCode), first(.municipality)]
                .filter { !$0.isEmpty }.joined(separator: ", ")
        case .motherGiven: return first(.motherGiven)
        case .fatherGiven: return first(.fatherGiven)
        case .birthPlace: return first(.birthPlace)
        case .birthOrder: return first(.birthOrder)
        }
    }
}

extension MatchExplanation {
    /// The steps as lines of text, each with the sum so far.
    package var waterfall: String {
        var sum = prior
        var lines = [Self.line("prior", prior, sum, "")]
        for step in steps {
            sum += step.weight
            lines.append(
                Self.line(
                    step.field.name, step.weight, sum, "\(step.level): \(step.left) | \(step.right)"
                ))
        }
        lines.append(Self.line("relatives", relatives, total, alternative.name))
        lines.append(Self.line("total", total, total, isVetoed ? "contradiction" : ""))
        return lines.joined(separator: "\n")
    }

    private static func line(
        _ name: String, _ weight: Float, _ sum: Float, _ note: String
    ) -> String {
        func pad(_ text: String, _ width: Int, left: Bool) -> String {
            let space = String(repeating: " ", count: max(0, width - text.count))
            return left ? space + text : text + space
        }
        func bits(_ value: Float) -> String {
            let tenths = Int((abs(value) * 10).rounded())
            return "\(value < 0 ? "-" : "+")\(tenths / 10).\(tenths % 10)"
        }
        return pad(name, 16, left: false) + pad(bits(weight), 8, left: true)
            + pad(bits(sum), 8, left: true) + (note.isEmpty ? "" : "  " + note)
    }
}
