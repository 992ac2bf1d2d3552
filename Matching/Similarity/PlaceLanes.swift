/// A vector register: as many lanes as the places of a value leave room for.
typealias Register = SIMD4<UInt64>

/// Arithmetic lane by lane on one concrete vector type.
///
/// An operator of a generic vector compiles lane by lane; on the concrete type it is one instruction.
protocol LaneVector {
    static func difference(_ left: Self, _ right: Self) -> Self
    static func sum(_ left: Self, _ right: Self) -> Self
    /// All bits of the lanes that are zero.
    static func isZero(_ lanes: Self) -> Register
}

extension SIMD32: LaneVector where Scalar == UInt8 {
    @inline(__always) static func difference(_ l: Self, _ r: Self) -> Self { l &- r }
    @inline(__always) static func sum(_ l: Self, _ r: Self) -> Self { l &+ r }
    @inline(__always) static func isZero(_ v: Self) -> Register {
        unsafeBitCast(v .== .zero, to: Register.self)
    }
}

extension SIMD16: LaneVector where Scalar == UInt16 {
    @inline(__always) static func difference(_ l: Self, _ r: Self) -> Self { l &- r }
    @inline(__always) static func sum(_ l: Self, _ r: Self) -> Self { l &+ r }
    @inline(__always) static func isZero(_ v: Self) -> Register {
        unsafeBitCast(v .== .zero, to: Register.self)
    }
}

extension SIMD8: LaneVector where Scalar == UInt32 {
    @inline(__always) static func difference(_ l: Self, _ r: Self) -> Self { l &- r }
    @inline(__always) static func sum(_ l: Self, _ r: Self) -> Self { l &+ r }
    @inline(__always) static func isZero(_ v: Self) -> Register {
        unsafeBitCast(v .== .zero, to: Register.self)
    }
}

extension SIMD4: LaneVector where Scalar == UInt64 {
    @inline(__always) static func difference(_ l: Self, _ r: Self) -> Self { l &- r }
    @inline(__always) static func sum(_ l: Self, _ r: Self) -> Self { l &+ r }
    @inline(__always) static func isZero(_ v: Self) -> Register {
        unsafeBitCast(v .== .zero, to: Register.self)
    }
}

/// How a register is divided: a lane a value, a bit a place of that value.
///
/// Values of up to 8 units take 32 lanes of 8 bits, up to 16 take 16 lanes, and so on. `&`, `|` and `~` do
/// not care where a lane ends and are written on ``Register``.
protocol PlaceLanes {
    associatedtype Vector: LaneVector
    /// Bits to a lane, the longest value in units.
    static var places: Int { get }
    /// Lanes `8 * piece ..< 8 * piece + 8` of the register in memory, as `Float`, exactly; lanes that
    /// a register does not have are zero.
    ///
    /// Each becomes the low half of a 32-bit word under the exponent of 2^23, which is then subtracted:
    /// the standard library's conversion between vectors is a call, this is three instructions.
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float>
}

extension PlaceLanes {
    @inline(__always)
    static var laneCount: Int { 256 / places }

    /// Eighths of lanes to a register.
    @inline(__always)
    static var pieceCount: Int { max(1, laneCount / 8) }

    @inline(__always)
    private static func lanes(_ register: Register) -> Vector {
        unsafeBitCast(register, to: Vector.self)
    }

    /// `left - right` in each lane, wrapping.
    @inline(__always)
    static func difference(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(Vector.difference(lanes(left), lanes(right)), to: Register.self)
    }

    /// `left + right` in each lane, wrapping.
    @inline(__always)
    static func sum(_ left: Register, _ right: Register) -> Register {
        unsafeBitCast(Vector.sum(lanes(left), lanes(right)), to: Register.self)
    }

    /// All bits of the lanes that are zero.
    @inline(__always)
    static func isZero(_ register: Register) -> Register { Vector.isZero(lanes(register)) }

    /// The low bits of a number in every lane.
    @inline(__always)
    static func repeating(_ value: UInt64) -> Register {
        let lane = UInt64.max &>> UInt64(64 &- places)
        // A multiple of 1 in each lane.
        return Register(repeating: (value & lane) &* (UInt64.max / lane))
    }

    /// Half of each lane, rounded down.
    @inline(__always)
    static func halved(_ lanes: Register) -> Register {
        (lanes &>> 1) & ~repeating(1 &<< UInt64(places &- 1))
    }

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
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float> {
        let v = register.loadUnaligned(fromByteOffset: 16 &* piece, as: SIMD8<UInt16>.self)
        let words = Vector(
            v[0], 0x4B00, v[1], 0x4B00, v[2], 0x4B00, v[3], 0x4B00, v[4], 0x4B00, v[5], 0x4B00,
            v[6], 0x4B00, v[7], 0x4B00)
        return unsafeBitCast(words, to: SIMD8<Float>.self) - 8_388_608
    }
}

enum DoubleWordPlaces: PlaceLanes {
    typealias Vector = SIMD8<UInt32>

    @inline(__always)
    static var places: Int { 32 }

    @inline(__always)
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float> {
        let words = register.loadUnaligned(as: Vector.self) | Vector(repeating: 0x4B00_0000)
        return unsafeBitCast(words, to: SIMD8<Float>.self) - 8_388_608
    }
}

enum QuadWordPlaces: PlaceLanes {
    typealias Vector = Register

    @inline(__always)
    static var places: Int { 64 }

    @inline(__always)
    static func floats(_ register: UnsafeRawPointer, piece: Int) -> SIMD8<Float> {
        let v = register.loadUnaligned(as: SIMD8<UInt32>.self)
        let words =
            SIMD8<UInt32>(v[0], v[2], v[4], v[6], 0, 0, 0, 0)
            | SIMD8<UInt32>(repeating: 0x4B00_0000)
        return unsafeBitCast(words, to: SIMD8<Float>.self) - 8_388_608
    }
}
