internal import Identity
internal import RegistryModel
internal import RegistryStore

// What a new version of a known record does to its link.
extension BatchPlanner {
    /// Where a changed record belongs.
    private enum Place {
        /// With its person.
        case stays
        /// With its person, and in quarantine for its identifiers.
        case unfit
        /// With another person, whom its new content fits.
        case moves(PersonCandidate)
        /// With a person of its own: nothing of what had linked it holds any more.
        case leaves
        /// Nobody but a steward can tell; doubted against somebody.
        case doubtful(ReviewReason, PersonCandidate)
        /// The record may have become somebody else.
        case overlaid(weight: Double?)
    }

    /// Keeps the link of a changed record, moves it, or asks a steward.
    mutating func settleUpdate(
        _ row: Int, _ record: Int64, _ version: Int32, _ sequence: Int64
    ) {
        let offset = Int(record) - 1 - firstSlot
        let left: [Int64]
        if offset >= 0 {
            newRecords[offset].sequence = sequence
            if mustBeQuarantined(rows[row]) { quarantine(record, sequence) }
            left = settleDoubts(about: record, rows[row], sequence)
        } else {
            changed[record]?.sequence = sequence
            switch mustBeQuarantined(rows[row]) ? .unfit : place(row, record) {
            case .stays: break
            case .unfit: quarantine(record, sequence)
            case .moves(let candidate):
                move(record, to: candidate.person, .automatic, candidate.weight, sequence)
            case .leaves: move(record, to: newPerson(), .founder, nil, sequence)
            case .doubtful(let reason, let candidate):
                ask(of: record, rows[row].person, candidate, reason, sequence)
            case .overlaid(let weight):
                addTask(.overlay, record, record, weight, .contradiction, sequence)
            }
            left = settleDoubts(about: record, rows[row], sequence)
        }
        let stated = index.read { Self.numbers(of: rows[row], in: $0, policy) }
        _ = askAboutNumbers(stated, of: record, rows[row], sequence)
        for other in left { askAboutNumbers(leftTo: other, sequence) }
        let person = current(record).person
        touched.append(person)
        versionRows.append((row, record, version, sequence))
        addEvent(row, sequence, .updated, person, changed: record)
        outcomes.append(RowOutcome(person: person, outcome: .updated))
    }

    /// Decides where a record belongs that was there before the batch.
    ///
    /// It moves where its new content reaches the automatic threshold with another person and does not
    /// speak for its own any more. It never moves where a steward has placed it, nor where the new
    /// content contradicts the old, since then the record itself may have become somebody else. A record
    /// that was withdrawn and comes back is looked at in the same way.
    private mutating func place(_ number: Int, _ record: Int64) -> Place {
        let row = rows[number]
        let slot = UInt32(record - 1)
        let found =
            candidatesOfKnown[number]
            ?? index.read { $0.matcher.candidates(ofNextVersion: row, below: UInt32(firstSlot)) }
        let state = index.read { $0.records[Int(slot)].state }
        let own: Double? =
            switch state {
            case .active: found.first { $0.slot == slot && !$0.isVetoed }?.weight
            case .withdrawn: ownWeight(row, slot)
            case .reverted: .infinity
            case .erased: nil
            }
        guard let own, own >= rule.reviewThreshold else {
            return .overlaid(weight: own)
        }
        let person = current(record).person
        let others = found.filter { $0.slot != slot }
        let support = others.first { self.person(ofSlot: $0.slot) == person && !$0.isVetoed }
        let isSupported =
            support.map { $0.weight >= rule.reviewThreshold } ?? false
            || state != .active && fitsItsPerson(row, record)
        let target = personCandidates(row, others).first { candidate in
            candidate.person != person && candidate.weight >= rule.automaticThreshold
                && !candidate.isVetoed && !isHeldApart(record, candidate.person)
        }
        let isAlone = members(of: person).count == 1
        guard let target else {
            if state == .reverted, !isAlone, !isSupported, !isPlaced(record) { return .leaves }
            if state != .active, !isSupported, let doubt = doubt(row, record, others) {
                return .doubtful(.weight, doubt)
            }
            // Its own person's records speak against it now.
            guard !isAlone, !isSupported,
                let doubt = others.first(where: { candidate in
                    self.person(ofSlot: candidate.slot) == person
                })
            else { return .stays }
            return .doubtful(
                .unsupported,
                PersonCandidate(
                    person: person, slot: doubt.slot, weight: doubt.weight,
                    isVetoed: doubt.isVetoed))
        }
        return isSupported || isPlaced(record) ? .doubtful(.otherPerson, target) : .moves(target)
    }

    /// What a withdrawn record's new content weighs against what it said before.
    private func ownWeight(_ row: SubmittedRow, _ slot: UInt32) -> Double? {
        index.read { index in
            index.packedContent(of: slot) == row.packed
                ? .infinity
                : index.matcher.weight(of: row.person, against: index.content(of: slot))
        }
    }

    /// Whether a record that comes back fits another one of its person, those included that come back with
    /// it and that the matcher does not know yet.
    private func fitsItsPerson(_ row: SubmittedRow, _ record: Int64) -> Bool {
        let others = members(of: current(record).person).filter { Int64($0) + 1 != record }
        return others.prefix(RegistryLimits.matchCandidatesMax).contains { slot in
            guard let other = PackedPerson.person(from: content(ofSlot: slot).span) else {
                return false
            }
            let weight = index.read { $0.matcher.weight(of: row.person, against: other) }
            return weight.map { $0 >= rule.reviewThreshold } ?? false
        }
    }

    /// Whether a steward or the batch itself has placed a record where it stands.
    private func isPlaced(_ record: Int64) -> Bool {
        current(record).origin == .steward || stewards.constraints.isPinned(record)
            || lastMoves[record] != nil
    }

    /// Whom a record that comes back to a person of its own may be instead.
    private mutating func doubt(
        _ row: SubmittedRow, _ record: Int64, _ others: [MatcherCandidate]
    ) -> PersonCandidate? {
        let person = current(record).person
        return personCandidates(row, others).first { candidate in
            candidate.person != person && candidate.weight >= rule.reviewThreshold
                && !isHeldApart(record, candidate.person)
        }
    }

    /// Whether a steward holds a record apart from one of a person.
    private func isHeldApart(_ record: Int64, _ person: EnterpriseIdentifier) -> Bool {
        stewards.constraints.holds(of: record).contains { other, hold in
            !hold.isMustLink && self.person(ofSlot: UInt32(other - 1)) == person
        }
    }

    private mutating func move(
        _ record: Int64, to person: EnterpriseIdentifier, _ origin: LinkOrigin, _ weight: Double?,
        _ sequence: Int64
    ) {
        guard var moved = changed[record] else { return }
        let slot = UInt32(record - 1)
        moves.append(
            LinkMove(
                record: record, sequence: sequence, from: moved.person, to: person,
                fromOrigin: moved.origin, fromWeight: moved.weight))
        lastMoves[record] = sequence
        departed[moved.person, default: []].insert(slot)
        newMembers[person, default: []].append(slot)
        // Read anew where they are asked for again.
        numbersOfPersons[moved.person] = nil
        numbersOfPersons[person] = nil
        touched.append(moved.person)
        moved.person = person
        moved.origin = origin
        moved.weight = weight
        changed[record] = moved
    }

    /// Writes what the moves make of the persons that were left.
    func settleMoves(_ commit: inout CommitBatch) {
        commit.moves = moves
        for person in Set(moves.map(\.from)).sorted() {
            commit.settle(
                person, before: membersBefore(of: person).map { Int64($0) + 1 },
                members: membersLeft(of: person), active: members(of: person).count
            ) { self.person(ofSlot: UInt32($0 - 1)) }
        }
    }

    /// How many records a person has after the batch, withdrawn ones included.
    private func membersLeft(of person: EnterpriseIdentifier) -> Int {
        let gone = departed[person] ?? []
        return membersBefore(of: person).count { !gone.contains($0) }
            + (newMembers[person]?.count ?? 0)
    }
}
