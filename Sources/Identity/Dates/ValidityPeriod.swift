/// From when to when an identifier or a name was in use, as far as a source said so.
package struct ValidityPeriod: Hashable, Sendable {
    private var fromBits: UInt32 = 0
    private var toBits: UInt32 = 0

    /// The number of bytes that `append` writes.
    package static let packedBytes = 8

    /// A period of which nothing is said.
    package static let unstated = ValidityPeriod()

    private init() {}

    /// Creates a period; nil where it would end before it begins.
    package init?(from: WrittenDate?, to: WrittenDate?) {
        if let from, let to, from.days.lowerBound > to.days.upperBound { return nil }
        fromBits = from?.bits ?? 0
        toBits = to?.bits ?? 0
    }

    /// The first day, month or year of use; nil where it was not said.
    package var from: WrittenDate? { fromBits == 0 ? nil : WrittenDate(bits: fromBits) }
    /// The last day, month or year of use; nil where it was not said.
    package var to: WrittenDate? { toBits == 0 ? nil : WrittenDate(bits: toBits) }

    /// Whether nothing is said.
    package var isUnstated: Bool { fromBits == 0 && toBits == 0 }

    /// Whether it was over before a day, in days since 1970-01-01.
    package func isOver(on day: Int32) -> Bool { to.map { $0.days.upperBound < day } ?? false }

    /// Whether it is over now; only where an end is stated is the clock looked at.
    package var isOver: Bool { toBits != 0 && isOver(on: CalendarDate.todayNumber) }

    /// Appends the eight bytes of the period.
    package func append(to bytes: inout [UInt8]) {
        for bits in [fromBits, toBits] {
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
    }

    /// Reads what `append` wrote; nil for other bytes.
    package init?(packed bytes: Span<UInt8>) {
        guard bytes.count == ValidityPeriod.packedBytes else { return nil }
        func bits(_ start: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
        }
        let (from, to) = (WrittenDate(bits: bits(0)), WrittenDate(bits: bits(4)))
        guard from != nil || bits(0) == 0, to != nil || bits(4) == 0 else { return nil }
        self.init(from: from, to: to)
    }

    /// How new it is, the newest greatest: periods without an end, then the later end; those of
    /// which nothing is said last.
    package var recency: (end: Int32, start: Int32) {
        let start = from?.days.lowerBound
        return (to?.days.upperBound ?? (start == nil ? .min : .max), start ?? .min)
    }
}

extension ValidityPeriod: CustomStringConvertible {
    /// Nothing of the dates, which are personal data.
    package var description: String { isUnstated ? "unstated" : "stated" }
}
