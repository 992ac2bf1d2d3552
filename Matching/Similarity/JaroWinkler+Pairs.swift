extension JaroWinkler {
    /// The similarities of unrelated pairs: row `left[i]` with row `right[i]`, into `results[i]`.
    ///
    /// - Precondition: `left`, `right` and `results` have one count, and the rows are in their columns.
    package static func similarities(
        left: Span<UInt32>, right: Span<UInt32>, leftColumn: TextColumn, rightColumn: TextColumn,
        measure: Measure = .jaroWinkler, into results: inout MutableSpan<Float>
    ) {
        precondition(left.count == right.count, "each left row has a right row")
        precondition(left.count == results.count, "each pair has a place for its result")
        results.withUnsafeMutableBufferPointer { results in
            leftColumn.withStorage { leftRows in
                rightColumn.withStorage { rightRows in
                    score(left, right, leftRows, rightRows, measure, results)
                }
            }
        }
    }

    /// Sends each pair to the batch of its length, and pairs too long for one to the scalar kernel.
    private static func score(
        _ left: Span<UInt32>, _ right: Span<UInt32>, _ leftRows: TextColumn.Storage,
        _ rightRows: TextColumn.Storage, _ measure: Measure,
        _ results: UnsafeMutableBufferPointer<Float>
    ) {
        var short = LaneBatch()
        var long = LaneBatch()
        for index in left.indices {
            let leftHeader = leftRows[left[index]]
            let rightHeader = rightRows[right[index]]
            let longest = max(leftHeader.length, rightHeader.length)
            if longest <= 8 {
                short.push(leftHeader, rightHeader, output: index)
                if short.isFull { flush(&short, leftRows, rightRows, measure, results) }
            } else if longest <= LaneBatch.unitsMax {
                long.push(leftHeader, rightHeader, output: index)
                if long.isFull { flush(&long, leftRows, rightRows, measure, results) }
            } else {
                results[index] = similarity(
                    leftHeader, leftRows.text, rightHeader, rightRows.text, measure)
            }
        }
        flush(&short, leftRows, rightRows, measure, results)
        flush(&long, leftRows, rightRows, measure, results)
    }

    /// Scores the pairs of a batch and empties it.
    @inline(__always)
    private static func flush(
        _ batch: inout LaneBatch, _ leftRows: TextColumn.Storage, _ rightRows: TextColumn.Storage,
        _ measure: Measure, _ results: UnsafeMutableBufferPointer<Float>
    ) {
        score(&batch, leftRows, rightRows, measure)
        let scores = UnsafeRawPointer(batch.scores).assumingMemoryBound(to: Float.self)
        for lane in 0..<batch.count {
            results[batch.outputs[lane]] = scores[lane]
        }
        batch.reset()
    }

    /// Scores the pairs of a batch into its own memory.
    @inline(never)
    static func score(
        _ batch: inout LaneBatch, _ leftRows: TextColumn.Storage, _ rightRows: TextColumn.Storage,
        _ measure: Measure
    ) {
        batch.load(leftRows.text, rightRows.text)
        let counts = match(batch)
        storeScores(
            counts, lanes(batch.leftLengths), lanes(batch.rightLengths), measure, to: batch.scores)
    }
}
