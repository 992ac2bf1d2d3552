internal import Identity

/// Every change of a person in the order of the log: a pure function of its archive.
///
/// A record is told from its registration to the moment in which it leaves the person for the last
/// time, what happened to it under other identifiers in between included; so a merged person's
/// history tells where its records came from. A task or a constraint is told where a record stands
/// in it that was the person's then or later.
package struct PersonHistory: Hashable, Sendable {
    package var person: EnterpriseIdentifier
    package var retirement: ArchivedRetirement?
    package private(set) var entries: [HistoryEntry] = []
    /// Whether one of the records is of a person who is restricted now.
    package private(set) var isRestricted = false

    /// The history that an archive tells.
    package init(_ archive: PersonArchive) {
        person = archive.person
        retirement = archive.retirement
        var told: [Told] = []
        for record in archive.records {
            guard let last = record.lastSequence(with: archive.person) else { continue }
            told += Self.changes(of: record).filter { $0.sequence <= last }
            if record.isRestricted { isRestricted = true }
        }
        told += Self.doubts(in: archive) + Self.decisions(in: archive)
        told.sort()
        entries = told.map { archive.entry($0) }
    }

    /// A change with its place in the order.
    struct Told: Comparable {
        var sequence: Int64
        /// The order of the changes that one event makes.
        var rank: Int
        var record: Int64
        var change: HistoryChange

        static func < (left: Told, right: Told) -> Bool {
            (left.sequence, left.rank, left.record) < (right.sequence, right.rank, right.record)
        }
    }

    private static func changes(of record: ArchivedRecord) -> [Told] {
        var told: [Told] = []
        var current: ArchivedVersion?
        for version in record.versions {
            let change: HistoryChange
            if let known = current {
                let isLate = version.recordedAt < known.recordedAt
                let changes = FieldChange.changes(from: known.content, to: version.content)
                change = isLate ? .late(version) : .updated(version, changes)
                if !isLate { current = version }
            } else {
                current = version
                guard let link = record.link(at: version.sequence) else { continue }
                let changes = FieldChange.changes(from: PersonRecord(), to: version.content)
                change = .registered(version, changes, person: link.person, weight: link.weight)
            }
            told.append(
                Told(sequence: version.sequence, rank: 0, record: record.record, change: change))
        }
        func tell(_ sequence: Int64, _ change: HistoryChange) {
            told.append(Told(sequence: sequence, rank: 1, record: record.record, change: change))
        }
        for move in record.moves { tell(move.sequence, .moved(from: move.from, to: move.to)) }
        for withdrawal in record.withdrawals {
            tell(withdrawal.sequence, .withdrawn)
            if let ended = withdrawal.endedSequence { tell(ended, .reinstated) }
        }
        for voided in Set(record.versions.compactMap(\.voidedSequence)).sorted() {
            guard !record.isWithdrawn(at: voided), let version = record.version(at: voided) else {
                continue
            }
            tell(voided, .restored(version))
        }
        for pinning in record.pinChanges { tell(pinning.sequence, pinning.change) }
        for change in record.renumberings {
            tell(change.sequence, .renumbered(from: change.formerLocalID))
        }
        return told
    }

    private static func doubts(in archive: PersonArchive) -> [Told] {
        var told: [Told] = []
        for archived in archive.tasks {
            let task = archived.task
            let pair = archive.named(task.record, task.otherRecord)
            if archive.concerns(pair, at: task.sequence) {
                told.append(
                    Told(
                        sequence: task.sequence, rank: 3, record: pair.record,
                        change: .taskOpened(task, other: archive.name(of: pair.other))))
            }
            if let closed = archived.closedSequence, archive.concerns(pair, at: closed) {
                told.append(
                    Told(
                        sequence: closed, rank: 4, record: pair.record,
                        change: .taskClosed(
                            task, other: archive.name(of: pair.other),
                            resolution: archived.resolution)))
            }
        }
        return told
    }

    private static func decisions(in archive: PersonArchive) -> [Told] {
        var told: [Told] = []
        for archived in archive.constraints {
            let constraint = archived.constraint
            let pair = archive.named(constraint.left, constraint.right)
            let other = archive.name(of: pair.other)
            if archive.concerns(pair, at: archived.sequence) {
                told.append(
                    Told(
                        sequence: archived.sequence, rank: 2, record: pair.record,
                        change: .held(other: other, isMustLink: constraint.isMustLink)))
            }
            if let released = archived.retractedSequence, archive.concerns(pair, at: released) {
                told.append(
                    Told(
                        sequence: released, rank: 2, record: pair.record,
                        change: .released(other: other, isMustLink: constraint.isMustLink)))
            }
        }
        return told
    }
}

extension PersonArchive {
    /// A pair of records, the first of which is or was the person's.
    fileprivate typealias Pair = (record: Int64, other: Int64)

    fileprivate func named(_ left: Int64, _ right: Int64) -> Pair {
        let isLeft = records.contains { $0.record == left && $0.person == person }
        let isRight = records.contains { $0.record == right && $0.person == person }
        if isLeft || !isRight && records.contains(where: { $0.record == left }) {
            return (left, right)
        }
        return (right, left)
    }

    /// Whether one record of a pair is the person's at an event, or comes to it later.
    fileprivate func concerns(_ pair: Pair, at sequence: Int64) -> Bool {
        records.contains { record in
            guard record.record == pair.record || record.record == pair.other,
                let last = record.lastSequence(with: person)
            else { return false }
            return sequence <= last
        }
    }

    fileprivate func name(of record: Int64) -> LocalIdentifier {
        names[record] ?? LocalIdentifier(authority: "", value: "")
    }

    fileprivate func entry(_ told: PersonHistory.Told) -> HistoryEntry {
        let event =
            events[told.sequence]
            ?? ArchivedEvent(
                position: LogPosition(epoch: 0, sequence: told.sequence), occurredAt: 0, actor: "",
                operation: nil)
        let operation = event.operation.flatMap { operations[$0] }
        let isErasure = operation?.kind == .erase && told.change == .withdrawn
        return HistoryEntry(
            position: event.position, occurredAt: event.occurredAt, actor: event.actor,
            operation: operation, record: name(of: told.record),
            change: isErasure ? .erased : told.change)
    }
}
