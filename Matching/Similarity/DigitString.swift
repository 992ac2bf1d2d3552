/// A number as it is written, of up to 32 digits, in one 128-bit word.
///
/// Digit `k` from the left is nibble `k` from below, as the digit and one; 0 is no digit. So leading zeros
/// count, equal numbers are equal words, and where two numbers first differ is a count of zeros.
package struct DigitString: Sendable, Hashable {
    /// The most digits that a number has.
    package static let digitsMax = 32

    /// What it takes to make one number of another.
    package enum Difference: UInt8, Sendable {
        case none
        /// Two neighbouring digits are exchanged.
        case exchange
        /// One digit is another.
        case substitution
        /// One digit is missing, or one too many.
        case insertion
        /// More than one of these.
        case several
    }

    private let nibbles: UInt128

    /// A number from its ASCII digits; nil where there are none, too many, or something else among them.
    package init?(utf8 text: Span<UInt8>) {
        guard (1...Self.digitsMax).contains(text.count) else { return nil }
        var nibbles: UInt128 = 0
        for index in text.indices {
            let digit = text[index] &- 0x30
            guard digit < 10 else { return nil }
            nibbles |= UInt128(digit + 1) << UInt128(4 * index)
        }
        self.nibbles = nibbles
    }

    /// The number of digits.
    package var count: Int { (UInt128.bitWidth - nibbles.leadingZeroBitCount + 3) / 4 }

    /// What makes one number of the other; `none`, or else one edit where one is enough.
    ///
    /// The first digit that differs decides. Ahead of it nothing need be edited. Numbers of one length
    /// differ by a substitution if it is also the last that differs, and by an exchange if only the next
    /// one differs as well and both are each other's. Of two lengths, the longer one has the digit
    /// too many there: an equal digit nearer the front would give the same rest.
    package func difference(from other: DigitString) -> Difference {
        let differing = nibbles ^ other.nibbles
        if differing == 0 { return .none }
        let first = UInt128(differing.trailingZeroBitCount & ~3)
        let isLonger = nibbles > other.nibbles
        let (long, short) = isLonger ? (nibbles, other.nibbles) : (other.nibbles, nibbles)
        if count == other.count {
            if differing >> first < 16 { return .substitution }
            if differing >> first >= 256 { return .several }
            let (here, there) = (nibbles >> first & 0xFF, other.nibbles >> first & 0xFF)
            return here == there >> 4 | (there & 15) << 4 ? .exchange : .several
        }
        return (long >> first) >> 4 == short >> first ? .insertion : .several
    }

    /// The digits that differ place by place; digits that one number does not have differ.
    package func substitutions(from other: DigitString) -> Int {
        var differing = nibbles ^ other.nibbles
        differing |= differing >> 2
        differing |= differing >> 1
        return (differing & 0x1111_1111_1111_1111_1111_1111_1111_1111).nonzeroBitCount
    }

    /// The differences of this number from many: from `others[i]` into `differences[i]`.
    ///
    /// - Precondition: each number has a place for its difference.
    package func differences(
        from others: Span<DigitString>, into differences: inout MutableSpan<Difference>
    ) {
        precondition(others.count == differences.count, "each number has a place")
        for index in others.indices { differences[index] = difference(from: others[index]) }
    }
}
