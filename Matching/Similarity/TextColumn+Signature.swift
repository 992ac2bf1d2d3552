extension TextColumn {
    /// The letter signature of a row: which letters it has, and how often, folded into 64 bits.
    ///
    /// The `k`-th occurrence (from 0) of unit `u` sets bit `(u + 27 k) mod 64`. The letters a to z
    /// then have a bit each, and so have their second occurrences.
    ///
    /// **What it proves.** Let `A` and `B` be the sets of (unit, occurrence) of two rows, `a` and `b`
    /// their signatures. The units they share, counted with repetition, are `|A ∩ B|`, since the
    /// occurrences of a unit are numbered from 0 in both. Every bit of `a & ~b` was set by at least one
    /// element of `A`, which cannot be in `B`, or `b` would have the bit; different bits come from
    /// different elements. Hence
    ///
    ///     |A ∩ B| = |A| - |A \ B| ≤ lengthA - popcount(a & ~b)
    ///
    /// and the same with the sides exchanged. A collision of letters only weakens the bound.
    package func signature(of row: UInt32) -> UInt64 { headers[Int(row)].signature }

    func makeSignature(row: Int) -> UInt64 {
        let header = headers[row]
        var signature: UInt64 = 0
        for index in 0..<Int(header.length) {
            let unit = unit(index, of: header)
            var occurrence = 0
            for earlier in 0..<index where self.unit(earlier, of: header) == unit {
                occurrence += 1
            }
            signature |= 1 << UInt64((Int(unit) + 27 * occurrence) % 64)
        }
        return signature
    }
}
