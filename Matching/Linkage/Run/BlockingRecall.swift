/// How many of a labelled file's true pairs a run brings together, whatever it makes of them then.
///
/// A *true pair* is two records of one person that do not say the same; records that say the same count
/// as one. It is *found* where it is a candidate: both records stand under one key of a rule, or in one
/// group of the second look, before any bound or weight is asked.
package struct BlockingRecall: Sendable, Equatable {
    /// True pairs in the file.
    package var truePairs = 0
    /// True pairs under one key of a rule.
    package var foundByRules = 0
    /// True pairs that no rule finds and the second look does.
    package var foundBySecondLook = 0
    /// True pairs that nothing finds, though the model would weigh them as links.
    package var missedLinks = 0

    /// The share of true pairs found.
    package var share: Double {
        truePairs == 0 ? 1 : Double(foundByRules + foundBySecondLook) / Double(truePairs)
    }

    private struct Pair: Hashable {
        var left: UInt32
        var right: UInt32
    }

    /// Looks for the true pairs of some records.
    ///
    /// - Parameters:
    ///   - persons: The person of each record.
    ///   - population: The records.
    ///   - members: Those that no other of the same content goes before.
    ///   - blocks: What the rules bring together.
    ///   - groups: What the second look brings together.
    ///   - weights: What pairs are worth.
    init(
        of persons: [UInt32], in population: Population, members: [UInt32], blocks: BlockIndex,
        groups: [BlockIndex.RuleBlocks], _ weights: PairWeights
    ) {
        let all = BlockIndex.mask(before: BlockingRule.count)
        var unheld: Set<Pair> = []
        for records in Dictionary(grouping: members, by: { persons[Int($0)] }).values {
            for (place, left) in records.enumerated() {
                for right in records[(place + 1)...] {
                    truePairs += 1
                    let keys = (blocks.keys[Int(left)], blocks.keys[Int(right)])
                    if BlockIndex.isHeldEarlier(keys.0, keys.1, before: all) {
                        foundByRules += 1
                    } else {
                        unheld.insert(Pair(left: left, right: right))
                    }
                }
            }
        }
        let missed = unheld.count
        for pairs in groups {
            for group in 0..<pairs.blockCount {
                let slots = pairs.slots[Int(pairs.starts[group])..<Int(pairs.starts[group + 1])]
                for (_, records) in Dictionary(grouping: slots, by: { persons[Int($0)] }) {
                    for (place, left) in records.enumerated() {
                        for right in records[(place + 1)...] {
                            unheld.remove(Pair(left: min(left, right), right: max(left, right)))
                        }
                    }
                }
            }
        }
        foundBySecondLook = missed - unheld.count
        var scorer = PairScorer(tokens: population.tokens, weights: weights)
        population.persons.withUnsafeBufferPointer { records in
            guard let base = records.baseAddress else { return }
            for pair in unheld {
                let weight = scorer.score(base + Int(pair.left), base + Int(pair.right)).weight
                if weight >= 0 { missedLinks += 1 }
            }
        }
    }
}
