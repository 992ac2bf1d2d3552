/// Sixteen lanes of 16 bits: one lane a pair of values.
typealias Lanes = SIMD16<UInt16>

/// All bits of each lane where the mask is true.
///
/// The kernels combine masks by `&` and `|`; `replacing(with:where:)` compiles to lane-by-lane code.
@inline(__always)
func bits(_ mask: SIMDMask<SIMD16<Int16>>) -> Lanes { unsafeBitCast(mask, to: Lanes.self) }

/// The units `8 * chunk ..< 8 * chunk + 8` of sixteen rows, turned so that a lane is a row.
///
/// `chunkOf[lane]` names the chunk of that lane. Lane `n` and lane `n + 8` travel in one register, so
/// each of the three rounds is eight unpack instructions within 128-bit halves.
@inline(__always)
func transpose(
    _ text: UnsafePointer<SIMD8<UInt16>>, _ chunkOf: UnsafePointer<UInt32>,
    into units: UnsafeMutablePointer<Lanes>
) {
    let row0 = Lanes(lowHalf: text[Int(chunkOf[0])], highHalf: text[Int(chunkOf[8])])
    let row1 = Lanes(lowHalf: text[Int(chunkOf[1])], highHalf: text[Int(chunkOf[9])])
    let row2 = Lanes(lowHalf: text[Int(chunkOf[2])], highHalf: text[Int(chunkOf[10])])
    let row3 = Lanes(lowHalf: text[Int(chunkOf[3])], highHalf: text[Int(chunkOf[11])])
    let row4 = Lanes(lowHalf: text[Int(chunkOf[4])], highHalf: text[Int(chunkOf[12])])
    let row5 = Lanes(lowHalf: text[Int(chunkOf[5])], highHalf: text[Int(chunkOf[13])])
    let row6 = Lanes(lowHalf: text[Int(chunkOf[6])], highHalf: text[Int(chunkOf[14])])
    let row7 = Lanes(lowHalf: text[Int(chunkOf[7])], highHalf: text[Int(chunkOf[15])])
    // Interleaving row n with row n + 4, then n + 2, then n + 1 brings unit k to place k.
    let a0 = interleaveLow(row0, row4), a1 = interleaveHigh(row0, row4)
    let a2 = interleaveLow(row1, row5), a3 = interleaveHigh(row1, row5)
    let a4 = interleaveLow(row2, row6), a5 = interleaveHigh(row2, row6)
    let a6 = interleaveLow(row3, row7), a7 = interleaveHigh(row3, row7)
    let b0 = interleaveLow(a0, a4), b1 = interleaveHigh(a0, a4)
    let b2 = interleaveLow(a1, a5), b3 = interleaveHigh(a1, a5)
    let b4 = interleaveLow(a2, a6), b5 = interleaveHigh(a2, a6)
    let b6 = interleaveLow(a3, a7), b7 = interleaveHigh(a3, a7)
    units[0] = interleaveLow(b0, b4)
    units[1] = interleaveHigh(b0, b4)
    units[2] = interleaveLow(b1, b5)
    units[3] = interleaveHigh(b1, b5)
    units[4] = interleaveLow(b2, b6)
    units[5] = interleaveHigh(b2, b6)
    units[6] = interleaveLow(b3, b7)
    units[7] = interleaveHigh(b3, b7)
}

/// In each half: the first four lanes of `even` and of `odd`, alternating.
///
/// Spelled lane by lane, which the compiler turns into one unpack instruction.
@inline(__always)
private func interleaveLow(_ even: Lanes, _ odd: Lanes) -> Lanes {
    Lanes(
        even[0], odd[0], even[1], odd[1], even[2], odd[2], even[3], odd[3],
        even[8], odd[8], even[9], odd[9], even[10], odd[10], even[11], odd[11])
}

/// In each half: the last four lanes of `even` and of `odd`, alternating.
@inline(__always)
private func interleaveHigh(_ even: Lanes, _ odd: Lanes) -> Lanes {
    Lanes(
        even[4], odd[4], even[5], odd[5], even[6], odd[6], even[7], odd[7],
        even[12], odd[12], even[13], odd[13], even[14], odd[14], even[15], odd[15])
}

/// Eight lanes as `Float`, exactly.
///
/// Each becomes the low half of a 32-bit word under the exponent of 2^23, which is then subtracted:
/// the standard library's conversion between vectors is a call, this is three instructions.
@inline(__always)
func floats(_ v: SIMD8<UInt16>) -> SIMD8<Float> {
    let words = Lanes(
        v[0], 0x4B00, v[1], 0x4B00, v[2], 0x4B00, v[3], 0x4B00,
        v[4], 0x4B00, v[5], 0x4B00, v[6], 0x4B00, v[7], 0x4B00)
    return unsafeBitCast(words, to: SIMD8<Float>.self) - 8_388_608
}
