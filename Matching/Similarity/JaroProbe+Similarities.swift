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
            let question = ScoreQuestion(measure: measure)
            ask(question, of: row, in: column, with: candidates, into: scores)
        }
    }
}

/// Asks for the similarity itself.
private struct ScoreQuestion: JaroQuestion {
    let measure: JaroWinkler.Measure

    @inline(__always)
    static var isBounded: Bool { false }

    @inline(__always)
    func answer(_ score: Float) -> Float { score }
}
