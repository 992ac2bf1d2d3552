extension CandidateLanes {
    /// Packs rows of a column in place of what was packed before; value `i` is row `rows[i]`.
    ///
    /// Of one length, those with one first letter come into groups together. Where the caller has rows of
    /// like letters side by side, their order is kept instead, and more groups are settled by letters.
    ///
    /// - Precondition: the rows are in the column.
    package mutating func pack(
        _ rows: Span<UInt32>, of column: TextColumn, keepsOrder: Bool = false
    ) {
        removeAll()
        count = rows.count
        precondition(rows.count < Int(UInt32.max), "fewer than 2^32 values are packed")
        precondition(rows.count == 0 || column.count > 0, "the rows are in their column")
        column.withStorage { storage in
            assign(rows, storage, keepsOrder)
            keys.sort()
            lay(rows, storage)
        }
    }

    private mutating func removeAll() {
        for unit in units { symbols[Int(unit)] = 0 }
        units.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        registers.removeAll(keepingCapacity: true)
        outputs.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        restOutputs.removeAll(keepingCapacity: true)
        if rest.count > 0 { rest = TextColumn() }
        emptyCount = 0
        groupRanges = .init(repeating: 0..<0)
    }

    /// Gives units their symbols and values their keys, and puts aside values that find no symbol.
    private mutating func assign(
        _ rows: Span<UInt32>, _ storage: TextColumn.Storage, _ keepsOrder: Bool
    ) {
        for index in rows.indices {
            let header = storage[rows[index]]
            let text = storage.units(of: header)
            let length = Int(header.length)
            if hasSymbols(text, length) {
                if length == 0 { emptyCount += 1 }
                let first = length == 0 || keepsOrder ? 0 : UInt64(text[0])
                keys.append(UInt64(length) &<< 56 | first &<< 32 | UInt64(index))
            } else {
                rest.append(row: header, of: storage)
                restOutputs.append(UInt32(index))
            }
        }
    }

    /// Whether every unit has a symbol, now if not before.
    private mutating func hasSymbols(_ text: UnsafePointer<UInt16>, _ length: Int) -> Bool {
        for place in 0..<length where symbols[Int(text[place])] == 0 {
            guard units.count < Self.symbolsMax else { return false }
            units.append(text[place])
            symbols[Int(text[place])] = UInt8(units.count)
        }
        return true
    }

    /// Deals the values, which lie in order of length, to groups.
    private mutating func lay(_ rows: Span<UInt32>, _ storage: TextColumn.Storage) {
        var start = 0
        for (kind, width) in Self.widths.enumerated() {
            let firstGroup = groups.count
            var end = start
            while end < keys.count, keys[end] &>> 56 <= UInt64(width) { end += 1 }
            while start < end {
                let laneCount = min(end - start, 256 / width)
                layGroup(start..<start + laneCount, width: width, rows, storage)
                start += laneCount
            }
            groupRanges[kind] = firstGroup..<groups.count
        }
    }

    private mutating func layGroup(
        _ values: Range<Int>, width: Int, _ rows: Span<UInt32>, _ storage: TextColumn.Storage
    ) {
        var group = Group(
            firstRegister: registers.count, firstOutput: outputs.count, anySignature: 0,
            allSignature: .max, firstUnits: 0, lengthMin: .max, lengthMax: 0,
            laneCount: values.count)
        let lead = Self.leadCount(width: width)
        registers.append(contentsOf: repeatElement(.zero, count: lead + units.count + 1))
        for (lane, value) in values.enumerated() {
            let index = Int(keys[value] & 0xFFFF_FFFF)
            let header = storage[rows[index]]
            let length = Int(header.length)
            let text = storage.units(of: header)
            outputs.append(UInt32(index))
            group.anySignature |= header.signature
            group.allSignature &= header.signature
            group.lengthMin = min(group.lengthMin, length)
            group.lengthMax = max(group.lengthMax, length)
            if length > 0 { group.firstUnits |= 1 &<< UInt64(text[0] & 63) }
            layValue(text, length, lane: lane, width: width, from: group.firstRegister)
        }
        groups.append(group)
    }

    private mutating func layValue(
        _ text: UnsafePointer<UInt16>, _ length: Int, lane: Int, width: Int, from first: Int
    ) {
        let bytes = width / 8
        let laneStart = lane * bytes
        let reach = Self.reach(length)
        let lead = Self.leadCount(width: width)
        symbols.withUnsafeBufferPointer { symbols in
            registers.withUnsafeMutableBytes { all in
                let lanes = UnsafeMutableRawBufferPointer(rebasing: all[(32 * first)...])
                Self.store(UInt64(length), bytes: bytes, at: laneStart, in: lanes)
                if length > 0 {
                    lanes[32 + laneStart + (length - 1) / 8] = 1 &<< UInt8((length - 1) % 8)
                }
                for place in 0..<length {
                    Self.store(
                        Self.window(around: place, reach: reach, width: width), bytes: bytes,
                        at: 32 * (Self.windowStart + place) + laneStart, in: lanes)
                    let register = lead + Int(symbols[Int(text[place])])
                    lanes[32 * register + laneStart + place / 8] |= 1 &<< UInt8(place % 8)
                }
            }
        }
    }

    @inline(__always)
    private static func store(
        _ value: UInt64, bytes: Int, at offset: Int, in lanes: UnsafeMutableRawBufferPointer
    ) {
        for byte in 0..<bytes {
            lanes[offset + byte] = UInt8(truncatingIfNeeded: value &>> UInt64(8 * byte))
        }
    }
}
