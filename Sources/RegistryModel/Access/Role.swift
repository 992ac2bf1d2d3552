/// What a client of the node may do; roles are a set, none includes another but `admin`.
package enum Role: String, CaseIterable, Hashable, Sendable {
    /// Looks up and matches.
    case reader
    /// Looks up, matches, and writes records of its own sources.
    case feeder
    /// Decides on doubtful pairs.
    case steward
    /// Reads the audit trail.
    case auditor
    /// Does everything.
    case admin
}
