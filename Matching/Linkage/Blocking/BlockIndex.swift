/// The blocks of every rule, with oversize blocks split and all pairs counted before any is
/// compared.
struct BlockIndex: Sendable {
    /// The records of one rule that share keys with others, block after block.
    struct RuleBlocks: Sendable {
        var slots: [UInt32] = []
        /// Records of a block from which it is split.
        var limit = BlockIndex.blockMax
        /// Where each block starts in `slots`, and the end of the last.
        var starts: [UInt32] = [0]
        /// Pairs within blocks, before pairs of earlier rules are taken out.
        var pairs = 0
        /// Pairs left out because no key splits their block further.
        var omittedPairs = 0
        /// Blocks that had to be split.
        var refinedBlocks = 0

        var blockCount: Int { starts.count - 1 }
    }

    /// Records of a block from which it is split by a further key.
    static let blockMax = 64
    /// The same for a run that is asked to compare far more pairs than needed.
    static let wideBlockMax = 160
    /// In a block that nothing splits, a record meets this many neighbours in the order of content.
    static let neighboursMax = 40

    /// The final keys of each record: two records meet under a rule if their keys are equal and not
    /// 0, which is also the key of a record in a block too large to be compared whole.
    private(set) var keys: [BlockingKeys]
    private(set) var rules: [RuleBlocks] = []

    /// Blocks the listed records of a population; blocks without any of its first `subjects` records are left out.
    init(
        _ population: Population, members: [UInt32], subjects: Int = .max, threads: Int,
        wide: Bool = false,
        without leftOut: Set<BlockingRule> = [], progress: Parallel.Progress? = nil
    ) {
        var mask = BlockingKeys(repeating: .max)
        for rule in leftOut { mask[rule.rawValue] = 0 }
        let initialKeys = Self.initialKeys(of: population, mask, threads: threads, wide: wide)
        let built = Parallel.map(BlockingRule.count, threads: threads, progress: progress) { rule in
            Self.build(
                rule, initialKeys, members, population,
                subjects: subjects,
                limit: wide ? Self.wideBlockMax : Self.blockMax)
        }
        // No task holds the keys any more, so that this moves them and does not copy.
        keys = initialKeys
        for (rule, result) in built.enumerated() {
            rules.append(result.blocks)
            for change in result.changes { keys[Int(change.slot)][rule] = change.key }
        }
    }

    /// The keys of all records before blocks are split.
    private static func initialKeys(
        of population: Population, _ mask: BlockingKeys, threads: Int, wide: Bool
    ) -> [BlockingKeys] {
        let persons = population.persons
        let tokens = population.tokens
        return Parallel.array(persons.count, threads: threads) { slot in
            BlockingKeyMaker.keys(of: persons[slot], tokens: tokens, wide: wide) & mask
        }
    }

    /// Blocks that were made otherwise, under the keys of their records.
    init(keys: [BlockingKeys], rules: [RuleBlocks]) {
        self.keys = keys
        self.rules = rules
    }

    private struct KeyChange: Sendable {
        var slot: UInt32
        var key: UInt32
    }

    /// Sorts the members by a rule's key and splits blocks that are too large.
    private static func build(
        _ rule: Int, _ keys: [BlockingKeys], _ members: [UInt32], _ population: Population,
        subjects: Int, limit: Int
    ) -> (blocks: RuleBlocks, changes: [KeyChange]) {
        var sorted = [UInt64](unsafeUninitializedCapacity: members.count) { entries, count in
            LargePages.prefer(for: entries)
            for slot in members {
                let key = keys[Int(slot)][rule]
                if key == 0 { continue }
                entries.initializeElement(at: count, to: UInt64(key) &<< 32 | UInt64(slot))
                count += 1
            }
        }
        RadixSort.sortByUpperHalf(&sorted)
        var blocks = RuleBlocks()
        blocks.limit = limit
        blocks.reserve(for: sorted, subjects: subjects)
        var changes: [KeyChange] = []
        forEachBlock(sorted[...]) { block in
            if block.count <= limit {
                if hasSubject(block, subjects) { blocks.append(block) }
            } else {
                blocks.refinedBlocks += 1
                split(block, step: 0, population, subjects, &blocks, &changes)
            }
        }
        return (blocks, changes)
    }

    /// Whether the first entry of a block, which has the least slot, is of one of the first records.
    @inline(__always)
    fileprivate static func hasSubject(_ block: ArraySlice<UInt64>, _ subjects: Int) -> Bool {
        Int(UInt32(truncatingIfNeeded: block[block.startIndex])) < subjects
    }

    /// Calls `body` with each stretch of at least two entries of one key.
    static func forEachBlock(_ sorted: ArraySlice<UInt64>, _ body: (ArraySlice<UInt64>) -> Void) {
        var start = sorted.startIndex
        while start < sorted.endIndex {
            var end = start + 1
            let key = sorted[start] &>> 32
            while end < sorted.endIndex, sorted[end] &>> 32 == key { end += 1 }
            if end - start > 1 { body(sorted[start..<end]) }
            start = end
        }
    }

    /// Splits a block by further keys until it is small or no key is left.
    private static func split(
        _ entries: ArraySlice<UInt64>, step: Int, _ population: Population, _ subjects: Int,
        _ blocks: inout RuleBlocks, _ changes: inout [KeyChange]
    ) {
        guard step < BlockingKeyMaker.refinementCount else {
            if blocks.neighbours(entries.count) < entries.count - 1 {
                // Not all of its pairs are met here: later rules may still bring them together.
                for entry in entries {
                    changes.append(
                        KeyChange(slot: UInt32(truncatingIfNeeded: entry), key: 0))
                }
            }
            guard hasSubject(entries, subjects) else { return }
            blocks.append(
                RadixSort.sortedByContent(
                    entries.map { UInt32(truncatingIfNeeded: $0) }, population.persons))
            return
        }
        var refined = entries.map { entry in
            let slot = UInt32(truncatingIfNeeded: entry)
            let key = BlockingKeyMaker.refined(
                UInt32(truncatingIfNeeded: entry &>> 32), step,
                of: population.persons[Int(slot)], tokens: population.tokens)
            return UInt64(key) &<< 32 | UInt64(slot)
        }
        RadixSort.sortByUpperHalf(&refined)
        for entry in refined {
            changes.append(
                KeyChange(
                    slot: UInt32(truncatingIfNeeded: entry),
                    key: UInt32(truncatingIfNeeded: entry &>> 32)))
        }
        forEachBlock(refined[...]) { block in
            if block.count <= blocks.limit {
                if hasSubject(block, subjects) { blocks.append(block) }
            } else {
                split(block, step: step + 1, population, subjects, &blocks, &changes)
            }
        }
    }
}

extension BlockIndex.RuleBlocks {
    /// Makes room for the blocks of sorted entries.
    mutating func reserve(for sorted: [UInt64], subjects: Int) {
        var (records, blocks) = (0, 1)
        BlockIndex.forEachBlock(sorted[...]) { block in
            guard BlockIndex.hasSubject(block, subjects) else { return }
            records += block.count
            blocks += 1
        }
        slots.reserveLargePages(records)
        starts.reserveLargePages(blocks)
    }

    /// Adds a block, given as slots or as entries with the slot below.
    ///
    /// One too large to be compared whole lies in the order of content.
    mutating func append(_ block: some RandomAccessCollection<some FixedWidthInteger>) {
        for entry in block { slots.append(UInt32(truncatingIfNeeded: entry)) }
        starts.append(UInt32(slots.count))
        let all = block.count * (block.count - 1) / 2
        let compared = pairCount(block.count)
        pairs += compared
        omittedPairs += all - compared
    }
}

extension BlockIndex.RuleBlocks {
    /// How many pairs of a block of this size are compared.
    func pairCount(_ size: Int) -> Int {
        let reach = neighbours(size)
        return reach >= size - 1
            ? size * (size - 1) / 2 : reach * size - reach * (reach + 1) / 2
    }

    /// How many of its followers each record of a block meets.
    @inline(__always)
    func neighbours(_ size: Int) -> Int { size <= limit * 4 ? size : BlockIndex.neighboursMax }
}

extension BlockIndex {
    /// Whether an earlier rule than `rule` already holds the pair.
    @inline(__always)
    static func isHeldEarlier(
        _ left: BlockingKeys, _ right: BlockingKeys, before mask: SIMDMask<SIMD16<Int32>>
    ) -> Bool {
        any((left .== right) .& (left .!= BlockingKeys.zero) .& mask)
    }

    /// These blocks and some groups behind them, as if of further rules that leave no key.
    func adding(_ groups: [RuleBlocks]) -> BlockIndex {
        var index = self
        index.rules += groups
        return index
    }

    /// The mask of the rules before one, of all before what is behind them.
    static func mask(before rule: Int) -> SIMDMask<SIMD16<Int32>> {
        var mask = SIMDMask<SIMD16<Int32>>(repeating: false)
        for index in 0..<min(rule, BlockingRule.count) { mask[index] = true }
        return mask
    }
}
