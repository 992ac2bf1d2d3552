internal import CMemory
internal import Linkage
internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// How a node comes to its index: from a snapshot of its own and the log's tail, or from the database.
enum NodeOpening {
    /// Reads a database into the state of a node, which begins as a reader.
    static func read(_ databaseURL: String, _ options: RegistryNodeOptions) throws
        -> NodeState
    {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        let matching = try matching(&session, options)
        let state = NodeState(
            databaseURL: databaseURL,
            index: Guarded(PatientIndex(matcher: Matcher(model: matching.model))),
            matching: matching, loads: options.loads,
            snapshots: options.snapshotFolder.map(SnapshotStore.init),
            catalogs: options.servesCatalogs ? CatalogIndex() : nil, note: options.note)
        try state.refresh(&session)
        let catalogsAreFilled = state.catalogs.map {
            CatalogKeeping.fill($0, databaseURL: databaseURL)
        }
        if try !readSnapshot(state, &session) { try readDatabase(state, &session) }
        try catalogsAreFilled?()
        // What the threads needed for a while goes back to the system.
        padron_release_free_memory()
        return state
    }

    /// Reads all of the database in one state of it.
    private static func readDatabase(
        _ state: NodeState, _ session: inout RegistrySession
    ) throws {
        try session.snapshot { session in
            let authorities = state.index.read { $0.authorities }
            let recordCount = Int(try session.lastRecord())
            state.index.write { $0.reserve(records: recordCount, persons: recordCount / 2) }
            if let (book, lesson) = try ContentLearning.book(&session, records: recordCount) {
                state.index.write { $0.write(by: book, lesson) }
            }
            let packing = state.index.read { $0.packing }
            var filling = IndexFilling(state.index)
            try RecordReading.forEachBatch(
                &session, databaseURL: state.databaseURL, authorities, packing
            ) { batch in
                filling.take(batch)
            }
            filling.finish()
            let departures = try session.departures()
            state.index.write { $0.take(departures) }
            let position = try readSmallTables(state, &session)
            state.index.write { $0.position = position }
        }
    }

    /// Fills the index from the node's snapshot and the log's tail; false where the database must be
    /// read instead.
    private static func readSnapshot(
        _ state: NodeState, _ session: inout RegistrySession
    ) throws -> Bool {
        guard let snapshots = state.snapshots else { return false }
        snapshots.removeUnfinished()
        // A server may refuse to tell: then there is no snapshot, as where none was written.
        guard let lineage = try? session.lineage() else { return false }
        do {
            guard let reading = try SnapshotReading(snapshots, lineage, &session) else {
                return false
            }
            try reading.fill(state.index)
            let end = try session.snapshot { session in try readSmallTables(state, &session) }
            state.index.write { $0.position = reading.start }
            state.numbersDay.withLock { $0 = min($0, reading.numbersDay) }
            snapshots.noteRead(changes: state.index.read { $0.changes })
            try state.follow(&session)
            // Where nothing was written since a takeover, the database alone knows of its epoch.
            state.index.write { index in
                if index.position.sequence == end.sequence { index.position = end }
            }
            state.opening.withLock { $0.isFromSnapshot = true }
            return true
        } catch let unfit as SnapshotUnfit {
            state.opening.withLock {
                $0.note = "the snapshot was not used, since \(unfit); the database was read instead"
            }
            snapshots.remove(system: lineage.system, database: lineage.database)
            let authorities = state.index.read { $0.authorities }
            state.index.write {
                $0 = PatientIndex(matcher: Matcher(model: state.model), authorities: authorities)
            }
            return false
        }
    }

    /// Reads what is known beside records and is little; answers where the log ends.
    private static func readSmallTables(
        _ state: NodeState, _ session: inout RegistrySession
    ) throws -> LogPosition {
        let counters = try session.counters()
        state.take(retired: try session.retiredPersons(), revived: [])
        let restricted = Set(try session.restrictedRecords())
        let pins = try session.standingPins()
        let former = try session.formerLocalIDs()
        state.index.write { index in
            // Those of records that come with the log's tail come with them.
            let known = former.filter { $0.record <= index.records.count }
            index.take(known, of: known.map(\.record))
            index.restricted = restricted
            index.pins = pins
            index.openTasks = counters.openTasks
        }
        return counters.position
    }
}
