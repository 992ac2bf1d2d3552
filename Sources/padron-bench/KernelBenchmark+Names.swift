import Similarity

/// One name against many, levels and distances.
extension KernelBenchmark {
    /// Each name against the whole list; packing it is timed too.
    @discardableResult
    static func oneAgainstMany(_ column: TextColumn, _ measure: JaroWinkler.Measure) -> Rate {
        var probe = JaroProbe()
        return eachAgainstAll("\(measure) one to many", column, Float.zero, total: total) {
            row, candidates, results in
            var span = results.mutableSpan
            probe.similarities(
                of: row, in: column, with: candidates, measure: measure, into: &span)
        }
    }

    /// Levels of each name against the whole list; the sum is of levels.
    static func levels(_ column: TextColumn) {
        let thresholds: [Float] = [0.75, 0.85, 0.93]
        for lowest in thresholds.indices {
            var probe = JaroProbe()
            let name = "jaroWinkler levels from \(thresholds[lowest])"
            eachAgainstAll(name, column, UInt8.zero, total: total) { row, candidates, results in
                var span = results.mutableSpan
                probe.levels(
                    of: row, in: column, with: candidates,
                    thresholds: thresholds.span.extracting(lowest...), into: &span)
            }
        }
    }

    /// Reports a kernel that compares one row with packed candidates, run for every row over all.
    @discardableResult
    private static func eachAgainstAll<Result>(
        _ name: String, _ column: TextColumn, _ zero: Result, total: (Span<Result>) -> Double,
        _ compare: (UInt32, CandidateLanes, inout [Result]) -> Void
    ) -> Rate {
        let rows = Array(0..<UInt32(column.count))
        var results = [Result](repeating: zero, count: column.count)
        return report(name, count: column.count * column.count) { stopwatch in
            var candidates = CandidateLanes()
            var sum = 0.0
            stopwatch.time { candidates.pack(rows.span, of: column) }
            for row in rows {
                stopwatch.time { compare(row, candidates, &results) }
                sum += total(results.span)
            }
            return sum
        }
    }

    /// Optimal string alignment distances up to 2, of all against all; the sum is of distances.
    static func distances(_ column: TextColumn) {
        let rows = Array(0..<UInt32(column.count))
        eachAgainstAll("alignment one to many", column, UInt8.zero, total: total) {
            row, candidates, results in
            var span = results.mutableSpan
            OptimalStringAlignment.distances(
                of: row, in: column, with: candidates, bound: 2, into: &span)
        }
        report("alignment pairs", count: column.count * column.count) { stopwatch in
            var sum = 0
            for row in rows {
                stopwatch.time {
                    for other in rows {
                        sum &+= Int(
                            OptimalStringAlignment.distance(
                                row, in: column, other, in: column, bound: 2))
                    }
                }
            }
            return Double(sum)
        }
    }
}
