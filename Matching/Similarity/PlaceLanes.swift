/// A vector register: as many lanes as the places of a value leave room for.
typealias Register = SIMD4<UInt64>

/// How a register is divided: a lane a value, a bit a place of that value.
///
/// Values of up to 8 units take 32 lanes of 8 bits, up to 16 take 16 lanes, and so on. `&`, `|` and `~` do
/// not care where a lane ends and are written on ``Register``; what does care is here, each spelled on
/// the concrete vector type, since an operator of a generic vector compiles lane by lane.
protocol PlaceLanes {
    /// Bits to a lane, the longest value in units.
    static var places: Int { get }
    /// `left - right` in each lane, wrapping.
    static func difference(_ left: Register, _ right: Register) -> Register
    /// `left + right` in each lane, wrapping.
    static func sum(_ left: Register, _ right: Register) -> Register
    /// All bits of the lanes that are zero.
    static func isZero(_ lanes: Register) -> Register
    /// Half of each lane, rounded down.
    static func halved(_ lanes: Register) -> Register
    /// The low bits of a number in every lane.
    static func repeating(_ value: UInt64) -> Register
    /// Lanes `8 * piece ..< 8 * piece + 8` of the register in memory, as `Float`; lanes that a register
    /// does not have are zero.
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float>
}

extension PlaceLanes {
    @inline(__always)
    static var laneCount: Int { 256 / places }

    /// Eighths of lanes to a register.
    @inline(__always)
    static var pieceCount: Int { max(1, laneCount / 8) }

    /// The lowest bit of each lane.
    @inline(__always)
    static func lowestBits(_ lanes: Register) -> Register { lanes & difference(.zero, lanes) }

    /// Each lane moved up by one place.
    @inline(__always)
    static func doubled(_ lanes: Register) -> Register { sum(lanes, lanes) }

    /// Whether any lane of `left` is at least that of `right`, both below 128: the sign of the
    /// difference tells.
    @inline(__always)
    static func isAnyAtLeast(_ left: Register, _ right: Register) -> Bool {
        let signs = repeating(1 &<< UInt64(places &- 1))
        let clear = signs & ~difference(left, right)
        return clear[0] | clear[1] | clear[2] | clear[3] != 0
    }
}

enum BytePlaces: PlaceLanes {
    typealias Vector = SIMD32<UInt8>

    @inline(__always)
    static var places: Int { 8 }

    @inline(__always)
    static func difference(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(
            unsafeBitCast(left, to: Vector.self) &- unsafeBitCast(right, to: Vector.self),
            to: Register.self)
    }

    @inline(__always)
    static func sum(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(
            unsafeBitCast(left, to: Vector.self) &+ unsafeBitCast(right, to: Vector.self),
            to: Register.self)
    }

    @inline(__always)
    static func isZero(_ lanes: Register) -> Register {
        unsafeBitCast(unsafeBitCast(lanes, to: Vector.self) .== Vector.zero, to: Register.self)
    }

    @inline(__always)
    static func halved(_ lanes: Register) -> Register {
        (lanes &>> 1) & Register(repeating: 0x7F7F_7F7F_7F7F_7F7F)
    }

    @inline(__always)
    static func repeating(_ value: UInt64) -> Register {
        unsafeBitCast(Vector(repeating: UInt8(truncatingIfNeeded: value)), to: Register.self)
    }

    @inline(__always)
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float> {
        let v = register.loadUnaligned(fromByteOffset: 8 &* piece, as: SIMD8<UInt8>.self)
        let words = Vector(
            v[0], 0, 0, 0x4B, v[1], 0, 0, 0x4B, v[2], 0, 0, 0x4B, v[3], 0, 0, 0x4B, v[4], 0, 0,
            0x4B, v[5], 0, 0, 0x4B, v[6], 0, 0, 0x4B, v[7], 0, 0, 0x4B)
        return unsafeBitCast(words, to: SIMD8<Float>.self) - 8_388_608
    }
}

enum WordPlaces: PlaceLanes {
    typealias Vector = SIMD16<UInt16>

    @inline(__always)
    static var places: Int { 16 }

    @inline(__always)
    static func difference(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(
            unsafeBitCast(left, to: Vector.self) &- unsafeBitCast(right, to: Vector.self),
            to: Register.self)
    }

    @inline(__always)
    static func sum(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(
            unsafeBitCast(left, to: Vector.self) &+ unsafeBitCast(right, to: Vector.self),
            to: Register.self)
    }

    @inline(__always)
    static func isZero(_ lanes: Register) -> Register {
        unsafeBitCast(unsafeBitCast(lanes, to: Vector.self) .== Vector.zero, to: Register.self)
    }

    @inline(__always)
    static func halved(_ lanes: Register) -> Register {
        unsafeBitCast(unsafeBitCast(lanes, to: Vector.self) &>> 1, to: Register.self)
    }

    @inline(__always)
    static func repeating(_ value: UInt64) -> Register {
        unsafeBitCast(Vector(repeating: UInt16(truncatingIfNeeded: value)), to: Register.self)
    }

    @inline(__always)
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float> {
        Similarity.floats(
            register.loadUnaligned(fromByteOffset: 16 &* piece, as: SIMD8<UInt16>.self))
    }
}

enum DoubleWordPlaces: PlaceLanes {
    typealias Vector = SIMD8<UInt32>

    @inline(__always)
    static var places: Int { 32 }

    @inline(__always)
    static func difference(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(
            unsafeBitCast(left, to: Vector.self) &- unsafeBitCast(right, to: Vector.self),
            to: Register.self)
    }

    @inline(__always)
    static func sum(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(
            unsafeBitCast(left, to: Vector.self) &+ unsafeBitCast(right, to: Vector.self),
            to: Register.self)
    }

    @inline(__always)
    static func isZero(_ lanes: Register) -> Register {
        unsafeBitCast(unsafeBitCast(lanes, to: Vector.self) .== Vector.zero, to: Register.self)
    }

    @inline(__always)
    static func halved(_ lanes: Register) -> Register {
        unsafeBitCast(unsafeBitCast(lanes, to: Vector.self) &>> 1, to: Register.self)
    }

    @inline(__always)
    static func repeating(_ value: UInt64) -> Register {
        unsafeBitCast(Vector(repeating: UInt32(truncatingIfNeeded: value)), to: Register.self)
    }

    @inline(__always)
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float> {
        let words = register.loadUnaligned(as: Vector.self) | Vector(repeating: 0x4B00_0000)
        return unsafeBitCast(words, to: SIMD8<Float>.self) - 8_388_608
    }
}

enum QuadWordPlaces: PlaceLanes {
    @inline(__always)
    static var places: Int { 64 }

    @inline(__always)
    static func difference(_ left: Register, _ right: Register) -> Register { left &- right }

    @inline(__always)
    static func sum(_ left: Register, _ right: Register) -> Register { left &+ right }

    @inline(__always)
    static func isZero(_ lanes: Register) -> Register {
        unsafeBitCast(lanes .== Register.zero, to: Register.self)
    }

    @inline(__always)
    static func halved(_ lanes: Register) -> Register { lanes &>> 1 }

    @inline(__always)
    static func repeating(_ value: UInt64) -> Register { Register(repeating: value) }

    @inline(__always)
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float> {
        let v = register.loadUnaligned(as: SIMD8<UInt32>.self)
        let words =
            SIMD8<UInt32>(v[0], v[2], v[4], v[6], 0, 0, 0, 0)
            | SIMD8<UInt32>(repeating: 0x4B00_0000)
        return unsafeBitCast(words, to: SIMD8<Float>.self) - 8_388_608
    }
}
