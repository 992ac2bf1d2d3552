/// What is wrong with a database.
package struct VerificationFinding: Hashable, Sendable, CustomStringConvertible {
    /// What was checked, for example `event sequence`.
    package var check: String
    /// What was found, without personal data.
    package var finding: String

    /// Creates a finding.
    package init(check: String, finding: String) {
        self.check = check
        self.finding = finding
    }

    package var description: String { "\(check): \(finding)" }
}

/// What `verify` looked at and what it found.
package struct VerificationReport: Hashable, Sendable {
    package var records = 0
    package var versions = 0
    package var goldenRecords = 0
    package var events = 0
    package var findings: [VerificationFinding] = []
}
