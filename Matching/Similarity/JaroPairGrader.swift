/// Levels of unrelated pairs, and the memory the kernel works in.
///
/// A thread keeps one; calls allocate nothing once the lowest threshold is known. Pairs that cannot reach it
/// are settled from their headers, or from the first four units of both.
package struct JaroPairGrader: ~Copyable {
    private var short = LaneBatch()
    private var long = LaneBatch()
    private var reach = JaroReach()

    package init() {}

    /// The levels of unrelated pairs: `levels[i]` is the number of thresholds that the similarity of row
    /// `left[i]` with row `right[i]` reaches.
    ///
    /// ``JaroReach`` has the proof that a pair which shares fewer units than `need` cannot reach the
    /// lowest threshold. The units shared are bounded by the letter signatures, see
    /// ``TextColumn/signature(of:)``; `need` is asked at prefix 4 first, then at the pair's own prefix.
    ///
    /// - Precondition: `left`, `right` and `levels` have one count, the rows are in their columns, and the
    ///   thresholds are ascending; there are 1 to 255.
    package mutating func levels(
        left: Span<UInt32>, right: Span<UInt32>, leftColumn: TextColumn, rightColumn: TextColumn,
        thresholds: Span<Float>, measure: JaroWinkler.Measure = .jaroWinkler,
        into levels: inout MutableSpan<UInt8>
    ) {
        precondition(left.count == right.count, "each left row has a right row")
        precondition(left.count == levels.count, "each pair has a place for its level")
        precondition((1...255).contains(thresholds.count), "there are 1 to 255 thresholds")
        reach.set(threshold: thresholds[0], measure: measure)
        levels.withUnsafeMutableBufferPointer { levels in
            leftColumn.withStorage { leftRows in
                rightColumn.withStorage { rightRows in
                    for index in left.indices {
                        let pair = (leftRows[left[index]], rightRows[right[index]])
                        guard canReach(pair.0, leftRows, pair.1, rightRows) else {
                            levels[index] = 0
                            continue
                        }
                        grade(pair, at: index, leftRows, rightRows, thresholds, levels)
                    }
                    Self.flush(
                        &short, leftRows, rightRows, reach.measure, thresholds, levels)
                    Self.flush(
                        &long, leftRows, rightRows, reach.measure, thresholds, levels)
                }
            }
        }
    }

    /// Whether length, letters and prefix leave the lowest threshold in reach.
    @inline(__always)
    private mutating func canReach(
        _ left: TextColumn.Header, _ leftRows: TextColumn.Storage, _ right: TextColumn.Header,
        _ rightRows: TextColumn.Storage
    ) -> Bool {
        let lengths = (
            Int(truncatingIfNeeded: left.length), Int(truncatingIfNeeded: right.length)
        )
        let shared = TextColumn.commonUnitsMax(left, right)
        guard shared >= UInt32(reach.need(lengths.0, lengths.1, prefix: 4)) else { return false }
        // Zero pads a text, so a prefix may run past the end of both: then they are equal anyway.
        let first = UnsafeRawPointer(leftRows.units(of: left)).loadUnaligned(as: UInt64.self)
        let second = UnsafeRawPointer(rightRows.units(of: right)).loadUnaligned(as: UInt64.self)
        let prefix = UInt64(littleEndian: first ^ second).trailingZeroBitCount / 16
        return shared >= UInt32(reach.need(lengths.0, lengths.1, prefix: prefix))
    }

    /// Sends a pair to the batch of its length, or to the scalar kernel.
    @inline(__always)
    private mutating func grade(
        _ pair: (TextColumn.Header, TextColumn.Header), at index: Int,
        _ leftRows: TextColumn.Storage, _ rightRows: TextColumn.Storage,
        _ thresholds: Span<Float>, _ levels: UnsafeMutableBufferPointer<UInt8>
    ) {
        let longest = max(pair.0.length, pair.1.length)
        if longest <= 8 {
            short.push(pair.0, pair.1, output: index)
            if short.isFull {
                Self.flush(
                    &short, leftRows, rightRows, reach.measure, thresholds, levels)
            }
        } else if longest <= LaneBatch.unitsMax {
            long.push(pair.0, pair.1, output: index)
            if long.isFull {
                Self.flush(
                    &long, leftRows, rightRows, reach.measure, thresholds, levels)
            }
        } else {
            let score = JaroWinkler.similarity(
                pair.0, leftRows.text, pair.1, rightRows.text, reach.measure)
            levels[index] = JaroWinkler.level(score, thresholds)
        }
    }

    /// Grades the pairs of a batch and empties it.
    private static func flush(
        _ batch: inout LaneBatch, _ leftRows: TextColumn.Storage, _ rightRows: TextColumn.Storage,
        _ measure: JaroWinkler.Measure, _ thresholds: Span<Float>,
        _ levels: UnsafeMutableBufferPointer<UInt8>
    ) {
        JaroWinkler.score(&batch, leftRows, rightRows, measure)
        let scores = UnsafeRawPointer(batch.scores).assumingMemoryBound(to: Float.self)
        for lane in 0..<batch.count {
            levels[batch.outputs[lane]] = JaroWinkler.level(scores[lane], thresholds)
        }
        batch.reset()
    }
}
