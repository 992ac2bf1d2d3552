import RegistryModel

/// The records that stay where they are when something is taken back, for a steward to read.
enum StayText {
    /// A line for each, and one for those of `count` that are not among them.
    static func lines(_ stays: [RecordStay], of count: Int) -> [String] {
        var lines = stays.map { stay in
            let place = stay.person.map { " with \($0)" } ?? ""
            let holder = stay.operation == 0 ? "a later update" : "operation \(stay.operation)"
            return "\(RecordText.name(stay.record)) stays\(place), held by \(holder)"
        }
        if count > stays.count {
            lines.append("and \(Figures.grouped(count - stays.count)) more stay")
        }
        return lines
    }
}
