extension OptimalStringAlignment {
    /// The distances of a row from packed candidates: from candidate `i`, or `bound + 1`, into
    /// `distances[i]`.
    ///
    /// - Precondition: the row is in its column, each candidate has a place, and the bound is 1 to 3.
    package static func distances(
        of row: UInt32, in column: TextColumn, with candidates: CandidateLanes, bound: Int,
        into distances: inout MutableSpan<UInt8>
    ) {
        precondition((1...boundMax).contains(bound), "the bound is 1 to 3")
        precondition(Int(row) < column.count, "the row is in its column")
        precondition(
            distances.count == candidates.count, "each candidate has a place for its distance")
        distances.withUnsafeMutableBufferPointer { distances in
            guard let output = distances.baseAddress else { return }
            output.update(repeating: UInt8(bound + 1), count: distances.count)
            column.withStorage { storage in
                let header = storage[row]
                let text = storage.units(of: header)
                candidates.withStorage { lanes in
                    let probe = Probe(header, text, lanes.symbols)
                    let symbols = probe.symbols.span.extracting(0..<probe.length)
                    measureGroups(lanes, probe, symbols, bound, output, BytePlaces.self, 0)
                    measureGroups(lanes, probe, symbols, bound, output, WordPlaces.self, 1)
                    measureGroups(lanes, probe, symbols, bound, output, DoubleWordPlaces.self, 2)
                    measureGroups(lanes, probe, symbols, bound, output, QuadWordPlaces.self, 3)
                    let ofEmpty = UInt8(min(probe.length, bound + 1))
                    for value in 0..<lanes.emptyCount {
                        output[Int(lanes.outputs[value])] = ofEmpty
                    }
                }
                candidates.rest.withStorage { rest in
                    for index in 0..<rest.count where !isBeyond(header, rest.headers[index], bound)
                    {
                        let other = rest.headers[index]
                        output[Int(candidates.restOutputs[index])] = distance(
                            header, text, other, rest.units(of: other), bound)
                    }
                }
            }
        }
    }

    /// The value that is compared with all others.
    private struct Probe {
        let length: Int
        let signature: UInt64
        /// The symbol of each unit.
        var symbols = InlineArray<64, UInt8>(repeating: 0)

        init(
            _ header: TextColumn.Header, _ text: UnsafePointer<UInt16>,
            _ symbolOf: UnsafePointer<UInt8>
        ) {
            length = Int(header.length)
            signature = header.signature
            for place in 0..<length { symbols[place] = symbolOf[Int(text[place])] }
        }
    }

    @inline(__always)
    private static func measureGroups<Places: PlaceLanes>(
        _ candidates: CandidateLanes.Storage, _ probe: Probe, _ symbols: Span<UInt8>, _ bound: Int,
        _ distances: UnsafeMutablePointer<UInt8>, _ width: Places.Type, _ kind: Int
    ) {
        for index in candidates.groupRanges[kind] {
            let group = candidates.groups[index]
            let shortfall = max(
                group.lengthMin &- probe.length, probe.length &- group.lengthMax)
            let probeOnly = (probe.signature & ~group.anySignature).nonzeroBitCount
            let groupOnly = (group.allSignature & ~probe.signature).nonzeroBitCount
            if max(shortfall, max(probeOnly, groupOnly)) > bound { continue }
            let registers = candidates.registers + group.firstRegister
            var lanes = measure(
                symbols, lengths: registers[0], last: registers[1],
                places: registers + CandidateLanes.leadCount(width: Places.places), width)
            let cut = Places.repeating(UInt64(truncatingIfNeeded: bound))
            guard Places.isAnyAtLeast(cut, lanes) else { continue }
            let outputs = candidates.outputs + group.firstOutput
            withUnsafeBytes(of: &lanes) { bytes in
                for lane in 0..<group.laneCount {
                    // A distance is at most 64, in the low byte of its lane.
                    distances[Int(truncatingIfNeeded: outputs[lane])] =
                        min(bytes[lane &* (Places.places / 8)], UInt8(bound &+ 1))
                }
            }
        }
    }

    /// The distances of a group's lanes; each word of the method is a lane.
    @inline(__always)
    private static func measure<Places: PlaceLanes>(
        _ symbols: Span<UInt8>, lengths: Register, last: Register, places: UnsafePointer<Register>,
        _: Places.Type
    ) -> Register {
        let one = Places.repeating(1)
        var rises = ~Register.zero
        var falls = Register.zero
        var diagonal = Register.zero
        var equalBefore = Register.zero
        var distances = lengths
        for step in symbols.indices {
            let equal = places[Int(truncatingIfNeeded: symbols[step])]
            let exchanged = Places.doubled(~diagonal & equal) & equalBefore
            let sum = Places.sum(equal & rises, rises)
            diagonal = (sum ^ rises) | equal | falls | exchanged
            let rowRises = falls | ~(diagonal | rises)
            let rowFalls = diagonal & rises
            // Minus one where it does not rise, plus one where it does not fall.
            distances = Places.sum(distances, Places.isZero(rowRises & last))
            distances = Places.difference(distances, Places.isZero(rowFalls & last))
            let shifted = Places.doubled(rowRises) | one
            rises = Places.doubled(rowFalls) | ~(diagonal | shifted)
            falls = shifted & diagonal
            equalBefore = equal
        }
        return distances
    }
}
