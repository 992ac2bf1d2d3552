import Foundation

/// Where values lie along an axis, as percentages, which follow the width of the page.
struct PlotScale {
    let low: Double
    let high: Double

    init(_ low: Double, _ high: Double) {
        self.low = low
        self.high = max(high, low + 1e-9)
    }

    /// The place of a value from 0 to 100; beyond the ends it stays at them.
    func percent(_ value: Double) -> Double {
        min(max((value - low) / (high - low), 0), 1) * 100
    }

    /// The place as an attribute's value.
    func place(_ value: Double) -> Markup { PlotScale.percentage(percent(value)) }

    /// The length between two values as an attribute's value.
    func length(_ from: Double, _ to: Double) -> Markup {
        PlotScale.percentage(abs(percent(to) - percent(from)))
    }

    /// A percentage with as many decimals as a page of a few thousand points shows.
    static func percentage(_ value: Double) -> Markup {
        "\(Figures.decimal(value, places: 2))%"
    }

    /// Round values along the axis, about as many as asked for.
    func ticks(about count: Int) -> [Double] {
        let rough = (high - low) / Double(max(1, count))
        let magnitude = pow(10, floor(log10(rough)))
        let step = [1, 2, 5, 10].map { $0 * magnitude }.first { $0 >= rough } ?? rough
        return stride(from: (low / step).rounded(.up) * step, through: high + step * 1e-6, by: step)
            .map { $0 }
    }
}
