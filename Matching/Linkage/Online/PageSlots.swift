/// Slots one behind the other in a page: each in three bytes while none is above 16 million, else in four.
///
/// The two highest values are marks, in either form.
struct PageSlots {
    private let base: UnsafeMutableRawPointer
    private let isWide: Bool

    /// In three bytes, values from here on are the highest two of four bytes.
    private static let narrowMarks: UInt32 = 0xFF_FFFE

    @inline(__always)
    init(at base: UnsafeMutableRawPointer, isWide: Bool) {
        self.base = base
        self.isWide = isWide
    }

    /// Bytes of a slot.
    @inline(__always)
    static func width(isWide: Bool) -> Int { isWide ? 4 : 3 }

    /// Whether three bytes hold a slot.
    @inline(__always)
    static func isNarrow(_ slot: UInt32) -> Bool {
        slot < narrowMarks || slot >= narrowMarks | 0xFF00_0000
    }

    /// A slot; a byte behind the last one is read with it.
    @inline(__always)
    subscript(place: Int) -> UInt32 {
        get {
            if isWide { return base.loadUnaligned(fromByteOffset: 4 &* place, as: UInt32.self) }
            let slot =
                base.loadUnaligned(fromByteOffset: 3 &* place, as: UInt32.self) & 0xFF_FFFF
            return slot < Self.narrowMarks ? slot : slot | 0xFF00_0000
        }
        nonmutating set {
            if isWide {
                base.storeBytes(of: newValue, toByteOffset: 4 &* place, as: UInt32.self)
            } else {
                base.storeBytes(
                    of: UInt16(truncatingIfNeeded: newValue), toByteOffset: 3 &* place,
                    as: UInt16.self)
                base.storeBytes(
                    of: UInt8(truncatingIfNeeded: newValue &>> 16), toByteOffset: 3 &* place &+ 2,
                    as: UInt8.self)
            }
        }
    }

    /// The place of a slot in memory.
    @inline(__always)
    func address(_ place: Int) -> UnsafeMutableRawPointer {
        base + Self.width(isWide: isWide) &* place
    }

    /// Moves some slots to another place of the page.
    @inline(__always)
    func move(_ count: Int, from start: Int, to target: Int) {
        address(target).copyMemory(
            from: address(start), byteCount: Self.width(isWide: isWide) &* count)
    }

    /// Takes the first slots of another page, none of which is too large.
    func copy(_ count: Int, from other: PageSlots) {
        if isWide == other.isWide {
            base.copyMemory(from: other.base, byteCount: Self.width(isWide: isWide) * count)
        } else {
            for place in 0..<count { self[place] = other[place] }
        }
    }
}

/// The slots of one key, there until the next change.
struct SlotRun: RandomAccessCollection {
    /// No slots.
    @inline(__always) static var none: SlotRun { SlotRun(nil, start: 0, count: 0) }

    private let slots: PageSlots?
    private let start: Int
    let count: Int

    @inline(__always)
    init(_ slots: PageSlots?, start: Int, count: Int) {
        self.slots = slots
        self.start = start
        self.count = count
    }

    @inline(__always) var startIndex: Int { 0 }
    @inline(__always) var endIndex: Int { count }

    @inline(__always)
    subscript(place: Int) -> UInt32 {
        guard let slots else { return 0 }
        return slots[start &+ place]
    }
}
