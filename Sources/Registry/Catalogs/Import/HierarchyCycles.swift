internal import RegistryModel

/// Finds the edges of hierarchies that close a circle.
///
/// The strongly connected components of each hierarchy by Tarjan's algorithm ("Depth-first search and
/// linear graph algorithms", SIAM J. Comput. 1, 1972), its recursion on a stack of its own: linear in
/// codes and edges. Edges of different days make no circle, so a component is looked at again on each
/// day on which one of its edges begins, as long as it is small; a large one is a circle as it stands.
struct HierarchyCycles {
    /// Edges that lie on a circle, by their index.
    private(set) var edges: [Int] = []

    /// The edges of a component of which days are told apart.
    private static let edgesWithDaysMax = 512

    /// Looks for circles among the edges of a table that stand.
    init(_ table: ImportTable) {
        for hierarchy in table.hierarchies.indices {
            let standing = table.edges.indices.filter {
                let edge = table.edges[$0]
                return edge.hierarchy == Int32(hierarchy) && edge.parent >= 0
                    && table.stands(edge)
            }
            for component in Self.circles(standing, table) {
                edges += Self.onOneDay(component, table)
            }
        }
    }

    /// Those of a component's edges that close a circle on one day.
    private static func onOneDay(_ component: [Int], _ table: ImportTable) -> [Int] {
        guard component.count <= edgesWithDaysMax else { return component }
        var found: Set<Int> = []
        for day in Set(component.map { table.edges[$0].from }) {
            let ofDay = component.filter {
                table.edges[$0].from <= day && table.edges[$0].through >= day
            }
            for circle in circles(ofDay, table) { found.formUnion(circle) }
        }
        return found.sorted()
    }

    /// The components of two codes and more, or of one that is its own parent, each as its inner edges.
    private static func circles(_ edges: [Int], _ table: ImportTable) -> [[Int]] {
        // Codes are numbered anew among those that have edges.
        var numbers: [Int32: Int] = [:]
        var ends: [(child: Int, parent: Int)] = []
        ends.reserveCapacity(edges.count)
        for edge in edges {
            let (child, parent) = (table.edges[edge].child, table.edges[edge].parent)
            let lower = numbers[child] ?? numbers.count
            numbers[child] = lower
            let upper = numbers[parent] ?? numbers.count
            numbers[parent] = upper
            ends.append((lower, upper))
        }
        let component = components(count: numbers.count, ends)
        var inner: [Int: [Int]] = [:]
        for (place, end) in ends.enumerated() where component[end.child] == component[end.parent] {
            inner[component[end.child], default: []].append(edges[place])
        }
        return inner.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The component of each node.
    private static func components(
        count: Int, _ ends: [(child: Int, parent: Int)]
    ) -> [Int] {
        // Edges by their child: those of a node lie from `first[node]` to `first[node + 1]`.
        var first = [Int](repeating: 0, count: count + 1)
        for end in ends { first[end.child + 1] += 1 }
        for node in 0..<count { first[node + 1] += first[node] }
        var above = [Int](repeating: 0, count: ends.count)
        var filled = first
        for end in ends {
            above[filled[end.child]] = end.parent
            filled[end.child] += 1
        }
        var component = [Int](repeating: -1, count: count)
        var order = [Int](repeating: -1, count: count)
        var low = [Int](repeating: 0, count: count)
        var next = first
        var path: [Int] = []
        var open: [Int] = []
        var visited = 0
        for root in 0..<count where order[root] < 0 {
            path.append(root)
            while let node = path.last {
                if order[node] < 0 {
                    order[node] = visited
                    low[node] = visited
                    visited += 1
                    open.append(node)
                }
                if next[node] < first[node + 1] {
                    let parent = above[next[node]]
                    next[node] += 1
                    if order[parent] < 0 {
                        path.append(parent)
                    } else if component[parent] < 0 {
                        low[node] = min(low[node], order[parent])
                    }
                    continue
                }
                path.removeLast()
                if let child = path.last { low[child] = min(low[child], low[node]) }
                guard low[node] == order[node] else { continue }
                while let member = open.popLast() {
                    component[member] = node
                    if member == node { break }
                }
            }
        }
        return component
    }
}
