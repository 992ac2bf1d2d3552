extension JaroProbe {
    /// The similarities of a row with packed candidates: with candidate `i` into `results[i]`.
    ///
    /// - Precondition: the row is in its column, and each candidate has a place for its result.
    package mutating func similarities(
        of row: UInt32, in column: TextColumn, with candidates: CandidateLanes,
        measure: JaroWinkler.Measure = .jaroWinkler, into results: inout MutableSpan<Float>
    ) {
        precondition(results.count == candidates.count, "each candidate has a place for its result")
        precondition(Int(row) < column.count, "the row is in its column")
        results.withUnsafeMutableBufferPointer { results in
            guard let scores = results.baseAddress else { return }
            column.withStorage { storage in
                let header = storage[row]
                candidates.withStorage { lanes in
                    take(header, storage.units(of: header), lanes.symbols)
                    scoreGroups(lanes, measure, scores, BytePlaces.self, 0)
                    scoreGroups(lanes, measure, scores, WordPlaces.self, 1)
                    scoreGroups(lanes, measure, scores, DoubleWordPlaces.self, 2)
                    scoreGroups(lanes, measure, scores, QuadWordPlaces.self, 3)
                    if length == 0 {
                        for value in 0..<lanes.emptyCount { scores[Int(lanes.outputs[value])] = 1 }
                    }
                }
                candidates.rest.withStorage { rest in
                    for index in 0..<rest.count {
                        let other = rest.headers[index]
                        scores[Int(candidates.restOutputs[index])] = JaroWinkler.similarity(
                            header, storage.text, other, rest.text, measure)
                    }
                }
            }
        }
    }

    /// Scores the groups of one width.
    @inline(__always)
    private func scoreGroups<Places: PlaceLanes>(
        _ candidates: CandidateLanes.Storage, _ measure: JaroWinkler.Measure,
        _ results: UnsafeMutablePointer<Float>, _ width: Places.Type, _ kind: Int
    ) {
        let range = candidates.groupRanges[kind]
        if range.isEmpty { return }
        fillWindows(width)
        var index = range.lowerBound
        while index < range.upperBound {
            let group = candidates.groups[index]
            let outputs = candidates.outputs + group.firstOutput
            index &+= 1
            let lanes = Lanes(group, candidates.registers, width: Places.places)
            let matches = match(lanes, width)
            counts[0] = matchedCount(matches, width)
            counts[1] = transpositions(lanes, matches, width)
            counts[2] = measure == .jaroWinkler ? prefix(lanes, width).length : .zero
            score(lanes, width)
            let scores = UnsafeRawPointer(scores).assumingMemoryBound(to: Float.self)
            for lane in 0..<group.laneCount {
                results[Int(truncatingIfNeeded: outputs[lane])] = scores[lane]
            }
        }
    }
}
