import CMemory

/// Disjoint sets with the members of each set as a linked ring.
///
/// Elements are met in no order, so that all there is to know of one lies together.
struct UnionFind {
    private struct Node {
        var parent: UInt32
        /// The size of the set, where the element represents it.
        var size: UInt32 = 1
        /// The next member of the set, in a ring.
        var next: UInt32
    }

    private var nodes: [Node] = []

    init(count: Int) {
        nodes.reserveLargePages(count)
        for element in 0..<UInt32(count) { nodes.append(Node(parent: element, next: element)) }
    }

    /// Asks for an element to be fetched from memory, ahead of its use.
    @inline(__always)
    func prefetch(_ element: UInt32) {
        nodes.withUnsafeBufferPointer { nodes in
            guard let base = nodes.baseAddress else { return }
            padron_prefetch(base + Int(element))
        }
    }

    /// The representative of an element's set.
    @inline(__always)
    mutating func find(_ element: UInt32) -> UInt32 {
        var element = element
        var parent = nodes[Int(element)].parent
        while parent != element {
            let grandparent = nodes[Int(parent)].parent
            if grandparent == parent { return parent }
            nodes[Int(element)].parent = grandparent
            element = grandparent
            parent = nodes[Int(element)].parent
        }
        return element
    }

    /// The size of the set of a representative.
    func size(_ root: UInt32) -> Int { Int(nodes[Int(root)].size) }

    /// The members of the set of an element.
    func members(_ element: UInt32) -> [UInt32] {
        var members: [UInt32] = []
        forEachMember(element) { members.append($0) }
        return members
    }

    /// Calls `body` with the members of the set of an element, or as many of them as are asked for.
    @inline(__always)
    func forEachMember(
        _ element: UInt32, atMost limit: Int = .max, _ body: (UInt32) -> Void
    ) {
        var member = element
        var count = 0
        repeat {
            body(member)
            member = nodes[Int(member)].next
            count += 1
        } while member != element && count < limit
    }

    /// Joins the sets of two representatives.
    mutating func join(_ left: UInt32, _ right: UInt32) {
        guard left != right else { return }
        let (small, large) = size(left) < size(right) ? (left, right) : (right, left)
        nodes[Int(small)].parent = large
        nodes[Int(large)].size += nodes[Int(small)].size
        let next = nodes[Int(small)].next
        nodes[Int(small)].next = nodes[Int(large)].next
        nodes[Int(large)].next = next
    }
}
