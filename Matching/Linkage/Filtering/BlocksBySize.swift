import CMemory

/// Some blocks of a rule in the order of their sizes, without small ones whose pairs all belong to
/// earlier rules.
///
/// Two records of one person share most of their keys, so that most blocks of later rules hold one pair
/// that was met before; its keys tell at a third of the cost of its columns.
struct BlocksBySize {
    /// From this size on blocks keep their order.
    private static let sizeMax = 4_096
    /// The size up to which a block is looked through.
    private static let smallMax = 3
    /// How far ahead keys are fetched from memory.
    private static let lookAhead = 32

    /// The records of all blocks, one block after another.
    private(set) var slots: [UInt32] = []
    private(set) var sizes: [Int] = []

    /// Sorts blocks by counting, without moving those of one size past each other.
    init(_ index: BlockIndex, _ stretch: BlockStretch) {
        let rule = index.rules[stretch.rule]
        let blocks = Self.newBlocks(index, stretch)
        var starts = [Int](repeating: 0, count: Self.sizeMax + 2)
        for block in blocks { starts[min(rule.size(block), Self.sizeMax) + 1] += 1 }
        for size in 1..<starts.count { starts[size] += starts[size - 1] }
        var sorted = [Int](repeating: 0, count: blocks.count)
        for block in blocks {
            let size = min(rule.size(block), Self.sizeMax)
            sorted[starts[size]] = block
            starts[size] += 1
        }
        slots.reserveCapacity(blocks.reduce(0) { $0 + rule.size($1) })
        sizes.reserveCapacity(blocks.count)
        for block in sorted {
            slots.append(
                contentsOf: rule.slots[Int(rule.starts[block])..<Int(rule.starts[block + 1])])
            sizes.append(rule.size(block))
        }
    }

    /// The blocks that are large or hold a pair of no earlier rule.
    private static func newBlocks(_ index: BlockIndex, _ stretch: BlockStretch) -> [Int] {
        guard stretch.rule > 0 else { return Array(stretch.blocks) }
        let rule = index.rules[stretch.rule]
        let mask = BlockIndex.mask(before: stretch.rule)
        var blocks: [Int] = []
        blocks.reserveCapacity(stretch.blocks.count)
        index.keys.withUnsafeBufferPointer { keys in
            rule.slots.withUnsafeBufferPointer { slots in
                guard let base = keys.baseAddress else { return }
                for block in stretch.blocks {
                    let start = Int(rule.starts[block])
                    let size = rule.size(block)
                    for ahead in start + lookAhead..<start + lookAhead + size
                    where ahead < slots.count {
                        padron_prefetch(base + Int(slots[ahead]))
                    }
                    var isNew = size > smallMax
                    for left in start..<start + size where !isNew {
                        for right in left + 1..<start + size {
                            let (one, other) = (keys[Int(slots[left])], keys[Int(slots[right])])
                            if !BlockIndex.isHeldEarlier(one, other, before: mask) { isNew = true }
                        }
                    }
                    if isNew { blocks.append(block) }
                }
            }
        }
        return blocks
    }
}

extension BlockIndex.RuleBlocks {
    /// The records of a block.
    @inline(__always)
    fileprivate func size(_ block: Int) -> Int { Int(starts[block + 1] - starts[block]) }
}
