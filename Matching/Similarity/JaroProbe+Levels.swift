extension JaroProbe {
    /// The levels of a row with packed candidates: `levels[i]` is the number of thresholds that the
    /// similarity with candidate `i` reaches.
    ///
    /// Candidates that reach none are settled early, by three bounds of rising cost. ``JaroReach`` has
    /// the proof that a pair which matches fewer units than `need` cannot reach the lowest threshold;
    /// what remains is that each bound is no less than the units a lane matches.
    ///
    /// 1. *A group at once, from its letter signatures.* By ``TextColumn/signature(of:)`` a lane matches
    ///    at most `probe length - popcount(probe & ~any)`, since the lane's bits are among `any`; and at
    ///    most `its length - popcount(all & ~probe)`, since `all` is among the lane's bits. `need` is
    ///    taken at the shortest length of the group, and at prefix 0 where no lane begins with the
    ///    probe's first unit, else 4: by ``JaroReach`` not above any lane's own. An empty lane scores 0; where
    ///    that reaches the threshold, every `need` is 0.
    /// 2. *Lane by lane, from the units really matched*, before transpositions and the quotient: `need`
    ///    at the group's shortest length and the lane's own prefix.
    /// 3. What remains is scored, and the score compared.
    ///
    /// - Precondition: the row is in its column, each candidate has a place for its level, and the
    ///   thresholds are ascending; there are 1 to 255.
    package mutating func levels(
        of row: UInt32, in column: TextColumn, with candidates: CandidateLanes,
        thresholds: Span<Float>, measure: JaroWinkler.Measure = .jaroWinkler,
        into levels: inout MutableSpan<UInt8>
    ) {
        precondition(levels.count == candidates.count, "each candidate has a place for its level")
        precondition(Int(row) < column.count, "the row is in its column")
        precondition((1...255).contains(thresholds.count), "there are 1 to 255 thresholds")
        reach.set(threshold: thresholds[0], measure: measure)
        thresholds.withUnsafeBufferPointer { thresholds in
            let question = LevelQuestion(thresholds: thresholds, measure: measure)
            levels.withUnsafeMutableBufferPointer { levels in
                guard let answers = levels.baseAddress else { return }
                answers.update(repeating: 0, count: levels.count)
                ask(question, of: row, in: column, with: candidates, into: answers)
            }
        }
    }

    /// Bound 1 of ``levels(of:in:with:thresholds:measure:into:)``.
    @inline(__always)
    mutating func canReach(_ group: CandidateLanes.Group) -> Bool {
        let prefix = group.firstUnits & firstUnit == 0 ? 0 : 4
        let probeOnly = (signature & ~group.anySignature).nonzeroBitCount
        let groupOnly = (group.allSignature & ~signature).nonzeroBitCount
        let shared = min(length &- probeOnly, group.lengthMax &- groupOnly)
        return shared >= Int(reach.need(length, max(1, group.lengthMin), prefix: prefix))
    }

    /// Bound 2; leaves the units matched and the prefix in ``counts``.
    @inline(__always)
    mutating func reachesNeed<Places: PlaceLanes>(
        _ group: CandidateLanes.Group, _ lanes: Lanes, _ matches: Matches, _ width: Places.Type
    ) -> Bool {
        var needs = InlineArray<5, UInt8>(repeating: 0)
        for prefix in 0..<5 {
            needs[prefix] = reach.need(length, max(1, group.lengthMin), prefix: prefix)
        }
        let prefix = prefix(lanes, width, needs: needs)
        let matched = matchedCount(matches, width)
        counts[0] = matched
        counts[2] = reach.measure == .jaroWinkler ? prefix.length : .zero
        return Places.isAnyAtLeast(matched, prefix.need)
    }
}

/// Asks for the number of thresholds that a similarity reaches.
private struct LevelQuestion: JaroQuestion {
    let thresholds: UnsafeBufferPointer<Float>
    let measure: JaroWinkler.Measure

    @inline(__always)
    static var isBounded: Bool { true }

    @inline(__always)
    func answer(_ score: Float) -> UInt8 { JaroWinkler.level(score, thresholds.span) }
}
