/// Which blocking rules bring two records together.
package enum PairBlocking: Sendable, Equatable {
    /// The records say the same, so that only one of them is compared with others.
    case copies
    /// The names of the rules whose key both share; none for a pair that is never compared.
    case rules([String])

    /// Blocks a population as a run would and looks the pair up.
    package init(
        left: UInt32, right: UInt32, population: Population, options: LinkageOptions
    ) {
        let distinct = DistinctRecords(population)
        func first(_ slot: UInt32) -> UInt32 {
            distinct.copies.first { $0.copies.contains(slot) }?.first ?? slot
        }
        let (left, right) = (first(left), first(right))
        guard left != right else {
            self = .copies
            return
        }
        let blocks = BlockIndex(
            population, members: distinct.members, threads: options.threads, wide: options.wide,
            without: options.withoutRules)
        let holding = blocks.rulesHolding(left, right)
        self = .rules(zip(BlockingRule.allCases, holding).filter(\.1).map(\.0.name))
    }
}
