internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// How a node comes to its index.
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
            matching: matching)
        try state.refresh(&session)
        try session.snapshot { session in
            let counters = try session.counters()
            let retired = try session.retiredPersons()
            state.retired.withLock { known in
                for person in retired { known[person.person] = person.survivors }
            }
            let authorities = state.index.read { $0.authorities }
            try RecordReading.forEachBatch(
                &session, databaseURL: databaseURL, authorities
            ) { prepared in
                state.index.write { $0.append(prepared.records) }
                var encoded = prepared.encoded
                for run in prepared.records.activeRuns {
                    let slot = prepared.records.first + UInt32(run.lowerBound)
                    state.index.write { $0.matcher.insert(&encoded, run, slot: slot) }
                }
            }
            let former = try session.formerLocalIDs()
            let departures = try session.departures()
            let restricted = Set(try session.restrictedRecords())
            let pins = try session.standingPins()
            state.index.write { index in
                index.take(former, of: former.map(\.record))
                index.take(departures)
                index.restricted = restricted
                index.pins = pins
            }
            state.index.write { index in
                index.position = counters.position
                index.openTasks = counters.openTasks
            }
        }
        return state
    }
}
