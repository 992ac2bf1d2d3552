import CMemory

/// A stretch of one rule's blocks, the unit of parallel work.
struct BlockStretch: Sendable {
    var rule: Int
    var blocks: Range<Int>
}

extension BlockIndex {
    /// Pairs of one stretch, about.
    private static let stretchPairs = 100_000

    /// All blocks of all rules cut into stretches of about equal work.
    func stretches() -> [BlockStretch] {
        var stretches: [BlockStretch] = []
        for (rule, blocks) in rules.enumerated() {
            var first = 0
            var pairs = 0
            for block in 0..<blocks.blockCount {
                pairs += blocks.pairCount(Int(blocks.starts[block + 1] - blocks.starts[block]))
                if pairs >= Self.stretchPairs {
                    stretches.append(BlockStretch(rule: rule, blocks: first..<block + 1))
                    (first, pairs) = (block + 1, 0)
                }
            }
            if first < blocks.blockCount {
                stretches.append(BlockStretch(rule: rule, blocks: first..<blocks.blockCount))
            }
        }
        return stretches
    }

    /// Asks for the keys of a record to be fetched from memory, ahead of their use.
    @inline(__always)
    func prefetchKeys(_ slot: UInt32) {
        keys.withUnsafeBufferPointer { keys in
            guard let base = keys.baseAddress else { return }
            padron_prefetch(base + Int(slot))
        }
    }

    /// Calls `body` with each pair of a stretch that no earlier rule holds.
    @inline(__always)
    func forEachPair(
        _ stretch: BlockStretch, _ body: (_ left: UInt32, _ right: UInt32) -> Void
    ) {
        let blocks = rules[stretch.rule]
        let mask = Self.mask(before: stretch.rule)
        keys.withUnsafeBufferPointer { keys in
            blocks.slots.withUnsafeBufferPointer { slots in
                for block in stretch.blocks {
                    let start = Int(blocks.starts[block])
                    let end = Int(blocks.starts[block + 1])
                    let reach = blocks.neighbours(end - start)
                    for index in start..<end - 1 {
                        let left = slots[index]
                        let leftKeys = keys[Int(left)]
                        for other in index + 1..<min(end, index + 1 + reach) {
                            let right = slots[other]
                            if Self.isHeldEarlier(leftKeys, keys[Int(right)], before: mask) {
                                continue
                            }
                            body(left, right)
                        }
                    }
                }
            }
        }
    }

    /// Sets `kept` to those of the pairs that have one of the first `subjects` records and that no earlier rule
    /// holds.
    func removeHeldEarlier(
        _ pairs: [FilterTile.Pair], subjects: Int, before mask: SIMDMask<SIMD16<Int32>>,
        into kept: inout [FilterTile.Pair]
    ) {
        kept.removeAll(keepingCapacity: true)
        for pair in pairs where Int(min(pair.left, pair.right)) < subjects {
            prefetchKeys(pair.left)
            prefetchKeys(pair.right)
        }
        keys.withUnsafeBufferPointer { keys in
            for pair in pairs
            where Int(min(pair.left, pair.right)) < subjects
                && !Self.isHeldEarlier(keys[Int(pair.left)], keys[Int(pair.right)], before: mask)
            {
                kept.append(pair)
            }
        }
    }
}
