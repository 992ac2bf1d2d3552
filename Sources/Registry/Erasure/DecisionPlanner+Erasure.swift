internal import Identity
internal import RegistryModel
internal import RegistryStore

// What is erased for good: the writer grants a request that another person made.
extension DecisionPlanner {
    /// Empties the records of a request and lets go of what held them.
    ///
    /// The records keep number and link, so that the log and the EUID stay what they are.
    mutating func erase(_ number: Int64, _ session: inout RegistrySession) throws {
        let erasure = try session.erasure(number)
        try erasure.checkDecision(by: request.actor, isGrant: true)
        try checkUnchanged(erasure)
        var names: [ErasureStep.Name] = []
        let identifiersOfNobodyElse = identifiersAlone(of: erasure.records)
        for record in erasure.records {
            let stored = links.record(record)
            let former = surroundings.index.read {
                $0.formerLocalIDs(of: UInt32(record - 1))
            }
            names += ([stored.localID] + former).map {
                ErasureStep.Name(source: stored.source, localID: $0)
            }
            releaseHolds(of: record)
            end(links.pins(of: record))
            links.change(record, sequence: sequence) { erased in
                erased.state = .erased
                erased.content = []
                erased.localID = SourceRecord.erasedLocalID(record)
            }
        }
        settled.formUnion(erasure.records)
        step.reason = erasure.basis
        step.erasure = ErasureStep(
            erasure: number, records: erasure.records, names: names,
            chunks: request.isPreview ? [] : try stagedChunks(without: Set(names), &session),
            identifiers: identifiersOfNobodyElse)
        outcome.warnings.append("what is erased cannot be brought back by any undo")
        outcome.warnings.append(
            "backups, exports and journals made before hold it still; erase it there too")
        mainPerson = erasure.person
    }

    /// The identifiers that some records state and no other record does.
    private func identifiersAlone(of records: [Int64]) -> [LocalIdentifier] {
        let slots = Set(records.map { UInt32($0 - 1) })
        return surroundings.index.read { index in
            var found: Set<IdentifierKey> = []
            for slot in slots {
                let stated = IdentifierKey.keys(
                    of: index.content(of: slot), index.authorities,
                    source: index.records[Int(slot)].source)
                for key in stated.subtracting(found) {
                    let holders = index.slots(stating: key, limit: slots.count + 1)
                    if slots.isSuperset(of: holders) { found.insert(key) }
                }
            }
            return found.map { LocalIdentifier(authority: $0.authority, value: $0.canonical) }
        }
    }

    /// Refuses to erase something else than what was asked for.
    private func checkUnchanged(_ erasure: Erasure) throws {
        let isUnchanged =
            erasure.isWhole
            ? links.members(of: erasure.person) == erasure.records
            : erasure.records.allSatisfy { links.person(of: $0) == erasure.person }
        guard isUnchanged else {
            throw RegistryError(
                .conflict, "records have come or gone since it was requested; request it again")
        }
        guard !erasure.records.contains(where: { links.record($0).isErased }) else {
            throw RegistryError(.conflict, "one of the records was erased already")
        }
    }

    private mutating func releaseHolds(of record: Int64) {
        for (other, hold) in surroundings.constraints.holds(of: record)
        where standingHold(record, other) != nil {
            let constraint = RecordConstraint(record, other, isMustLink: hold.isMustLink)
            released.insert(constraint)
            step.retracted.append(constraint)
        }
    }

    /// The staged chunks in which rows of the names stand, without what those say.
    ///
    /// A row stays as one of the tombstone, which the writer passes over: so that a load's rows add up.
    private func stagedChunks(
        without names: Set<ErasureStep.Name>, _ session: inout RegistrySession
    ) throws -> [ErasureStep.Chunk] {
        var chunks: [ErasureStep.Chunk] = []
        try session.forEachStagedChunk { load, chunk, content in
            guard let rows = StagedChunk.rows(content, recordedAtWhenUnknown: .min),
                rows.contains(where: {
                    names.contains(ErasureStep.Name(source: $0.source, localID: $0.localID))
                })
            else { return }
            var kept: [UInt8] = []
            for row in rows {
                let name = ErasureStep.Name(source: row.source, localID: row.localID)
                let isErased = names.contains(name)
                StagedChunk.append(
                    source: row.source, localID: isErased ? "" : row.localID,
                    recordedAt: row.recordedAt, packed: isErased ? [] : row.packed,
                    to: &kept)
            }
            chunks.append(ErasureStep.Chunk(load: load, chunk: chunk, content: kept))
        }
        return chunks
    }

    /// Tells which of the records an undo brings back empty.
    mutating func warnOfErased(_ records: [Int64], _ session: inout RegistrySession) throws {
        let erased = records.filter { links.record($0).isErased }
        let operations = try session.erasingOperations(of: erased)
        for operation in Set(operations.values).sorted() {
            let count = operations.values.count { $0 == operation }
            outcome.warnings.append(
                "\(count) of the records \(count == 1 ? "was" : "were") erased by operation"
                    + " \(operation); what was said of them stays erased")
        }
    }
}
