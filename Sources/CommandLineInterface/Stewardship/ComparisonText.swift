import Identity
import Linkage
import Registry
import RegistryModel

/// A comparison for a steward to read.
struct ComparisonText {
    private static let valueWidth = 34

    private let comparison: PairComparison

    /// Describes a comparison.
    init(_ comparison: PairComparison) { self.comparison = comparison }

    /// The lines: values side by side, then the waterfall, then what it means.
    var lines: [String] {
        var lines = values
        let (left, right) = comparison.explained
        lines += ["", "\(RecordText.name(left)) and \(RecordText.name(right)):"]
        lines += WaterfallText.lines(comparison.explanation)
        lines.append("")
        lines.append(verdict)
        return lines
    }

    private var values: [String] {
        let left = FieldChange.values(of: comparison.left.content)
        let right = FieldChange.values(of: comparison.right.content)
        var fields = left.map(\.field)
        for (field, _) in right where !fields.contains(field) { fields.append(field) }
        var table = TextTable([
            "field", VisibleText.of(comparison.left.title), "",
            VisibleText.of(comparison.right.title),
        ])
        for field in fields {
            let mine = left.first { $0.field == field }?.value ?? ""
            let its = right.first { $0.field == field }?.value ?? ""
            let sign = mine == its ? "=" : mine.isEmpty || its.isEmpty ? "" : "≠"
            table.add([
                field, RecordText.cell(mine, width: Self.valueWidth), sign,
                RecordText.cell(its, width: Self.valueWidth),
            ])
        }
        return table.lines
    }

    private var verdict: String {
        let explanation = comparison.explanation
        let manner =
            if explanation.isVetoed {
                "they contradict each other, so only a steward may link them"
            } else {
                switch comparison.grade {
                case .certain: "enough to be linked without a steward"
                case .probable: "a doubt for a steward"
                case .possible: "too little to be asked about"
                }
            }
        return "\(Figures.rate(explanation.probability)) likely one person; \(manner);"
            + " \(comparison.isOnePerson ? "one person" : "two persons") now"
    }
}
