/// The Jaro and Jaro-Winkler similarities of two values.
///
/// *Jaro* (M. A. Jaro, Journal of the American Statistical Association 84, 1989): with lengths `l` and
/// `r`, each unit of the left value, in order, takes the first equal unit of the right value that is
/// not taken and lies at most `max(l, r) / 2 - 1` places away (never less than 0). Of the `m` units
/// matched, both sequences are compared place by place; half of the places that differ, rounded down,
/// are the transpositions `t`. The similarity is `(m/l + m/r + (m - t)/m) / 3`; with nothing matched
/// it is 0, and two empty values give 1.
///
/// *Winkler's boost* (W. E. Winkler, Proceedings of the Section on Survey Research Methods, 1990): a
/// Jaro similarity `j` above 0.7 is raised by `p/10 * (1 - j)`, `p` being the length of the common
/// prefix, at most 4. This is rapidfuzz's rule.
///
/// Both are rational numbers whose numerator and denominator, for values of at most 64 units, are below
/// 2^23 and so exact in `Float`. The result is that quotient rounded once, the nearest `Float` to the
/// true similarity, whichever path computed it.
package enum JaroWinkler {
    /// Which of the two similarities a call computes.
    package enum Measure: Sendable {
        case jaro
        case jaroWinkler
    }

    /// The similarity of one pair of rows.
    package static func similarity(
        _ left: UInt32, in leftColumn: TextColumn, _ right: UInt32, in rightColumn: TextColumn,
        measure: Measure = .jaroWinkler
    ) -> Float {
        var result: Float = 0
        precondition(Int(left) < leftColumn.count, "the left row is in its column")
        precondition(Int(right) < rightColumn.count, "the right row is in its column")
        leftColumn.withStorage { leftRows in
            rightColumn.withStorage { rightRows in
                result = similarity(
                    leftRows[left], leftRows.text, rightRows[right], rightRows.text, measure)
            }
        }
        return result
    }

    /// The similarity of one pair, place by place.
    static func similarity(
        _ left: TextColumn.Header, _ leftText: UnsafePointer<SIMD8<UInt16>>,
        _ right: TextColumn.Header, _ rightText: UnsafePointer<SIMD8<UInt16>>, _ measure: Measure
    ) -> Float {
        let leftUnits = UnsafeRawPointer(leftText + Int(left.firstChunk))
            .assumingMemoryBound(to: UInt16.self)
        let rightUnits = UnsafeRawPointer(rightText + Int(right.firstChunk))
            .assumingMemoryBound(to: UInt16.self)
        let leftLength = Int(left.length)
        let rightLength = Int(right.length)
        let reach = max(0, max(leftLength, rightLength) / 2 - 1)
        var taken: UInt64 = 0
        // Places that left units matched, in the order of the left value.
        var matched = 0
        var places = InlineArray<64, UInt8>(repeating: 0)
        for index in 0..<leftLength {
            let first = max(0, index - reach)
            let end = min(rightLength, index + reach + 1)
            guard first < end else { break }
            for place in first..<end
            where rightUnits[place] == leftUnits[index] && taken >> UInt64(place) & 1 == 0 {
                taken |= 1 << UInt64(place)
                places[matched] = UInt8(index)
                matched += 1
                break
            }
        }
        var differing = 0
        for order in 0..<matched {
            let place = taken.trailingZeroBitCount
            taken &= taken &- 1
            if leftUnits[Int(places[order])] != rightUnits[place] { differing += 1 }
        }
        var prefix = 0
        while prefix < min(4, leftLength, rightLength), leftUnits[prefix] == rightUnits[prefix] {
            prefix += 1
        }
        return score(
            lengths: (leftLength, rightLength), matched: matched, transpositions: differing / 2,
            prefix: measure == .jaroWinkler ? prefix : 0)
    }

    /// The quotient of the exact numerator and denominator, for one pair.
    static func score(
        lengths: (left: Int, right: Int), matched: Int, transpositions: Int, prefix: Int
    ) -> Float {
        guard matched > 0 else { return lengths.left + lengths.right == 0 ? 1 : 0 }
        let product = lengths.left * lengths.right
        let denominator = 3 * matched * product
        let numerator =
            matched * matched * (lengths.left + lengths.right) + (matched - transpositions)
            * product
        guard 10 * numerator > 7 * denominator else {
            return Float(numerator) / Float(denominator)
        }
        return Float(10 * numerator + prefix * (denominator - numerator)) / Float(10 * denominator)
    }

    /// The number of thresholds that a score reaches.
    @inline(__always)
    static func level(_ score: Float, _ thresholds: Span<Float>) -> UInt8 {
        var level: UInt8 = 0
        for index in thresholds.indices where score >= thresholds[index] { level &+= 1 }
        return level
    }
}
