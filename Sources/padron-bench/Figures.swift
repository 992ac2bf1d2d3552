import Foundation

/// Numbers as the tables of benchmarks show them.
enum Figures {
    /// A number with some decimal places.
    static func decimal(_ value: Double, _ places: Int) -> String {
        String(format: "%.\(places)f", value)
    }

    /// A whole number in groups of three digits.
    static func grouped(_ value: Int) -> String {
        var digits = String(value)
        var place = digits.endIndex
        while let next = digits.index(place, offsetBy: -3, limitedBy: digits.startIndex),
            next > digits.startIndex
        {
            digits.insert(",", at: next)
            place = next
        }
        return digits
    }

    /// How many times one value is of another.
    static func times(_ value: Double, of other: Double) -> String {
        other > 0 ? decimal(value / other, value / other < 10 ? 1 : 0) + "x" : "-"
    }

    /// Bytes as gibibytes.
    static func gibibytes(_ bytes: Int) -> String { decimal(Double(bytes) / 1_073_741_824, 2) }
}
