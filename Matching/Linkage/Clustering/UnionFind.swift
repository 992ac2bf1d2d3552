/// Disjoint sets with the members of each set as a linked ring.
struct UnionFind {
    private var parents: [UInt32]
    private var sizes: [UInt32]
    private var nextMembers: [UInt32]

    init(count: Int) {
        parents = (0..<UInt32(count)).map { $0 }
        sizes = Array(repeating: 1, count: count)
        nextMembers = parents
    }

    /// The representative of an element's set.
    mutating func find(_ element: UInt32) -> UInt32 {
        var element = element
        while parents[Int(element)] != element {
            parents[Int(element)] = parents[Int(parents[Int(element)])]
            element = parents[Int(element)]
        }
        return element
    }

    /// The size of the set of a representative.
    func size(_ root: UInt32) -> Int { Int(sizes[Int(root)]) }

    /// The members of the set of an element, or as many of them as are asked for.
    func members(_ element: UInt32, atMost limit: Int = .max) -> [UInt32] {
        var members = [element]
        var next = nextMembers[Int(element)]
        while next != element, members.count < limit {
            members.append(next)
            next = nextMembers[Int(next)]
        }
        return members
    }

    /// Joins the sets of two representatives.
    mutating func join(_ left: UInt32, _ right: UInt32) {
        guard left != right else { return }
        let (small, large) = size(left) < size(right) ? (left, right) : (right, left)
        parents[Int(small)] = large
        sizes[Int(large)] += sizes[Int(small)]
        nextMembers.swapAt(Int(small), Int(large))
    }
}
