/// Sixteen pairs on their way through a vector kernel, and the memory the kernel works in.
///
/// A pair is pushed with what its headers say; once sixteen are there, or no more come, their text is
/// turned into lanes and scored. The pairs of a batch have nothing in common but a bound on their
/// length, so that one long value does not make fifteen short ones wait.
struct LaneBatch: ~Copyable {
    /// Pairs to a batch.
    static let capacity = 16
    /// The longest value that the 16-bit place masks of a lane can hold, in units.
    static let unitsMax = 16

    /// Unit `i` of the left values, lane by lane; the right ones follow at ``rightUnits``.
    let leftUnits: UnsafeMutablePointer<Lanes>
    let rightUnits: UnsafeMutablePointer<Lanes>
    /// Scratch of the kernel: two vectors for each left unit.
    let equalPlaces: UnsafeMutablePointer<Lanes>
    let takenPlaces: UnsafeMutablePointer<Lanes>
    /// Place `j` alone, in every lane, for each of the 16 places.
    let placeBits: UnsafeMutablePointer<Lanes>
    /// The places a lane's first left unit may take: the reach of the window and place 0.
    let windows: UnsafeMutablePointer<UInt16>
    /// The places at or past the end of a lane's right value.
    let paddings: UnsafeMutablePointer<UInt16>
    /// Sixteen results.
    let scores: UnsafeMutablePointer<SIMD8<Float>>
    let leftLengths: UnsafeMutablePointer<UInt16>
    let rightLengths: UnsafeMutablePointer<UInt16>
    let leftChunks: UnsafeMutablePointer<UInt32>
    let rightChunks: UnsafeMutablePointer<UInt32>
    /// Where each pair's result belongs in the output.
    let outputs: UnsafeMutablePointer<Int>
    private let memory: UnsafeMutableRawPointer

    private(set) var count = 0
    private(set) var leftLengthMax = 0
    private(set) var rightLengthMax = 0

    init() {
        let vector = MemoryLayout<Lanes>.stride
        let vectorCount = 5 * Self.unitsMax + 6
        let chunkBytes = MemoryLayout<UInt32>.stride * Self.capacity
        let outputBytes = MemoryLayout<Int>.stride * Self.capacity
        let byteCount = vectorCount * vector + 4 * chunkBytes + outputBytes
        memory = .allocate(byteCount: byteCount, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        let units = memory.assumingMemoryBound(to: Lanes.self)
        leftUnits = units
        rightUnits = units + Self.unitsMax
        equalPlaces = units + 2 * Self.unitsMax
        takenPlaces = units + 3 * Self.unitsMax
        placeBits = units + 4 * Self.unitsMax
        for place in 0..<Self.unitsMax { placeBits[place] = Lanes(repeating: 1 << UInt16(place)) }
        let lengths = memory + 5 * Self.unitsMax * vector
        leftLengths = lengths.assumingMemoryBound(to: UInt16.self)
        rightLengths = (lengths + vector).assumingMemoryBound(to: UInt16.self)
        scores = (lengths + 2 * vector).assumingMemoryBound(to: SIMD8<Float>.self)
        windows = (lengths + 4 * vector).assumingMemoryBound(to: UInt16.self)
        paddings = (lengths + 5 * vector).assumingMemoryBound(to: UInt16.self)
        let chunks = memory + vectorCount * vector
        leftChunks = chunks.assumingMemoryBound(to: UInt32.self)
        // Second chunks follow the first at `+ capacity`.
        rightChunks = (chunks + 2 * chunkBytes).assumingMemoryBound(to: UInt32.self)
        outputs = (chunks + 4 * chunkBytes).assumingMemoryBound(to: Int.self)
    }

    deinit { memory.deallocate() }

    var isFull: Bool { count == Self.capacity }

    /// Adds a pair; the batch is not full.
    @inline(__always)
    mutating func push(_ left: TextColumn.Header, _ right: TextColumn.Header, output: Int) {
        leftLengths[count] = UInt16(truncatingIfNeeded: left.length)
        rightLengths[count] = UInt16(truncatingIfNeeded: right.length)
        let longest = max(left.length, right.length)
        windows[count] = UInt16(truncatingIfNeeded: 2 &<< (max(longest / 2, 1) &- 1) &- 1)
        paddings[count] = UInt16(truncatingIfNeeded: UInt32.max &<< right.length)
        leftChunks[count] = left.firstChunk
        rightChunks[count] = right.firstChunk
        leftChunks[count &+ Self.capacity] = left.length > 8 ? left.firstChunk &+ 1 : 0
        rightChunks[count &+ Self.capacity] = right.length > 8 ? right.firstChunk &+ 1 : 0
        outputs[count] = output
        leftLengthMax = max(leftLengthMax, Int(truncatingIfNeeded: left.length))
        rightLengthMax = max(rightLengthMax, Int(truncatingIfNeeded: right.length))
        count &+= 1
    }

    /// Turns the text of the pairs into lanes; lanes without a pair are empty.
    @inline(__always)
    mutating func load(
        _ leftText: UnsafePointer<SIMD8<UInt16>>, _ rightText: UnsafePointer<SIMD8<UInt16>>
    ) {
        for lane in count..<Self.capacity {
            leftLengths[lane] = 0
            rightLengths[lane] = 0
            leftChunks[lane] = 0
            rightChunks[lane] = 0
            leftChunks[lane &+ Self.capacity] = 0
            rightChunks[lane &+ Self.capacity] = 0
        }
        transpose(leftText, leftChunks, into: leftUnits)
        transpose(rightText, rightChunks, into: rightUnits)
        if leftLengthMax > 8 {
            transpose(leftText, leftChunks + Self.capacity, into: leftUnits + 8)
        }
        if rightLengthMax > 8 {
            transpose(rightText, rightChunks + Self.capacity, into: rightUnits + 8)
        }
    }

    /// Empties the batch.
    @inline(__always)
    mutating func reset() {
        count = 0
        leftLengthMax = 0
        rightLengthMax = 0
    }
}
