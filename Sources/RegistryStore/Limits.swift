/// The bounds of this target.
package enum StoreLimits {
    /// A writer that has not renewed its lease for this long may be replaced.
    package static let leaseMillisecondsMax: Int64 = 3_000
    /// How long a takeover waits for the old writer's sessions to end.
    package static let terminationMillisecondsMax: Int64 = 5_000
    /// How long a command waits for a lock whose holder may have been killed: the server ends the sessions of
    /// the dead a moment later.
    package static let deadSessionMillisecondsMax: Int64 = 2_000
    /// How long a decision of a command may wait for a writer.
    package static let decisionWaitMillisecondsMax: Int64 = 60_000
    /// The events that one read brings.
    package static let eventsReadMax: Int64 = 1_000
    /// The requests to erase that one read brings.
    package static let erasuresReadMax: Int64 = 1_000
    /// The survivorship policies that one read brings.
    package static let policiesReadMax: Int64 = 100
    /// Overdue tasks of one priority that one turn raises.
    package static let escalationsMax: Int64 = 1_000
    /// Groups that a summary of the queue tells.
    package static let queueGroupsMax: Int64 = 1_000
    /// Records and events to a partition.
    package static let partitionRows: Int64 = 1 << 24
    /// Versions of one batch that are written in one round trip; more go by COPY.
    package static let pipelinedRowsMax = 512
    /// The records that stay when a load is taken back of which the names are kept.
    package static let revertSampleMax = 20
    /// What `verify` lists of one kind of finding.
    package static let findingsMax = 20
    /// Records of one person, former ones included, that its history tells.
    package static let archiveRecordsMax = 10_000
    /// Versions of one person's records that its history tells.
    package static let archiveVersionsMax = 50_000
    /// Records whose persons one part of the change feed names, unless a single event has more.
    package static let feedRecordsMax = 16_384
    /// The releases that one read brings.
    package static let releasesReadMax: Int64 = 1_000
    /// Codes whose entries are looked up in one query.
    package static let entryCodesMax = 1_000
    /// Names of insurers that a check of what patients name looks at.
    package static let insurersMax: Int64 = 10_000
    /// Entries that one transaction stages, closes or forgets.
    package static let stagedEntriesMax = 8_192
}
