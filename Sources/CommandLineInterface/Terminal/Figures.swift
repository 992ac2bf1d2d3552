/// Numbers as people read them.
enum Figures {
    /// A whole number with commas between thousands.
    static func grouped(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A number with a fixed count of decimals, rounded half away from zero.
    static func decimal(_ value: Double, places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let units = Int64(value.magnitude * scale + 0.5)
        let whole = units / Int64(scale)
        var text = value < 0 && units > 0 ? "-" : ""
        text += String(whole)
        guard places > 0 else { return text }
        let fraction = String(units % Int64(scale))
        return text + "." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// A number with its sign, the minus being a true one.
    static func signed(_ value: Double, places: Int) -> String {
        let text = decimal(value.magnitude, places: places)
        if text.allSatisfy({ $0 == "0" || $0 == "." }) { return text }
        return (value < 0 ? "−" : "+") + text
    }

    /// A share as a percentage with at least two digits that count, `0.0012 %`.
    static func rate(_ share: Double) -> String {
        let percent = share * 100
        guard percent > 0 else { return "0 %" }
        guard percent >= 0.00001 else { return "< 0.00001 %" }
        if percent > 99.95, percent < 100 { return "> 99.9 %" }
        if percent >= 10 {
            return percent == 100 ? "100 %" : decimal(percent, places: 1) + " %"
        }
        var places = 1
        var limit = 1.0
        while percent < limit, places < 5 {
            limit /= 10
            places += 1
        }
        return decimal(percent, places: places) + " %"
    }

    /// A share as a percentage for columns of them, small ones cut short.
    static func plainRate(_ share: Double) -> String {
        let percent = share * 100
        if percent > 0, percent < 0.01 { return "< 0.01 %" }
        if percent > 99.95, percent < 100 { return "> 99.9 %" }
        return decimal(percent, places: percent >= 10 ? 1 : 2) + " %"
    }

    /// A share that is a power of ten as a percentage, for an axis.
    static func roundRate(_ share: Double) -> String {
        shortened(decimal(share * 100, places: 5)) + " %"
    }

    /// A power of ten as people say it: `1`, `10`, `1 k`, `10 M`.
    static func powerOfTen(_ exponent: Int) -> String {
        let units = ["", " k", " M", " G", " T"]
        let unit = min(exponent / 3, units.count - 1)
        return "1" + String(repeating: "0", count: exponent - unit * 3) + units[unit]
    }

    /// A count in three digits, `12.3 k`, where exactness would only be in the way.
    static func short(_ count: Int) -> String {
        var value = Double(count)
        if count < 10_000 { return grouped(count) }
        for unit in ["k", "M", "G"] {
            value /= 1_000
            if value < 999.5 || unit == "G" {
                return "\(decimal(value, places: value < 99.95 ? 1 : 0)) \(unit)"
            }
        }
        return grouped(count)
    }

    /// A count that is expected, with a decimal while it is small.
    static func expected(_ count: Double) -> String {
        count < 99.95 ? decimal(count, places: 1) : grouped(Int(count.rounded()))
    }

    /// A count with its noun, `1 record`, `2,000 records`.
    static func counted(_ count: Int, _ noun: String) -> String {
        "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// A length of time in seconds while it is short.
    static func time(_ seconds: Double) -> String {
        seconds < 100
            ? "\(decimal(seconds, places: seconds < 10 ? 2 : 1)) s" : clock(seconds: seconds)
    }

    /// A decimal without zeros at its end.
    private static func shortened(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// A length of time as `12 s`, `3 min 05 s` or `2 h 07 min`.
    static func clock(seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9) + 0.5)
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
        return "\(whole / 3600) h \(padded(whole / 60 % 60)) min"
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
