import Linkage

/// A pair's waterfall for a terminal: fields, bits, the sum so far as a bar, values.
enum WaterfallText {
    private static let barWidth = 24

    /// The lines, one for each step.
    static func lines(_ explanation: MatchExplanation) -> [String] {
        var sum = Double(explanation.prior)
        var steps: [(name: String, bits: Double, from: Double, to: Double, note: String)] = [
            ("prior", sum, 0, sum, "any two records")
        ]
        for step in explanation.steps {
            let next = sum + Double(step.weight)
            let values =
                step.left == step.right
                ? VisibleText.of(step.left)
                : VisibleText.of(step.left) + " | " + VisibleText.of(step.right)
            steps.append(
                (step.field.name, Double(step.weight), sum, next, "\(step.level): \(values)"))
            sum = next
        }
        let total = Double(explanation.total)
        let other = WaterfallFigure.title(explanation.alternative)
        steps.append(("others", total - sum, sum, total, "above all: \(other)"))
        steps.append(
            ("match weight", total, 0, total, explanation.isVetoed ? "contradiction" : ""))
        let low = min(0, steps.map { min($0.from, $0.to) }.min() ?? 0)
        let high = max(0, steps.map { max($0.from, $0.to) }.max() ?? 0)
        let width = steps.map(\.name.count).max() ?? 0
        return steps.map { step in
            let name = step.name + String(repeating: " ", count: width - step.name.count)
            let bits = Figures.signed(step.bits, places: 1)
            let space = String(repeating: " ", count: max(0, 6 - bits.count))
            let bar = bar(step.from, step.to, low, high)
            return "\(name)  \(space)\(bits)  \(bar)  \(step.note)".trimmedAtEnd
        }
    }

    /// A bar between two sums, the place of 0 as a line.
    private static func bar(_ from: Double, _ to: Double, _ low: Double, _ high: Double) -> String {
        func place(_ value: Double) -> Int {
            Int(((value - low) / max(high - low, 1e-9) * Double(barWidth)).rounded())
        }
        let (start, end) = (place(min(from, to)), place(max(from, to)))
        let zero = place(0)
        var cells = [Character](repeating: " ", count: barWidth + 1)
        for index in start..<max(end, start + 1) where index <= barWidth {
            cells[index] = to < from ? "▒" : "█"
        }
        if cells[zero] == " " { cells[zero] = "│" }
        return String(cells)
    }
}

/// What is said below a pair's waterfall.
enum PairText {
    static func lines(
        _ explanation: MatchExplanation, _ blocking: PairBlocking, isTogether: Bool,
        _ model: LinkageModel
    ) -> [String] {
        let probability = Figures.rate(explanation.probability)
        let place =
            Double(explanation.total) >= model.linkThreshold
            ? "at or above the link threshold" : "below the link threshold"
        var lines = [
            "\(probability) likely one person; \(place) of"
                + " \(Figures.signed(model.linkThreshold, places: 2)) bits;"
                + " in \(isTogether ? "one cluster" : "two clusters")"
        ]
        switch blocking {
        case .copies: lines.append("not compared: the records are exact copies")
        case .rules(let rules) where rules.isEmpty:
            lines.append("not compared: no blocking rule brings the records together")
        case .rules(let rules):
            lines.append("brought together by: \(rules.joined(separator: "; "))")
        }
        return lines
    }
}

extension String {
    /// The text without spaces at its end.
    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
