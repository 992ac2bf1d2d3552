internal import Foundation
internal import Identity
internal import Linkage
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// What the threads of a node share.
final class NodeState: Sendable {
    /// What changes with commands of other processes, read again every second.
    struct Surroundings: Sendable {
        var directory = SourceDirectory()
        /// How often sources were taken ahead of what is read every second, which is older then.
        var newSourcesTaken = 0
        var clients: [Client] = []
        var survivorship = Survivorship.standard
        /// Whether the stored golden records follow `survivorship` yet.
        var goldenBasis = GoldenBasis()
        var synchronousStandbyNames = ""
        /// Where the writer is asked; empty where nobody can ask it.
        var writerAddress = ""
    }

    let databaseURL: String
    /// How the node registers loads.
    let loads: LoadSettings
    let index: Guarded<PatientIndex>
    private let matching: Mutex<MatchingInForce>
    let surroundings = Mutex(Surroundings())
    let role = Mutex(NodeRole.reader)
    let isStopping = Atomic(false)
    /// Why the writer could not register the last chunk it tried; nil once one is registered.
    let loadFailure = Mutex<(any Error)?>(nil)
    /// Persons without records, by whom they are answered.
    let retired = Mutex<[EnterpriseIdentifier: [EnterpriseIdentifier]]>([:])

    /// Those who wait for what the node has not read yet.
    let waiters = PositionWaiters()

    /// Those who wait for what the catalogs have not taken yet.
    let catalogWaiters = PositionWaiters()

    /// The local identifiers of erased records, which sources must not send again.
    let erasedNames = Mutex(ErasedNames())

    /// The registries of facilities, services, drugs and the like; nil where the node does not answer from
    /// them.
    let catalogs: CatalogIndex?

    /// The day of whose numbers the engine knows which are in use, in days since 1970-01-01; it is taken
    /// before what is encoded on it.
    let numbersDay = Mutex(CalendarDate.todayNumber)

    /// Where the node keeps snapshots of its index; nil where it keeps none.
    let snapshots: SnapshotStore?
    /// Takes a line for the operator, where somebody reads it.
    let note: @Sendable (String) -> Void
    /// How the index was filled: whether from a snapshot, and why not where one was there.
    let opening = Mutex((isFromSnapshot: false, note: String?.none))

    /// Creates the state of a node whose index is filled elsewhere.
    init(
        databaseURL: String, index: Guarded<PatientIndex>, matching: MatchingInForce,
        loads: LoadSettings, snapshots: SnapshotStore?,
        catalogs: CatalogIndex? = nil,
        note: @escaping @Sendable (String) -> Void
    ) {
        self.catalogs = catalogs
        self.note = note
        self.databaseURL = databaseURL
        self.loads = loads
        self.snapshots = snapshots
        self.index = index
        self.matching = Mutex(matching)
    }

    /// The linkage model in force.
    var model: LinkageModel { matching.withLock { $0.model } }

    /// The linkage model in force, with its number.
    var matchingInForce: MatchingInForce { matching.withLock { $0 } }

    /// The rule by which records find their persons.
    var rule: LinkRule { matching.withLock { $0.rule } }

    /// Takes the model that has come into force since, where there is one.
    func takeModel(_ session: inout RegistrySession) throws {
        let number = try session.activeModelNumber()
        guard number != matching.withLock({ $0.number }),
            let active = try MatchingInForce.read(&session)
        else { return }
        index.write { $0.matcher.use(active.model) }
        matching.withLock { $0 = active }
    }

    /// Survivorship as it is in force.
    var policy: Survivorship { surroundings.withLock { $0.survivorship } }

    /// The refusal of a write: the writer's address and nothing else, so that a client can go there.
    var notWriter: RegistryError {
        let address = surroundings.withLock { $0.writerAddress }
        return RegistryError(
            .notWriter,
            address.isEmpty ? "no node can be asked to write now; try again in a moment" : address)
    }

    /// The time now, in microseconds since 1970.
    static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }

    /// Reads sources, authorities, policy and clients again.
    func refresh(_ session: inout RegistrySession) throws {
        let newSourcesTaken = surroundings.withLock { $0.newSourcesTaken }
        // Before what it stands for: a change in between is then taken for one that is still to come.
        let basis = try session.goldenBasis()
        let sources = try session.sources()
        let survivorship = try session.survivorship()
        let authorities = survivorship.authorities
        let clients = try session.clients()
        let standbys = try session.synchronousStandbyNames()
        let writer = try session.lease().address
        take(try session.erasedNames())
        surroundings.withLock { surroundings in
            if surroundings.newSourcesTaken == newSourcesTaken {
                surroundings.directory = SourceDirectory(sources: sources, authorities: authorities)
            }
            surroundings.clients = clients
            surroundings.survivorship = survivorship
            surroundings.goldenBasis = basis
            surroundings.synchronousStandbyNames = standbys
            surroundings.writerAddress = writer
        }
        try takeModel(&session)
        if index.read({ $0.authorities != authorities }) {
            index.write { $0.take(authorities) }
        }
    }

    /// Takes sources that were added since they were read, before any of their records is.
    ///
    /// A command that loads adds sources as it goes; who finds a record of one knows its name.
    func takeNewSources(_ session: inout RegistrySession) throws {
        let known = surroundings.withLock { $0.directory.count }
        guard try session.sourceCount() > known else { return }
        let sources = try session.sources()
        surroundings.withLock { surroundings in
            surroundings.newSourcesTaken += 1
            surroundings.directory = SourceDirectory(
                sources: sources, authorities: surroundings.directory.authorities)
        }
    }

    /// Takes all events behind the index's position.
    ///
    /// - Throws: `ForeignLog` where the database was replaced by one whose log never was at the position.
    func follow(_ session: inout RegistrySession) throws {
        while true {
            let (position, known) = index.read { ($0.position, Int64($0.records.count)) }
            guard try session.hasPassed(position) else { throw ForeignLog() }
            let events = try session.events(after: position.sequence)
            guard let last = events.last else { return try followTakeover(position, &session) }
            let upper = events.map(\.newRecords.upperBound).max() ?? 0
            let changed = Set(events.flatMap(\.changedRecords)).sorted()
            if upper > known { try takeNewSources(&session) }
            let isErasing = events.contains { $0.kind == .erased }
            if isErasing {
                // No snapshot of this node holds what was erased from now on.
                snapshots?.beginErasureElsewhere()
                take(try session.erasedNames())
            }
            defer { if isErasing { snapshots?.endErasure() } }
            var pending: [SourceRecord] = []
            try session.readRecords(
                in: known + 1..<max(known + 1, upper), and: changed.filter { $0 <= known }
            ) { record in
                pending.append(record)
                if pending.count >= RegistryLimits.applyRowsMax { take(&pending) }
            }
            take(&pending)
            if !changed.isEmpty {
                let former = try session.formerLocalIDs(of: changed)
                let departures = try session.departures(after: position.sequence)
                index.write { index in
                    index.take(former, of: changed)
                    index.take(departures)
                }
                take(
                    retired: try session.retiredPersons(after: position.sequence),
                    revived: changed.map { number in
                        index.read { $0.persons[Int($0.records[Int(number - 1)].person)].euid }
                    })
            }
            if events.contains(where: { $0.kind == .decision || $0.kind == .erased }) {
                let restricted = Set(try session.restrictedRecords())
                let pins = try session.standingPins()
                index.write { index in
                    index.restricted = restricted
                    index.pins = pins
                }
            }
            if let release = events.last(where: { $0.kind == .released }) {
                catalogs?.expect(release.position.sequence)
            }
            let openTasks = try session.counters().openTasks
            index.write { index in
                index.position = last.position
                index.openTasks = openTasks
            }
        }
    }

    /// Takes the epoch of a writer that has written nothing yet.
    private func followTakeover(
        _ position: LogPosition, _ session: inout RegistrySession
    ) throws {
        let end = try session.logEnd()
        guard end.sequence == position.sequence, end.epoch > position.epoch else { return }
        index.write { index in if index.position == position { index.position = end } }
    }

    /// Takes what another state has read in place of all that this one knows.
    func take(_ other: NodeState) {
        index.write { mine in other.index.write { theirs in swap(&mine, &theirs) } }
        matching.withLock { $0 = other.matching.withLock { $0 } }
        surroundings.withLock { $0 = other.surroundings.withLock { $0 } }
        retired.withLock { $0 = other.retired.withLock { $0 } }
        erasedNames.withLock { $0 = other.erasedNames.withLock { $0 } }
        numbersDay.withLock { $0 = other.numbersDay.withLock { $0 } }
        if let mine = catalogs, let theirs = other.catalogs { mine.take(theirs) }
    }

    /// Takes which local identifiers were erased, unless something newer is known.
    func take(_ names: ErasedNames) {
        erasedNames.withLock { known in if names.stamp >= known.stamp { known = names } }
    }

    /// Takes who has no records any more, and who has some again.
    func take(retired: [RetiredPerson], revived: [EnterpriseIdentifier]) {
        self.retired.withLock { known in
            for person in revived { known[person] = nil }
            for person in retired { known[person.person] = person.survivors }
        }
    }

    private func take(_ pending: inout [SourceRecord]) {
        let records = pending
        index.write { index in for record in records { index.apply(record) } }
        pending.removeAll(keepingCapacity: true)
    }
}

/// The database is not the one that an index was read from: it was restored from a backup since.
struct ForeignLog: Error {}

extension RegistryError {
    /// Runs a command's work; where the database is lost meanwhile, the failure tells how to go on.
    static func advising<Value>(_ advice: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error where StoreError.isConnectionLost(error) {
            throw RegistryError(
                .unavailable, "the connection to the database was lost; \(advice)")
        }
    }

    /// A failure of the database as a client sees it.
    init(_ error: any Error) {
        switch error {
        case let error as RegistryError: self = error
        case StoreError.leaseLost:
            self.init(.notWriter, "another node has become the writer")
        default:
            self.init(.unavailable, "the database does not answer as it should; try again")
        }
    }
}
