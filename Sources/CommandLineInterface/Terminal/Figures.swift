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

    /// A length of time as `12 s`, `3 min 05 s` or `2 h 07 min`.
    static func clock(seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9) + 0.5)
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
        return "\(whole / 3600) h \(padded(whole / 60 % 60)) min"
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
