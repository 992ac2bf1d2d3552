import Foundation

/// How many different values were met: exactly while they are few, then by estimate.
///
/// The estimate is HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007) with 4,096 registers, whose
/// standard error is 1.6 %; so a column of any length costs 4 KB.
struct DistinctCount: Sendable {
    /// Values that are kept one by one.
    private static let exactMax = 4_096
    private static let registerBits: UInt64 = 12
    private static let registerCount = 1 << Int(registerBits)

    private var exact: Set<UInt64> = []
    private var registers: [UInt8] = []

    /// Takes the hash of a value.
    mutating func insert(_ hash: UInt64) {
        guard registers.isEmpty else { return note(hash) }
        exact.insert(hash)
        if exact.count > Self.exactMax { beginEstimate() }
    }

    /// Takes what another count took.
    mutating func formUnion(_ other: DistinctCount) {
        for hash in other.exact { insert(hash) }
        guard !other.registers.isEmpty else { return }
        if registers.isEmpty { beginEstimate() }
        for index in registers.indices {
            registers[index] = max(registers[index], other.registers[index])
        }
    }

    /// Whether the count is exact.
    var isExact: Bool { registers.isEmpty }

    /// The number of different values.
    var count: Int {
        guard !registers.isEmpty else { return exact.count }
        let size = Double(Self.registerCount)
        var sum = 0.0
        var zeros = 0.0
        for register in registers {
            sum += 1 / Double(UInt64(1) << UInt64(register))
            if register == 0 { zeros += 1 }
        }
        let estimate = 0.7213 / (1 + 1.079 / size) * size * size / sum
        // Few values leave registers empty, which tells their number better.
        let isFew = estimate <= 2.5 * size && zeros > 0
        return Int((isFew ? size * log(size / zeros) : estimate).rounded())
    }

    private mutating func beginEstimate() {
        registers = [UInt8](repeating: 0, count: Self.registerCount)
        for hash in exact { note(hash) }
        exact = []
    }

    private mutating func note(_ hash: UInt64) {
        let index = Int(hash >> (64 - Self.registerBits))
        let rank = UInt8(min((hash << Self.registerBits).leadingZeroBitCount + 1, 53))
        registers[index] = max(registers[index], rank)
    }
}

extension DistinctCount {
    /// A hash of bytes whose every bit depends on all of them (FNV-1a, mixed as by MurmurHash3).
    static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }
}
