extension JaroProbe {
    /// The registers of one group.
    struct Lanes {
        let lengths: Register
        /// The window of each place by the candidates' own lengths.
        let windows: UnsafePointer<Register>
        /// The places of each symbol.
        let places: UnsafePointer<Register>

        @inline(__always)
        init(_ group: CandidateLanes.Group, _ registers: UnsafePointer<Register>, width: Int) {
            let start = registers + group.firstRegister
            lengths = start[0]
            windows = start + CandidateLanes.windowStart
            places = start + CandidateLanes.leadCount(width: width)
        }
    }

    /// What the matching found, lane by lane.
    struct Matches {
        /// The places taken.
        var taken: Register
        /// Units of the probe that were not matched, of those that were tried.
        var unmatchedCount: Register
    }

    /// Matches the probe's units, in order, each with the lowest place that it may take.
    ///
    /// A unit may take a place within the reach of the longer of both values. Reach grows with length,
    /// so that window is the union of the windows by either length alone; past the last place
    /// of the lanes the probe is the longer one.
    @inline(__always)
    func match<Places: PlaceLanes>(_ lanes: Lanes, _ width: Places.Type) -> Matches {
        let steps = stepCount(width)
        let both = min(steps, Places.places)
        var matches = Matches(taken: .zero, unmatchedCount: .zero)
        for step in 0..<both {
            let window = windows[step] | lanes.windows[step]
            matchUnit(step, within: window, lanes, &matches, width)
        }
        var step = both
        while step < steps {
            matchUnit(step, within: windows[step], lanes, &matches, width)
            step &+= 1
        }
        return matches
    }

    @inline(__always)
    private func matchUnit<Places: PlaceLanes>(
        _ step: Int, within window: Register, _ lanes: Lanes, _ matches: inout Matches,
        _: Places.Type
    ) {
        let free = lanes.places[symbols[step]] & window & ~matches.taken
        let lowest = Places.lowestBits(free)
        matches.taken |= lowest
        let isUnmatched = Places.isZero(lowest)
        unmatched[step] = isUnmatched
        matches.unmatchedCount = Places.difference(matches.unmatchedCount, isUnmatched)
    }

    /// Units matched.
    @inline(__always)
    func matchedCount<Places: PlaceLanes>(_ matches: Matches, _ width: Places.Type) -> Register {
        Places.difference(
            Places.repeating(UInt64(truncatingIfNeeded: stepCount(width))), matches.unmatchedCount)
    }

    /// Half of the matched places whose units differ, rounded down.
    ///
    /// The k-th matched unit of the probe is compared with the k-th place taken, by asking whether that
    /// place is one of the unit's symbol. An unmatched unit is held against no place, and differs: those
    /// are taken off at the end.
    @inline(__always)
    func transpositions<Places: PlaceLanes>(
        _ lanes: Lanes, _ matches: Matches, _ width: Places.Type
    ) -> Register {
        var places = matches.taken
        var differing = Register.zero
        for step in 0..<stepCount(width) {
            let place = Places.lowestBits(places) & ~unmatched[step]
            let differs = Places.isZero(place & lanes.places[symbols[step]])
            differing = Places.difference(differing, differs)
            places ^= place
        }
        return Places.halved(Places.difference(differing, matches.unmatchedCount))
    }

    /// The common prefix, lane by lane.
    struct Prefix {
        /// Its length, at most 4.
        var length: Register
        /// The units that a lane with this prefix needs to match.
        var need: Register
    }

    /// The common prefix of each lane, and `needs` at its length.
    ///
    /// A lane whose prefix is over at place `k` is at most `k` long: it loses what a longer one
    /// would have saved, `needs[k] - needs[k + 1]`.
    @inline(__always)
    func prefix<Places: PlaceLanes>(
        _ lanes: Lanes, _ width: Places.Type,
        needs: InlineArray<5, UInt8> = .init(repeating: 0)
    ) -> Prefix {
        let longest = min(4, length)
        var isOver = Register.zero
        var lost = Register.zero
        var need = Places.repeating(UInt64(needs[longest]))
        for place in 0..<longest {
            let equal = lanes.places[symbols[place]] & Places.repeating(1 &<< UInt64(place))
            isOver |= Places.isZero(equal)
            lost = Places.difference(lost, isOver)
            // Adding the saving is taking off its complement.
            let saving = UInt64(needs[place] &- needs[place &+ 1])
            need = Places.difference(need, isOver & Places.repeating(0 &- saving))
        }
        let length = Places.difference(
            Places.repeating(UInt64(truncatingIfNeeded: longest)), lost)
        return Prefix(length: length, need: need)
    }

    /// Writes the scores of a group's lanes to ``scores``, from what lies in ``counts``.
    @inline(__always)
    func score<Places: PlaceLanes>(_ lanes: Lanes, _: Places.Type) {
        counts[3] = lanes.lengths
        let counts = UnsafeRawPointer(counts)
        let register = MemoryLayout<Register>.stride
        let probe = Float(length)
        for piece in 0..<Places.pieceCount {
            scores[piece] = JaroWinkler.scores(
                matched: Places.floats(counts, piece: piece),
                transpositions: Places.floats(counts + register, piece: piece),
                prefix: Places.floats(counts + 2 * register, piece: piece),
                lengths: (
                    SIMD8(repeating: probe), Places.floats(counts + 3 * register, piece: piece)
                ))
        }
    }
}
