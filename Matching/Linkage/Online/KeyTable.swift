/// The records under each key of one blocking rule, changing record by record.
///
/// A block that grows too large is split as in a run: its key is marked, and its records move under
/// keys made with a further fact of theirs. Whoever looks for a block follows the same path.
struct KeyTable {
    /// Records of a block from which it is split.
    static let blockMax = BlockIndex.blockMax
    /// Records looked at in a block that nothing splits.
    static let scanMax = 256

    private static let countMax: UInt8 = 254
    /// The head of a block that was split.
    private static let splitHead = UInt32.max

    private struct Place {
        /// 0 where the place is free.
        var key: UInt32 = 0
        /// The first node of the block, 0 for none, or `splitHead`.
        var head: UInt32 = 0
    }

    /// A record in its block; both numbers are read together, so they lie together.
    private struct Node {
        var slot: UInt32
        /// The next node of the block, or 0.
        var follower: UInt32
    }

    private var places = [Place](repeating: Place(), count: 1024)
    private var counts = [UInt8](repeating: 0, count: 1024)
    private var used = 0
    /// Nodes of all blocks; node 0 is none.
    private var nodes = [Node(slot: 0, follower: 0)]
    private var freeNode: UInt32 = 0

    /// The bytes held.
    var byteCount: Int { places.capacity * 9 + nodes.capacity * 8 }

    /// Puts a slot under a key of a step; `refine` gives a record's key within an oversize block.
    mutating func insert(
        _ key: UInt32, slot: UInt32, step: Int = 0, refine: (UInt32, UInt32, Int) -> UInt32
    ) {
        var key = key
        var step = step
        while true {
            let place = findOrAdd(key)
            if places[place].head == Self.splitHead {
                key = refine(key, slot, step)
                step += 1
                continue
            }
            places[place].head = addNode(slot, before: places[place].head)
            if counts[place] < Self.countMax { counts[place] += 1 }
            if counts[place] > Self.blockMax, step < BlockingKeyMaker.refinementCount {
                split(place, key, step, refine)
            }
            return
        }
    }

    /// Takes a slot out from under a key.
    mutating func remove(
        _ key: UInt32, slot: UInt32, refine: (UInt32, UInt32, Int) -> UInt32
    ) {
        guard let place = findBlock(key, slot, refine) else { return }
        var node = places[place].head
        var before: UInt32 = 0
        while node != 0, nodes[Int(node)].slot != slot {
            before = node
            node = nodes[Int(node)].follower
        }
        guard node != 0 else { return }
        let next = nodes[Int(node)].follower
        if before == 0 { places[place].head = next } else { nodes[Int(before)].follower = next }
        nodes[Int(node)].follower = freeNode
        freeNode = node
        if counts[place] > 0, counts[place] < Self.countMax { counts[place] -= 1 }
    }

    /// Appends the slots under a key, those of the block that `refine` leads to.
    func collect(
        _ key: UInt32, into found: inout [UInt32], refine: (UInt32, Int) -> UInt32
    ) {
        guard let place = findBlock(key, 0, { key, _, step in refine(key, step) }) else { return }
        var node = places[place].head
        var scanned = 0
        while node != 0, scanned < Self.scanMax {
            found.append(nodes[Int(node)].slot)
            node = nodes[Int(node)].follower
            scanned += 1
        }
    }

    private func findBlock(
        _ key: UInt32, _ slot: UInt32, _ refine: (UInt32, UInt32, Int) -> UInt32
    ) -> Int? {
        var key = key
        var step = 0
        while true {
            let place = find(key)
            if places[place].key == 0 { return nil }
            if places[place].head != Self.splitHead { return place }
            key = refine(key, slot, step)
            step += 1
        }
    }

    private mutating func split(
        _ place: Int, _ key: UInt32, _ step: Int, _ refine: (UInt32, UInt32, Int) -> UInt32
    ) {
        var node = places[place].head
        var members: [UInt32] = []
        while node != 0 {
            members.append(nodes[Int(node)].slot)
            let next = nodes[Int(node)].follower
            nodes[Int(node)].follower = freeNode
            freeNode = node
            node = next
        }
        places[place].head = Self.splitHead
        // Adding may move the table: the place is not used after this.
        for member in members.reversed() {
            insert(refine(key, member, step), slot: member, step: step + 1, refine: refine)
        }
    }

    private func find(_ key: UInt32) -> Int {
        let mask = places.count - 1
        var place = Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) &>> 32) & mask
        while places[place].key != 0, places[place].key != key { place = (place + 1) & mask }
        return place
    }

    private mutating func findOrAdd(_ key: UInt32) -> Int {
        let place = find(key)
        if places[place].key == key { return place }
        guard used * 10 >= places.count * 7 else {
            places[place].key = key
            used += 1
            return place
        }
        grow()
        return findOrAdd(key)
    }

    private mutating func grow() {
        let (old, oldCounts) = (places, counts)
        places = Array(repeating: Place(), count: old.count * 2)
        counts = Array(repeating: 0, count: old.count * 2)
        for index in old.indices where old[index].key != 0 {
            let place = find(old[index].key)
            places[place] = old[index]
            counts[place] = oldCounts[index]
        }
    }

    private mutating func addNode(_ slot: UInt32, before next: UInt32) -> UInt32 {
        if freeNode != 0 {
            let node = freeNode
            freeNode = nodes[Int(node)].follower
            nodes[Int(node)] = Node(slot: slot, follower: next)
            return node
        }
        nodes.append(Node(slot: slot, follower: next))
        return UInt32(nodes.count - 1)
    }
}
