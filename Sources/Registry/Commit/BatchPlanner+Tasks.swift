internal import Identity
internal import RegistryModel
internal import RegistryStore

// What stewards are asked, and what a row answers by itself.
extension BatchPlanner {
    /// Asks whether a record is of a person that a candidate stands for.
    ///
    /// Where the two state one national number that is the reason: one of them may have it wrongly.
    mutating func ask(
        of record: Int64, _ person: PersonRecord, _ candidate: PersonCandidate,
        _ reason: ReviewReason, _ sequence: Int64
    ) {
        addTask(
            .duplicate, record, Int64(candidate.slot) + 1, candidate.weight,
            sharesNumber(person, candidate.slot) ? .sharedNumber : reason, sequence)
    }

    /// Opens a task, unless the doubt is open already.
    mutating func addTask(
        _ kind: ReviewTaskKind, _ record: Int64, _ other: Int64, _ weight: Double?,
        _ reason: ReviewReason, _ sequence: Int64
    ) {
        let doubt = OpenTasks.Doubt(kind, record, other)
        // A row of the batch has settled it and this one asks again: then it was not settled.
        doubts.reopen(doubt)
        guard !isOpen(doubt) else { return }
        numbers.lastTask += 1
        doubts.open(
            ReviewTask(
                task: numbers.lastTask, sequence: sequence, kind: kind, record: record,
                otherRecord: other, weight: weight, reason: reason,
                territory: sources.territories[current(record).source] ?? ""))
    }

    /// Whether a steward is asked already whether two persons are one.
    func isAsked(_ person: EnterpriseIdentifier, _ other: EnterpriseIdentifier) -> Bool {
        let (members, others) = (Set(members(of: person)), Set(members(of: other)))
        return members.lazy.flatMap { doubtsOpened(about: Int64($0) + 1) }.contains { doubt in
            let (one, two) = (UInt32(doubt.record - 1), UInt32(doubt.other - 1))
            return doubt.kind == .duplicate
                && (members.contains(one) && others.contains(two)
                    || members.contains(two) && others.contains(one))
        }
    }

    /// Closes what a record's new content answers by itself.
    ///
    /// That is a doubt about identifiers that are right now, about a pair that has become one person or
    /// states no number together any more, and about one that is no longer alike. A doubt that a veto raised is of records that contradict
    /// each other anyway, and stays.
    ///
    /// - Returns: the records with whom this one was doubted for a number that it states no more.
    mutating func settleDoubts(
        about record: Int64, _ row: SubmittedRow, _ sequence: Int64
    ) -> [Int64] {
        var left: [Int64] = []
        let isNew = Int(record) - 1 >= firstSlot
        let known = isNew ? doubtsOpened(about: record) : stewards.openTasks.doubts(about: record)
        for doubt in known where isOpen(doubt) {
            guard let resolution = resolution(of: doubt, record, row, sequence) else { continue }
            doubts.settle(
                SettledDoubt(
                    kind: doubt.kind, record: doubt.record, otherRecord: doubt.other,
                    sequence: sequence, resolution: resolution))
            if doubt.record == doubt.other {
                quarantined.remove(record)
            } else if resolution == .mended {
                left.append(doubt.record == record ? doubt.other : doubt.record)
            }
        }
        return left
    }

    private func resolution(
        of doubt: OpenTasks.Doubt, _ record: Int64, _ row: SubmittedRow, _ sequence: Int64
    ) -> SettledDoubt.Resolution? {
        guard doubt.record != doubt.other else {
            return doubt.kind == .identifierConflict && !mustBeQuarantined(row) ? .mended : nil
        }
        let slot = UInt32((doubt.record == record ? doubt.other : doubt.record) - 1)
        if person(ofSlot: slot) == current(record).person {
            return lastMoves[record] == sequence ? .linked : nil
        }
        let isWithdrawn = current(Int64(slot) + 1).isWithdrawn
        if doubt.kind == .identifierConflict {
            return isWithdrawn || sharesNumber(row.person, slot) ? nil : .mended
        }
        guard !isWithdrawn, reason(of: doubt) != .veto,
            let other = PackedPerson.person(from: content(ofSlot: slot).span)
        else { return nil }
        let weight = index.read { $0.matcher.weight(of: row.person, against: other) }
        return weight.map { $0 >= rule.reviewThreshold } ?? false ? nil : .unlike
    }

    /// Whether a doubt is open as far as the batch has come.
    func isOpen(_ doubt: OpenTasks.Doubt) -> Bool {
        (stewards.openTasks.contains(doubt) || doubts.hasOpened(doubt))
            && !doubts.hasSettled(doubt)
    }

    /// The doubts about a record that were open before the batch or that it has opened, settled since or not.
    func doubtsOpened(about record: Int64) -> [OpenTasks.Doubt] {
        stewards.openTasks.doubts(about: record) + doubts.doubts(about: record)
    }

    private func reason(of doubt: OpenTasks.Doubt) -> ReviewReason? {
        stewards.openTasks.reason(of: doubt) ?? doubts.reason(of: doubt)
    }

    private func sharesNumber(_ person: PersonRecord, _ slot: UInt32) -> Bool {
        let source = source(ofSlot: slot)
        let numbers = DistinguishingNumbers(person, policy.authorities, source: source)
        guard !numbers.isEmpty,
            let other = PackedPerson.person(from: content(ofSlot: slot).span)
        else { return false }
        return numbers.share(
            with: DistinguishingNumbers(other, policy.authorities, source: source))
    }
}
