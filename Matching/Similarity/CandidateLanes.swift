/// Many values, packed so that one probe is compared with all of them, a register of values at a time.
///
/// Values are put in order of length and of first unit, then dealt to *groups*: 32 values of up to
/// 8 units, 16 of up to 16, 8 of up to 32, 4 of up to 64. A group keeps, for every *symbol* of the
/// packed values (a unit that at least one of them has), the register of *places*: bit `j` of a lane is
/// set where unit `j` of that lane's value is the symbol. A kernel then needs one load, whatever the
/// alphabet, to know where a unit of the probe stands in 32 values.
///
/// A group takes 32 bytes for each symbol: some 60 bytes a value for short names of one script, twice
/// that for longer ones. Symbol 0 is no symbol; there are at most ``symbolsMax`` others, and values with
/// still other units are kept as text and compared one by one.
///
/// Packing costs some 100 ns a value and keeps the memory of the last packing, so a thread keeps one
/// and packs block after block. Once packed it may be read by many threads, each with a probe of its own.
package struct CandidateLanes: Sendable {
    /// The most distinct units of packed values.
    static let symbolsMax = 255
    /// The bits to a lane of each kind of group.
    static let widths = [8, 16, 32, 64]

    /// Values that lie in one register, and what can be said of all of them.
    struct Group {
        /// Where its registers begin: lengths, last places, a window for each place, places by symbol.
        var firstRegister: Int
        /// The index in ``CandidateLanes/outputs`` of the first lane.
        var firstOutput: Int
        /// The union and the intersection of the letter signatures.
        var anySignature: UInt64
        var allSignature: UInt64
        /// The bit of each first unit, modulo 64.
        var firstUnits: UInt64
        var lengthMin: Int
        var lengthMax: Int
        var laneCount: Int
    }

    var groups: [Group] = []
    /// The groups of each width.
    var groupRanges: InlineArray<4, Range<Int>> = .init(repeating: 0..<0)
    var registers: [Register] = []
    /// The caller's place of each value, in the order of lanes.
    var outputs: [UInt32] = []
    /// The symbol of each unit, 0 where no packed value has it.
    var symbols = [UInt8](repeating: 0, count: 1 << 16)
    /// The units that have a symbol, in order of symbols from 1.
    var units: [UInt16] = []
    /// Values with units beyond the symbols, and the caller's places of them.
    var rest = TextColumn()
    var restOutputs: [UInt32] = []
    /// Length, first unit and place of each value, in the order of lanes.
    var keys: [UInt64] = []

    /// The number of empty values, which come first in ``outputs``.
    var emptyCount = 0

    /// The number of packed values.
    package internal(set) var count = 0

    package init() {}

    /// Registers of a group ahead of its places by symbol.
    @inline(__always)
    static func leadCount(width: Int) -> Int { windowStart &+ width }

    /// Where the windows of a group begin, after lengths and last places.
    static let windowStart = 2

    /// The places `from` to `through` of a value, as bits.
    @inline(__always)
    static func window(around place: Int, reach: Int, width: Int) -> UInt64 {
        let first = max(0, place &- reach)
        let last = min(width &- 1, place &+ reach)
        return (UInt64.max &<< UInt64(first)) & (UInt64.max &>> UInt64(63 &- last))
    }

    /// How far from its own place a unit may be matched, given the longer length.
    @inline(__always)
    static func reach(_ length: Int) -> Int { max(0, length / 2 &- 1) }
}
