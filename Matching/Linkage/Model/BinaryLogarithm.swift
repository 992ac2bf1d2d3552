/// Logarithm and power to base 2, the same to the last bit on every machine.
///
/// The C library's differ between versions, which would make the bytes of a result depend on it.
/// Errors are below 2e-6 of a bit for the logarithm and 3e-6 relative for the power.
enum BinaryLogarithm {
    /// log2 of a positive normal number.
    @inline(__always)
    static func of(_ value: Float) -> Float {
        let bits = value.bitPattern
        var exponent = Float(Int32(bits &>> 23) &- 127)
        var mantissa = Float(bitPattern: bits & 0x007F_FFFF | 0x3F80_0000)
        if mantissa > 1.41421356 {
            mantissa *= 0.5
            exponent += 1
        }
        // ln m = 2 artanh((m - 1) / (m + 1)), with |s| below 0.1716.
        let s = (mantissa - 1) / (mantissa + 1)
        let square = s * s
        let series =
            1 + square
            * (0.333333333 + square * (0.2 + square * (0.142857143 + square * 0.111111111)))
        return exponent + s * series * 2.88539008
    }

    /// log2 of positive normal numbers.
    @inline(__always)
    static func of(_ value: SIMD8<Float>) -> SIMD8<Float> {
        let bits = unsafeBitCast(value, to: SIMD8<Int32>.self)
        let exponent = SIMD8<Float>((bits &>> 23) &- 127)
        let mantissa = unsafeBitCast(bits & 0x007F_FFFF | 0x3F80_0000, to: SIMD8<Float>.self)
        // Of a mantissa from 1 to 2 taken by the root of 2, |s| stays below 0.1716 as well.
        let root = 1.41421356 as Float
        let s = (mantissa - root) / (mantissa + root)
        let square = s * s
        var series = SIMD8<Float>(repeating: 0.111111111)
        series = series * square + 0.142857143
        series = series * square + 0.2
        series = series * square + 0.333333333
        series = series * square + 1
        return exponent + 0.5 + s * series * 2.88539008
    }

    /// 2 to the power of numbers from -126 to 0.
    @inline(__always)
    static func power(_ value: SIMD8<Float>) -> SIMD8<Float> {
        // Adding 1.5 * 2^23 rounds to the nearest whole number, which lands in the low bits.
        let magic = SIMD8<Float>(repeating: 12_582_912)
        let shifted = value + magic
        let rest = value - (shifted - magic)
        var result = SIMD8<Float>(repeating: 0.00133335581)
        result = result * rest + 0.00961812911
        result = result * rest + 0.0555041087
        result = result * rest + 0.240226507
        result = result * rest + 0.693147181
        result = result * rest + 1
        let whole = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
        let scale = unsafeBitCast((whole &+ 127) &<< 23, to: SIMD8<Float>.self)
        return result * scale
    }
}
