/// One value on its way through packed candidates, and the memory the kernel works in.
///
/// A thread keeps one and uses it for any number of probes and candidates; calls allocate nothing. Which
/// value is the probe does not matter: Jaro is symmetric. For one symbol, the matching takes the places
/// of both values in ascending order and always joins the lowest two that are near enough, since a
/// place that is too far behind one place is too far behind all that follow; that rule does not know left
/// from right, and different symbols do not meet.
package struct JaroProbe: ~Copyable {
    /// For each unit of the probe, the distance of its symbol's places from those of symbol 0.
    let symbols: UnsafeMutablePointer<Int>
    /// For each unit, the places it may take by the probe's own length, in every lane.
    let windows: UnsafeMutablePointer<Register>
    /// For each unit, the lanes in which it is not matched.
    let unmatched: UnsafeMutablePointer<Register>
    /// Units matched, transpositions and prefix, and scores, on their way from one lane to another.
    let counts: UnsafeMutablePointer<Register>
    let scores: UnsafeMutablePointer<SIMD8<Float>>
    private let memory: UnsafeMutableRawPointer

    var reach = JaroReach()
    /// The length of the probe in units.
    var length = 0
    var signature: UInt64 = 0
    /// The bit of the first unit, as in ``CandidateLanes/Group/firstUnits``.
    var firstUnit: UInt64 = 0

    package init() {
        let register = MemoryLayout<Register>.stride
        let unitsMax = TextColumn.unitsMax
        let registerCount = 2 * unitsMax + 4 + 4
        let byteCount = registerCount * register + unitsMax * MemoryLayout<Int>.stride
        memory = .allocate(byteCount: byteCount, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        windows = memory.assumingMemoryBound(to: Register.self)
        unmatched = windows + unitsMax
        counts = windows + 2 * unitsMax
        scores = UnsafeMutableRawPointer(counts + 4).assumingMemoryBound(to: SIMD8<Float>.self)
        symbols = UnsafeMutableRawPointer(counts + 8).assumingMemoryBound(to: Int.self)
    }

    deinit { memory.deallocate() }

    /// Takes up a row as the probe, in the symbols of the candidates.
    @inline(__always)
    mutating func take(
        _ header: TextColumn.Header, _ text: UnsafePointer<UInt16>,
        _ symbolOf: UnsafePointer<UInt8>
    ) {
        length = Int(truncatingIfNeeded: header.length)
        signature = header.signature
        firstUnit = length == 0 ? 0 : 1 &<< UInt64(text[0] & 63)
        for place in 0..<length { symbols[place] = Int(symbolOf[Int(text[place])]) }
    }

    /// The units that can match in lanes of this width, those further on being out of reach.
    @inline(__always)
    func stepCount<Places: PlaceLanes>(_: Places.Type) -> Int {
        min(length, Places.places &+ CandidateLanes.reach(length))
    }

    /// Fills ``windows`` for lanes of this width.
    @inline(__always)
    func fillWindows<Places: PlaceLanes>(_ width: Places.Type) {
        let reach = CandidateLanes.reach(length)
        for place in 0..<stepCount(width) {
            windows[place] = Places.repeating(
                CandidateLanes.window(around: place, reach: reach, width: Places.places))
        }
    }
}
