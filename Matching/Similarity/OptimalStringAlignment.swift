/// The optimal string alignment distance of two values, as far as a bound.
///
/// It is the least number of insertions, deletions and substitutions of a unit, and exchanges of two
/// neighbours, that make one value of the other, when no part is edited twice: the restricted form of
/// Damerau's distance. Results are the distance where it is at most the bound, and the bound and one
/// where it is more.
///
/// *Method*: H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"
/// (Nordic Journal of Computing 10, 2003). Bit `j` of a word belongs to unit `j` of one value; the
/// words say where the column of the distance matrix rises and falls, and each unit of the other value
/// makes the next column in some fifteen operations.
///
/// **Two bounds from the letters.** Each unit of the longer value that an alignment neither keeps nor
/// exchanges costs an edit, and those that it keeps or exchanges are shared; hence
/// `distance >= max(lengths) - shared units`, and with ``TextColumn/signature(of:)``,
/// `distance >= popcount(a & ~b)` and the same with the sides exchanged. It is also at least the difference of
/// lengths. What these settle is not computed.
package enum OptimalStringAlignment {
    /// The largest bound.
    package static let boundMax = 3

    /// The distance of one pair of rows, or `bound + 1`.
    package static func distance(
        _ left: UInt32, in leftColumn: TextColumn, _ right: UInt32, in rightColumn: TextColumn,
        bound: Int
    ) -> UInt8 {
        precondition((1...boundMax).contains(bound), "the bound is 1 to 3")
        precondition(Int(left) < leftColumn.count, "the left row is in its column")
        precondition(Int(right) < rightColumn.count, "the right row is in its column")
        var result: UInt8 = 0
        leftColumn.withStorage { leftRows in
            rightColumn.withStorage { rightRows in
                let (first, second) = (leftRows[left], rightRows[right])
                result =
                    isBeyond(first, second, bound)
                    ? UInt8(bound + 1)
                    : distance(
                        first, leftRows.units(of: first), second, rightRows.units(of: second), bound
                    )
            }
        }
        return result
    }

    /// Whether length or letters alone put the distance above the bound.
    @inline(__always)
    static func isBeyond(
        _ left: TextColumn.Header, _ right: TextColumn.Header, _ bound: Int
    ) -> Bool {
        let leftOnly = (left.signature & ~right.signature).nonzeroBitCount
        let rightOnly = (right.signature & ~left.signature).nonzeroBitCount
        let gap = abs(Int(truncatingIfNeeded: left.length) &- Int(truncatingIfNeeded: right.length))
        return max(leftOnly, max(rightOnly, gap)) > bound
    }

    /// The distance of one pair, in one word.
    ///
    /// Units are compared within `bound` places only: an alignment of at most `bound` edits does not
    /// join units that lie further apart, and one of more edits is cut off anyway.
    static func distance(
        _ left: TextColumn.Header, _ leftUnits: UnsafePointer<UInt16>,
        _ right: TextColumn.Header, _ rightUnits: UnsafePointer<UInt16>, _ bound: Int
    ) -> UInt8 {
        let rightLength = Int(right.length)
        if rightLength == 0 { return UInt8(min(Int(left.length), bound + 1)) }
        var rises = UInt64.max
        var falls: UInt64 = 0
        var diagonal: UInt64 = 0
        var equalBefore: UInt64 = 0
        let last: UInt64 = 1 << UInt64(rightLength - 1)
        var distance = rightLength
        for index in 0..<Int(left.length) {
            var equal: UInt64 = 0
            let first = max(0, index - bound)
            let end = min(rightLength, index + bound + 1)
            if first < end {
                for place in first..<end where rightUnits[place] == leftUnits[index] {
                    equal |= 1 << UInt64(place)
                }
            }
            let exchanged = ((~diagonal & equal) << 1) & equalBefore
            diagonal = (((equal & rises) &+ rises) ^ rises) | equal | falls | exchanged
            var rowRises = falls | ~(diagonal | rises)
            var rowFalls = diagonal & rises
            if rowRises & last != 0 { distance += 1 }
            if rowFalls & last != 0 { distance -= 1 }
            rowRises = rowRises << 1 | 1
            rowFalls <<= 1
            rises = rowFalls | ~(diagonal | rowRises)
            falls = rowRises & diagonal
            equalBefore = equal
        }
        return UInt8(min(distance, bound + 1))
    }
}
