/// Some blocks of a rule in the order of their sizes.
struct BlocksBySize {
    /// From this size on blocks keep their order.
    private static let sizeMax = 4_096

    /// The records of all blocks, one block after another.
    private(set) var slots: [UInt32]
    private(set) var sizes: [Int]

    /// Sorts blocks by counting, without moving those of one size past each other.
    init(_ rule: BlockIndex.RuleBlocks, _ blocks: Range<Int>) {
        var starts = [Int](repeating: 0, count: Self.sizeMax + 2)
        for block in blocks {
            let size = Int(rule.starts[block + 1] - rule.starts[block])
            starts[min(size, Self.sizeMax) + 1] += 1
        }
        for size in 1..<starts.count { starts[size] += starts[size - 1] }
        var sorted = [Int](repeating: 0, count: blocks.count)
        for block in blocks {
            let size = min(Int(rule.starts[block + 1] - rule.starts[block]), Self.sizeMax)
            sorted[starts[size]] = block
            starts[size] += 1
        }
        slots = []
        slots.reserveCapacity(
            Int(rule.starts[blocks.upperBound] - rule.starts[blocks.lowerBound]))
        sizes = []
        sizes.reserveCapacity(blocks.count)
        for block in sorted {
            let range = Int(rule.starts[block])..<Int(rule.starts[block + 1])
            slots.append(contentsOf: rule.slots[range])
            sizes.append(range.count)
        }
    }
}
