/// The order in which pairs are taken: by weight, then by the content of their records.
enum PairOrder {
    /// Sorts pairs, heaviest first, and takes out those met twice.
    static func sorted(_ pairs: [ScoredPair], _ population: Population) -> [ScoredPair] {
        var keyed: [(key: UInt64, content: UInt64, pair: ScoredPair)] = []
        keyed.reserveCapacity(pairs.count)
        for pair in pairs {
            let left = population.persons[Int(pair.left)].contentHash
            let right = population.persons[Int(pair.right)].contentHash
            // Descending weight as an ascending integer.
            let bits = pair.weight.bitPattern
            let ascending = bits &>> 31 == 1 ? ~bits : bits | 1 &<< 31
            keyed.append((UInt64(~ascending), TextHash.mix(left &+ right), pair))
        }
        keyed.sort {
            if $0.key != $1.key { return $0.key < $1.key }
            if $0.content != $1.content { return $0.content < $1.content }
            return ($0.pair.left, $0.pair.right) < ($1.pair.left, $1.pair.right)
        }
        var result: [ScoredPair] = []
        result.reserveCapacity(keyed.count)
        for entry in keyed {
            if let last = result.last, last.left == entry.pair.left, last.right == entry.pair.right
            {
                continue
            }
            result.append(entry.pair)
        }
        return result
    }
}
