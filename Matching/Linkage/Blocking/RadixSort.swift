/// Sorting of 64-bit entries by their upper half, stable, in linear time.
enum RadixSort {
    /// Below this many entries comparing them is quicker than counting.
    private static let comparedMax = 256

    /// Sorts by the upper 32 bits in three passes of 11 bits.
    static func sortByUpperHalf(_ values: inout [UInt64]) {
        guard values.count > 1 else { return }
        guard values.count > comparedMax else {
            insertionSort(&values)
            return
        }
        let count = values.count
        var scratch = [UInt64](unsafeUninitializedCapacity: count) {
            LargePages.prefer(for: $0)
            $1 = count
        }
        for shift in [UInt64(32), 43, 54] {
            var starts = [Int](repeating: 0, count: 2_049)
            values.withUnsafeBufferPointer { source in
                for value in source {
                    starts[Int(truncatingIfNeeded: value &>> shift & 2_047) + 1] += 1
                }
                for bucket in 1..<2_049 { starts[bucket] += starts[bucket - 1] }
                scratch.withUnsafeMutableBufferPointer { target in
                    starts.withUnsafeMutableBufferPointer { starts in
                        for value in source {
                            let bucket = Int(truncatingIfNeeded: value &>> shift & 2_047)
                            target[starts[bucket]] = value
                            starts[bucket] += 1
                        }
                    }
                }
            }
            swap(&values, &scratch)
        }
    }

    /// Sorts few entries by the upper 32 bits, stable.
    static func insertionSort(_ values: inout [UInt64]) {
        values.withUnsafeMutableBufferPointer { values in
            for index in values.indices.dropFirst() {
                let value = values[index]
                var place = index
                while place > 0, values[place - 1] &>> 32 > value &>> 32 {
                    values[place] = values[place - 1]
                    place -= 1
                }
                values[place] = value
            }
        }
    }

    /// Takes out values that are equal to the one before them.
    static func removeRepetitions(_ values: inout [UInt64]) {
        var count = 0
        for index in values.indices where count == 0 || values[count - 1] != values[index] {
            values[count] = values[index]
            count += 1
        }
        values.removeLast(values.count - count)
    }

    /// Slots in the order of their records' content, equal records in the order of slots.
    static func sortedByContent(_ slots: [UInt32], _ persons: [EncodedPerson]) -> [UInt32] {
        var entries = slots.map { slot in
            persons[Int(slot)].contentHash & ~0xFFFF_FFFF | UInt64(slot)
        }
        sortByUpperHalf(&entries)
        sortRuns(&entries) { left, right in
            let (left, right) = (
                UInt32(truncatingIfNeeded: left), UInt32(truncatingIfNeeded: right)
            )
            return (persons[Int(left)].contentHash, left)
                < (persons[Int(right)].contentHash, right)
        }
        return entries.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Sorts each run of entries with one upper half.
    static func sortRuns(_ entries: inout [UInt64], by precedes: (UInt64, UInt64) -> Bool) {
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end] &>> 32 == entries[start] &>> 32 { end += 1 }
            if end - start > 1 { entries[start..<end].sort(by: precedes) }
            start = end
        }
    }
}
