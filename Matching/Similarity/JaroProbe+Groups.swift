/// What a call wants of the similarity of the probe with each candidate.
protocol JaroQuestion {
    associatedtype Answer
    var measure: JaroWinkler.Measure { get }
    /// Whether ``JaroProbe/reach`` may settle candidates, whose answer then stays as it was before.
    static var isBounded: Bool { get }
    /// The answer for a similarity.
    func answer(_ score: Float) -> Answer
}

extension JaroProbe {
    /// Brings a row before all candidates: those in lanes by group, empty ones, and the rest one by one.
    @inline(__always)
    mutating func ask<Question: JaroQuestion>(
        _ question: Question, of row: UInt32, in column: TextColumn,
        with candidates: CandidateLanes, into answers: UnsafeMutablePointer<Question.Answer>
    ) {
        column.withStorage { storage in
            let header = storage[row]
            candidates.withStorage { lanes in
                take(header, storage.units(of: header), lanes.symbols)
                askGroups(question, lanes, answers, BytePlaces.self, 0)
                askGroups(question, lanes, answers, WordPlaces.self, 1)
                askGroups(question, lanes, answers, DoubleWordPlaces.self, 2)
                askGroups(question, lanes, answers, QuadWordPlaces.self, 3)
                guard length == 0 else { return }
                for value in 0..<lanes.emptyCount {
                    answers[Int(lanes.outputs[value])] = question.answer(1)
                }
            }
            candidates.rest.withStorage { rest in
                for index in 0..<rest.count {
                    let score = JaroWinkler.similarity(
                        header, storage.text, rest.headers[index], rest.text, question.measure)
                    answers[Int(candidates.restOutputs[index])] = question.answer(score)
                }
            }
        }
    }

    /// Asks the groups of one width.
    @inline(__always)
    private mutating func askGroups<Question: JaroQuestion, Places: PlaceLanes>(
        _ question: Question, _ candidates: CandidateLanes.Storage,
        _ answers: UnsafeMutablePointer<Question.Answer>, _ width: Places.Type, _ kind: Int
    ) {
        let range = candidates.groupRanges[kind]
        if range.isEmpty { return }
        fillWindows(width)
        var index = range.lowerBound
        while index < range.upperBound {
            let group = candidates.groups[index]
            index &+= 1
            if Question.isBounded, !canReach(group) { continue }
            let lanes = Lanes(group, candidates.registers, width: Places.places)
            let matches = match(lanes, width)
            if Question.isBounded {
                guard reachesNeed(group, lanes, matches, width) else { continue }
            } else {
                counts[0] = matchedCount(matches, width)
                counts[2] = question.measure == .jaroWinkler ? prefix(lanes, width).length : .zero
            }
            counts[1] = transpositions(lanes, matches, width)
            score(lanes, width)
            let scores = UnsafeRawPointer(scores).assumingMemoryBound(to: Float.self)
            let outputs = candidates.outputs + group.firstOutput
            for lane in 0..<group.laneCount {
                answers[Int(truncatingIfNeeded: outputs[lane])] = question.answer(scores[lane])
            }
        }
    }
}
