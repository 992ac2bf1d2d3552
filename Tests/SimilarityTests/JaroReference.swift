/// Jaro and Jaro-Winkler, written as their definitions read, to judge the kernels by.
enum JaroReference {
    static func similarity(_ left: [UInt16], _ right: [UInt16], winkler: Bool) -> Float {
        if left.isEmpty && right.isEmpty { return 1 }
        let window = max(0, max(left.count, right.count) / 2 - 1)
        var isTaken = [Bool](repeating: false, count: right.count)
        var leftMatched: [UInt16] = []
        for (index, unit) in left.enumerated() {
            for place in right.indices
            where !isTaken[place] && abs(place - index) <= window && right[place] == unit {
                isTaken[place] = true
                leftMatched.append(unit)
                break
            }
        }
        let rightMatched = right.indices.filter { isTaken[$0] }.map { right[$0] }
        let matched = leftMatched.count
        guard matched > 0 else { return 0 }
        let halves = zip(leftMatched, rightMatched).count { $0 != $1 }
        let product = left.count * right.count
        let above =
            matched * matched * (left.count + right.count)
            + (matched - halves / 2) * product
        let below = 3 * matched * product
        guard winkler, 10 * above > 7 * below else { return Float(above) / Float(below) }
        var prefix = 0
        while prefix < 4, prefix < left.count, prefix < right.count,
            left[prefix] == right[prefix]
        { prefix += 1 }
        return Float(10 * above + prefix * (below - above)) / Float(10 * below)
    }
}
