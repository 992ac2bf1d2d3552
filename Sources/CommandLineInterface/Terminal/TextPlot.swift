import Foundation

/// A line through points for a terminal, drawn in braille dots of two by four a character.
struct TextPlot {
    /// The size of the drawing in characters.
    private static let columns = 60
    private static let rows = 14

    let xLabel: String
    let yLabel: String
    /// The ranges of both axes.
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>

    /// The lines of the plot; neighbouring points are joined.
    func lines(_ points: [(x: Double, y: Double)]) -> [String] {
        var dots = [UInt8](repeating: 0, count: Self.columns * Self.rows)
        var last: (column: Int, row: Int)?
        for point in points {
            guard x.contains(point.x), y.contains(point.y) else {
                last = nil
                continue
            }
            let column = place(point.x, x, Self.columns * 2)
            let row = Self.rows * 4 - 1 - place(point.y, y, Self.rows * 4)
            draw(from: last ?? (column, row), to: (column, row), &dots)
            last = (column, row)
        }
        var lines = ["\(yLabel)"]
        for row in 0..<Self.rows {
            let label =
                row == 0 ? y.upperBound : row == Self.rows - 1 ? y.lowerBound : nil
            let text = label.map { Figures.decimal($0, places: 3) } ?? ""
            let cells = dots[row * Self.columns..<(row + 1) * Self.columns]
            lines.append(
                padded(text, 6) + (label == nil ? " │" : " ┤") + cells.map(Self.cell).joined())
        }
        let left = Figures.decimal(x.lowerBound, places: 3)
        let right = Figures.decimal(x.upperBound, places: 3)
        let space = Self.columns - left.count - right.count - xLabel.count
        lines.append(
            padded("", 6) + " └" + String(repeating: "─", count: Self.columns))
        lines.append(
            padded("", 8) + left + String(repeating: " ", count: space / 2) + xLabel
                + String(repeating: " ", count: space - space / 2) + right)
        return lines
    }

    private func place(_ value: Double, _ range: ClosedRange<Double>, _ count: Int) -> Int {
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return min(count - 1, Int(share * Double(count - 1) + 0.5))
    }

    private func draw(
        from start: (column: Int, row: Int), to end: (column: Int, row: Int),
        _ dots: inout [UInt8]
    ) {
        let steps = max(abs(end.column - start.column), abs(end.row - start.row), 1)
        for step in 0...steps {
            let column = start.column + (end.column - start.column) * step / steps
            let row = start.row + (end.row - start.row) * step / steps
            dots[row / 4 * Self.columns + column / 2] |= Self.dot(column % 2, row % 4)
        }
    }

    /// The bit of a dot in a braille character (Unicode 15, chapter 21.1).
    private static func dot(_ column: Int, _ row: Int) -> UInt8 {
        row == 3 ? 0x40 << column : 1 << (row + column * 3)
    }

    private static func cell(_ dots: UInt8) -> String {
        guard dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots)) else { return " " }
        return String(Character(scalar))
    }

    private func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
