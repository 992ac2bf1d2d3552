internal import Identity
internal import Linkage
internal import RegistryModel
internal import RegistryStore

/// The registry as a rematch is planned against: who each record's person is, and the records that
/// count, ready to be linked.
struct RematchSnapshot {
    /// What is known of a record beside its content.
    struct Row {
        /// Its person by the place in `persons`.
        var person: UInt32
        /// The last event that changed the record.
        var sequence: Int64
        /// Its place in the population; `noSlot` for one that does not take part.
        var slot: UInt32
    }

    static let noSlot = UInt32.max

    /// By record number, from 1.
    private(set) var rows: [Row] = []
    private(set) var persons: [EnterpriseIdentifier] = []
    /// The record numbers of the population's slots.
    private(set) var records: [Int64] = []
    private(set) var rules: RecordRules
    private(set) var population = Population.none
    private(set) var constraints: [StandingConstraint] = []
    private(set) var openTasks: [ReviewTask] = []
    private(set) var retired: Set<EnterpriseIdentifier> = []
    /// Persons whom a rematch leaves alone, since a steward is asked about one of their records: those in
    /// quarantine, those of whom a record may have become somebody else, and those who state one number.
    private(set) var waitingPersons: Set<EnterpriseIdentifier> = []

    /// Reads all of it in one state of the database.
    static func read(
        _ session: inout RegistrySession, threads: Int, progress: (Int) -> Void
    ) throws -> RematchSnapshot {
        let directory = try session.directory()
        return try session.snapshot { session in
            var snapshot = RematchSnapshot(
                rules: RecordRules(directory.traits, directory.authorities))
            snapshot.constraints = try session.standingConstraints()
            snapshot.openTasks = try session.openTasks()
            snapshot.retired = Set(try session.retiredPersons().map(\.person))
            snapshot.waitingPersons = try session.persons(
                of: snapshot.openTasks.filter { $0.kind != .duplicate && $0.kind != .death }
                    .flatMap { [$0.record, $0.otherRecord] })
            try snapshot.readRecords(
                &session, directory.providerSources, threads: threads, progress: progress)
            return snapshot
        }
    }

    private init(rules: RecordRules) { self.rules = rules }

    /// The row of a record.
    subscript(record: Int64) -> Row { rows[Int(record) - 1] }

    /// Whether a record takes part: it counts, and no steward is asked about its person.
    func takesPart(_ record: Int64) -> Bool { self[record].slot != Self.noSlot }

    private mutating func readRecords(
        _ session: inout RegistrySession, _ providerSources: Set<String>, threads: Int,
        progress: (Int) -> Void
    ) throws {
        var builder = PopulationBuilder(threads: threads, providerSources: providerSources)
        var numbers: [EnterpriseIdentifier: UInt32] = [:]
        var batch: [PersonRecord] = []
        var sources: [String] = []
        try session.readRecords { record in
            guard record.record == Int64(rows.count) + 1 else {
                throw StoreError.damaged("record numbers with a gap")
            }
            let person = numbers[record.person] ?? UInt32(persons.count)
            if Int(person) == persons.count {
                persons.append(record.person)
                numbers[record.person] = person
            }
            var slot = Self.noSlot
            if !record.isWithdrawn, !waitingPersons.contains(record.person) {
                guard let content = PackedPerson.person(from: record.content.span) else {
                    throw StoreError.damaged("a version whose content is no patient")
                }
                slot = UInt32(records.count)
                records.append(record.record)
                rules.append(content, source: record.source)
                batch.append(content)
                sources.append(String(record.source))
            }
            rows.append(Row(person: person, sequence: record.sequence, slot: slot))
            if batch.count == RegistryLimits.rematchReadMax {
                builder.append(batch, sources: sources)
                batch.removeAll(keepingCapacity: true)
                sources.removeAll(keepingCapacity: true)
                progress(rows.count)
            }
        }
        builder.append(batch, sources: sources)
        population = builder.finish()
    }
}
