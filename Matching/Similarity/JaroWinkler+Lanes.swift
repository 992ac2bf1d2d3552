extension JaroWinkler {
    /// What the matching found, lane by lane, each as a whole number in a `UInt16`.
    struct LaneCounts {
        /// Units matched.
        var matched: Lanes
        /// Half of the matched places that differ, rounded down.
        var transpositions: Lanes
        /// Length of the common prefix, at most 4; it may count padding where both values are equal.
        var prefix: Lanes
    }

    /// Matches sixteen unrelated pairs of at most 16 units.
    ///
    /// Place `j` of a right value is bit `j` of its lane. For left unit `i`, a compare with each right
    /// unit gives the mask of equal places; the window and the places already taken narrow it, and its
    /// lowest bit is the place matched. The padding of right values counts as taken from the start.
    ///
    /// Transpositions: the k-th matched left unit is compared with the k-th matched place by asking
    /// whether that place is in the left unit's mask of equal places. The masks are filled only within
    /// the widest window of the batch, and that is enough: if units and places are matched with no
    /// distance above `w`, then so they are when both are sorted (exchanging a crossing never makes
    /// the longer distance longer), hence the k-th place lies in the k-th unit's window.
    @inline(__always)
    static func match(_ batch: borrowing LaneBatch) -> LaneCounts {
        let one = Lanes(repeating: 1)
        let padding = lanes(batch.paddings)
        let reachMax = max(0, max(batch.leftLengthMax, batch.rightLengthMax) / 2 - 1)
        var window = lanes(batch.windows)
        // One bit for each step at which the window still reaches place 0.
        var growth = window &>> 1
        var taken = padding
        for index in 0..<batch.leftLengthMax {
            let unit = batch.leftUnits[index]
            var equal = Lanes.zero
            let first = max(0, index &- reachMax)
            let end = min(batch.rightLengthMax, index &+ reachMax &+ 1)
            var place = first
            while place < end {
                equal |= bits(unit .== batch.rightUnits[place]) & batch.placeBits[place]
                place &+= 1
            }
            let free = equal & window & ~taken
            let lowest = free & (Lanes.zero &- free)
            taken |= lowest
            batch.equalPlaces[index] = equal
            batch.takenPlaces[index] = lowest
            window = (window &+ window) | (growth & one)
            growth = growth &>> 1
        }
        return countMatches(batch, places: taken & ~padding)
    }

    @inline(__always)
    private static func countMatches(_ batch: borrowing LaneBatch, places: Lanes) -> LaneCounts {
        var places = places
        var matched = Lanes.zero
        var differing = Lanes.zero
        for index in 0..<batch.leftLengthMax {
            let isMatched = ~bits(batch.takenPlaces[index] .== Lanes.zero)
            let lowest = places & (Lanes.zero &- places) & isMatched
            let differs = bits(batch.equalPlaces[index] & lowest .== Lanes.zero) & isMatched
            differing &-= differs
            matched &-= isMatched
            places ^= lowest
        }
        var prefix = Lanes.zero
        var isEqual = ~Lanes.zero
        for index in 0..<4 {
            isEqual &= bits(batch.leftUnits[index] .== batch.rightUnits[index])
            prefix &-= isEqual
        }
        return LaneCounts(matched: matched, transpositions: differing &>> 1, prefix: prefix)
    }

    /// Sixteen values as a vector.
    @inline(__always)
    static func lanes(_ values: UnsafeMutablePointer<UInt16>) -> Lanes {
        UnsafeRawPointer(values).loadUnaligned(as: Lanes.self)
    }
}
