import Foundation
import Synchronization

/// A line that shows how far long work has come, how quick it is and how long it will take.
final class ProgressLine: Sendable {
    private struct State {
        var label = ""
        var startedAt = ContinuousClock.now
        var drawnAt: ContinuousClock.Instant?
    }

    private let console: Console
    private let unit: String
    private let state = Mutex(State())

    /// Creates a line that counts in a unit, for example `records`.
    init(console: Console, unit: String) {
        self.console = console
        self.unit = unit
    }

    /// Draws the line, at most ten times a second.
    ///
    /// - Parameters:
    ///   - label: What is being done; a new label starts the clock again.
    ///   - done: Units done.
    ///   - total: Units in all, nil where that is not known.
    func update(label: String, done: Int, total: Int?) {
        guard console.showsProgress else { return }
        let now = ContinuousClock.now
        let elapsed: Duration? = state.withLock { state in
            if state.label != label { state = State(label: label, startedAt: now) }
            if let drawnAt = state.drawnAt, now - drawnAt < .milliseconds(100) { return nil }
            state.drawnAt = now
            return now - state.startedAt
        }
        guard let elapsed else { return }
        console.progress(
            ProgressLine.text(label: label, unit: unit, done: done, total: total, elapsed: elapsed))
    }

    /// Removes the line.
    func finish() { console.clearProgress() }

    /// The text of a line.
    static func text(label: String, unit: String, done: Int, total: Int?, elapsed: Duration)
        -> String
    {
        let seconds = max(elapsed.seconds, 0.001)
        let rate = Double(done) / seconds
        var text = label + " "
        if let total, total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * 24)
            text += "[" + String(repeating: "=", count: filled)
            text += String(repeating: " ", count: 24 - filled) + "] "
            text += "\(Int(share * 100))%  "
        }
        text += "\(Figures.grouped(done)) \(unit)  \(Figures.grouped(Int(rate)))/s"
        if let total, done > 0, done < total {
            text += "  \(Figures.clock(seconds: Double(total - done) / rate)) left"
        }
        return text
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
