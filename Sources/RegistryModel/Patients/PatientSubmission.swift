package import Identity

/// The full current record that a source states for one of its patients or providers.
package struct PatientSubmission: Hashable, Sendable {
    /// The code of the source.
    package var source: String
    /// The source's own identifier of the record.
    package var localID: String
    /// When the source recorded it, in microseconds since 1970, which orders versions.
    ///
    /// Nil means on arrival.
    package var recordedAt: Int64?
    package var person: PersonRecord
    /// Whom the source must be of.
    package var realm: Realm

    /// Creates a submission.
    package init(
        source: String, localID: String, recordedAt: Int64? = nil, person: PersonRecord,
        realm: Realm = .patient
    ) {
        self.source = source
        self.localID = localID
        self.recordedAt = recordedAt
        self.person = person
        self.realm = realm
    }
}

/// What a submission did.
package enum SubmissionOutcome: String, CaseIterable, Hashable, Sendable {
    /// A new person.
    case created
    /// A new record of a known person.
    case linked
    /// A new version of a known record.
    case updated
    /// Equal to the current version; nothing was written.
    case unchanged
    /// Older than the current version; kept as history.
    case stale
    /// A record under an identifier of its own until a steward has looked at it.
    case review
}

/// The answer to a submission, given once it is durable.
package struct SubmissionReceipt: Hashable, Sendable {
    package var enterpriseIdentifier: EnterpriseIdentifier
    package var outcome: SubmissionOutcome
    /// The weight in bits of the link or of the doubtful pair; nil where none was looked at.
    package var weight: Double?
    package var position: LogPosition

    /// Creates a receipt.
    package init(
        enterpriseIdentifier: EnterpriseIdentifier, outcome: SubmissionOutcome, weight: Double?,
        position: LogPosition
    ) {
        self.enterpriseIdentifier = enterpriseIdentifier
        self.outcome = outcome
        self.weight = weight
        self.position = position
    }
}
