/// Clusters that must not be joined, kept by the representatives of their sets.
struct LinkConstraints {
    private var forbidden: [UInt32: Set<UInt32>] = [:]

    /// Keeps two sets apart.
    mutating func forbid(_ left: UInt32, _ right: UInt32) {
        guard left != right else { return }
        forbidden[left, default: []].insert(right)
        forbidden[right, default: []].insert(left)
    }

    /// Whether two sets hold records that must stay apart.
    func isForbidden(_ left: UInt32, _ right: UInt32) -> Bool {
        forbidden.isEmpty ? false : forbidden[left]?.contains(right) ?? false
    }

    /// Follows a union: what was forbidden to a set is forbidden to what it became.
    mutating func merge(_ root: UInt32, into other: UInt32) {
        guard root != other, let moved = forbidden.removeValue(forKey: root) else { return }
        for element in moved {
            forbidden[element]?.remove(root)
            forbid(element, other)
        }
    }
}
