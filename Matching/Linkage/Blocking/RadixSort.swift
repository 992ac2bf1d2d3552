/// Sorting of 64-bit keys by their upper half, stable, in linear time.
enum RadixSort {
    /// Sorts by the upper 32 bits in three passes of 11 bits.
    static func sortByUpperHalf(_ values: inout [UInt64]) {
        guard values.count > 1 else { return }
        var scratch = [UInt64](repeating: 0, count: values.count)
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
}
