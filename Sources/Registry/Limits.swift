/// The bounds of this target.
package enum RegistryLimits {
    /// Live submissions that may wait for the committer; the next one is answered `busy`.
    package static let submissionsWaitingMax = 8_192
    /// Live submissions of one transaction.
    package static let submissionsBatchMax = 512
    /// Live submissions of one transaction that are not divided among two.
    package static let submissionsBatchMin = 8
    /// Rows of one staged chunk: one transaction where live submissions come in, which wait for it.
    package static let chunkRowsMax = 256
    /// Bytes of one staged chunk.
    package static let chunkBytesMax = 1 << 20
    /// Rows of one step of a load, whole chunks: one transaction where nobody else writes.
    package static let loadStepRowsMax = 16_384
    /// The same where live submissions come now and then.
    static let loadStepRowsBetweenMax = 1_024
    /// The same while live submissions come.
    static let loadStepRowsBesideFeedMax = 512
    /// How long after a live submission nobody waits for the next one any more.
    static let feedQuietSecondsMin = 60
    /// Rows of a load from which on the database looks at its tables anew when they are registered.
    static let analyzedRowsMin = 10_000
    /// Rows of an extract from which on its records are matched beforehand with each other and those that are held.
    package static let extractMatchedMin = 32_768
    /// Records that may be held for each row of such an extract.
    static let extractHeldPerRowMax = 8
    /// Records, held or of the extract, up to which they are on any machine; rows behind them are looked up.
    package static let extractMatchedMax = 16_777_216
    /// Records up to which they are on this one.
    static let extractRowsMax = extractRowsMax(ofMemory: MachineMemory.bytes())
    /// The part of a machine's memory that they may take.
    private static let extractMemoryShare = 4
    /// Bytes that each takes meanwhile, with all that the node holds of it.
    private static let extractRowBytesMax = 1_200

    /// Records that are matched with each other beforehand on a machine of so much memory.
    ///
    /// It goes by what the machine has, not by what is free now: a load that is begun again matches the same rows.
    package static func extractRowsMax(ofMemory bytes: Int) -> Int {
        min(extractMatchedMax, bytes / extractMemoryShare / extractRowBytesMax)
    }
    /// Records that may have come from others, or have changed, since an extract was matched: with more of them the
    /// index is asked.
    static let extractRecordsSinceMax = 131_072
    /// Rows of an extract for each that may be of a record which the registry knows.
    static let extractRowsPerKnownMin = 4
    /// Rows that are read at once for that.
    static let extractReadMax = 65_536
    /// Staged chunks that one thread encodes at once for that, with a table of words of its own.
    static let extractSliceChunks = 32
    /// How long after a live submission the next one is expected.
    package static let feedPauseMillisecondsMax = 1_000
    /// Records that the index takes under its lock at once; look-ups go between.
    package static let applyRowsMax = 256
    /// New records that the matcher takes under the lock at once, on all cores; look-ups go between.
    package static let enterRowsMax = 512
    /// Records that may wait to be entered into the matcher until somebody asks, who waits up to a quarter of a second
    /// for so many.
    static let lateRecordsMax = 131_072
    /// Fewer of them are entered one behind the other: that costs less than to go through all pages of the index.
    static let lateRecordsFew = 10_000
    /// Changes of records that the matcher remembers.
    static let changesKept = 65_536
    /// New records that one thread encodes at once, with a table of words of its own.
    package static let encodeRowsMax = 1_024
    /// New records that one thread matches at once, at least.
    package static let matchRowsMin = 128
    /// Parts in which the new records of a large batch are matched.
    package static let matchSlices = 8
    /// Records that the engine may answer for one new record.
    package static let matchCandidatesMax = 32
    /// The persons that one MATCH may ask for.
    package static let matchLimitMax = 100
    /// Records of one step of a load that is taken back: one transaction, for which live writes wait.
    package static let revertRecordsMax = 1_024
    /// Records of one step of a rematch, whole changes: one transaction, for which live writes wait.
    package static let rematchRecordsMax = 1_024
    /// Records of one change of a rematch; a larger one is left out, and told.
    package static let rematchChangeMax = 10_000
    /// Records that are encoded at once where a rematch reads the registry.
    package static let rematchReadMax = 8_192
    /// Persons that one turn of rewriting golden records looks at.
    package static let goldenPersonsMax = 4_096
    /// Golden records that one transaction rewrites.
    package static let goldenRowsMax = 512
    /// Records that one decision may move.
    package static let decisionRecordsMax = 10_000
    /// Pairs of records that one decision may hold together or apart.
    package static let decisionConstraintsMax = 65_536
    /// Records of a person from which what they state is kept for the rest of a batch.
    static let largePersonRecordsMin = 16
    /// Records of one number among which another person is looked for.
    package static let numberHoldersMax = 16
    /// The days by which a guardian is older than a child that goes under his number: 12 years.
    package static let guardianDaysMin: Int32 = 4_383
    /// The days of life before which a person is a minor: 18 years.
    package static let minorDaysMax: Int64 = 6_574
    /// The days after a death in which papers of the dead are nothing to ask about.
    package static let deathGraceDays: Int64 = 30
    /// Pinned values that one undo looks through for those that stand again.
    package static let pinsRestoredMax = 1_024
    /// The highest place in a multiple birth that a steward may pin.
    package static let birthOrderMax = 12
    /// Decisions that may wait for the committer; the next one is answered `busy`.
    package static let decisionsWaitingMax = 256
    /// Questions that may wait for the archive; the next one is answered `busy`.
    package static let archiveWaitingMax = 256
    /// Bytes of the sets of rows below places and entries that a state of the catalogs keeps.
    package static let selectionBytesMax = 16 << 20
    /// The longest reason of a decision in bytes.
    package static let reasonBytesMax = 1_024
    /// The longest local identifier in bytes.
    package static let localIDBytesMax = 256
    /// How often the writer renews its lease and looks for staged loads.
    package static let renewIntervalMilliseconds = 1_000
    /// How often the writer looks for review tasks whose term is over.
    package static let escalateIntervalMilliseconds = 60_000
    /// How often a reader asks for new events.
    package static let followIntervalMilliseconds = 200
    /// How often it does while a request waits for what it has not read.
    package static let followStepMilliseconds = 10
    /// Requests that may wait for what a node has not read; the next one is answered at once.
    package static let positionWaitersMax = 8_192
    /// How long a writer goes on trying to reach its database before it gives up the batch.
    package static let reconnectMillisecondsMax = 30_000
    /// Records from which on a snapshot of the index is worth writing: fewer are read in no time.
    package static let snapshotRecordsMin = 20_000
    /// New records that are always followed up from a snapshot; more are where they are no quarter of all.
    package static let snapshotTailMax = 10_000
    /// How long a snapshot is good enough while a node serves, however much has changed.
    package static let snapshotIntervalMilliseconds = 600_000
    /// The records that change until a serving node writes another snapshot, as a part of all.
    package static let snapshotServingShare = 0.05
    /// The same for a node that stops, or has ended a load.
    package static let snapshotStoppingShare = 0.005
    /// Records from which on a node learns how they are written in few bytes.
    package static let codebookRecordsMin = 20_000
    /// How many times as many there are when it learns that again.
    package static let codebookGrowth = 8
    /// The same where the last records take much more, for what they say, than those it learned from: as
    /// where another source writes in small letters.
    package static let codebookMisfitGrowth = 3
    /// How much more that is.
    package static let codebookMisfit = 1.2
    /// Records from which it learns, or a fourth of all.
    ///
    /// Of half as many too few pieces were in enough texts, and a record took 58 bytes in place of 50;
    /// of twice as many nothing was gained.
    package static let codebookSample = 16_384
    /// References to codes of a release that are read of another one before it is asked which stand.
    package static let dependentsReadMax = 1_000
    /// References that stand in the way of taking a release back, of which a preview tells.
    package static let dependentsToldMax = 20
    /// Rows of a file that are checked at once, on all cores.
    package static let importRowsMax = 8_192
    /// Entries that one file may have of a code.
    package static let importEntriesOfCodeMax = 1_000
    /// The longest content of an entry in bytes.
    package static let entryBytesMax = 1 << 20
    /// Codes of each kind of change that a difference report shows.
    package static let importSamplesMax = 10
    /// How often what a file refuses may bring on further refusals of rows below them.
    package static let importRoundsMax = 64
}
