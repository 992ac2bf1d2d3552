/// A place in the event log: the writer's epoch and the gapless sequence number.
package struct LogPosition: Hashable, Sendable, Comparable {
    package var epoch: Int64
    package var sequence: Int64

    /// The position of an event.
    package init(epoch: Int64, sequence: Int64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    /// The position written as `epoch:sequence`.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = Int64(parts[0]), let sequence = Int64(parts[1]),
            epoch >= 0, sequence >= 0
        else { return nil }
        self.init(epoch: epoch, sequence: sequence)
    }

    /// Sequence numbers alone order the log; a later epoch never has a smaller one.
    package static func < (left: LogPosition, right: LogPosition) -> Bool {
        (left.sequence, left.epoch) < (right.sequence, right.epoch)
    }
}

extension LogPosition: CustomStringConvertible {
    package var description: String { "\(epoch):\(sequence)" }
}
