// A record at any time: links are replayed backwards from where they are, versions forwards.
extension ArchivedRecord {
    /// How a record is linked.
    package struct Link: Hashable, Sendable {
        package var person: EnterpriseIdentifier
        package var origin: LinkOrigin
        package var weight: Double?
    }

    /// The event that registered it.
    package var registeredSequence: Int64 { versions.first?.sequence ?? 0 }

    /// The link once an event has happened; nil before the record was registered.
    package func link(at sequence: Int64) -> Link? {
        guard sequence >= registeredSequence else { return nil }
        if let next = moves.first(where: { $0.sequence > sequence }) {
            return Link(person: next.from, origin: next.fromOrigin, weight: next.fromWeight)
        }
        return Link(person: person, origin: origin, weight: weight)
    }

    /// The version that is current once an event has happened; nil before the record was
    /// registered.
    ///
    /// A version that came late, older than the current one by its own time, never becomes current;
    /// one that was taken back with its load is so no longer. Where all were, the record counts no
    /// more and keeps the one that was taken back last.
    package func version(at sequence: Int64) -> ArchivedVersion? {
        if sequence == .max, let current = versions.first(where: { $0.version == version }) {
            return current
        }
        let said = versions.filter { $0.sequence <= sequence }
        let standing = said.filter { version in
            min(version.voidedSequence ?? .max, version.coveredSequence ?? .max) > sequence
        }
        let lastVoided = said.compactMap(\.voidedSequence).max()
        var current: ArchivedVersion?
        for version in standing.isEmpty
            ? said.filter({ $0.voidedSequence == lastVoided }) : standing
        {
            if let known = current, version.recordedAt < known.recordedAt { continue }
            current = version
        }
        return current
    }

    /// Whether it did not count once an event had happened.
    package func isWithdrawn(at sequence: Int64) -> Bool {
        withdrawals.contains { withdrawal in
            guard withdrawal.sequence <= sequence else { return false }
            return withdrawal.endedSequence.map { $0 > sequence } ?? true
        }
    }

    /// The last event up to another that withdrew it or had it count again; 0 where there is none.
    func lastWithdrawal(upTo sequence: Int64) -> Int64 {
        withdrawals.flatMap { [$0.sequence, $0.endedSequence ?? 0] }.filter { $0 <= sequence }
            .max() ?? 0
    }

    /// The last event at which it belonged to a person, or left it.
    ///
    /// It is the largest number while it belongs to the person, nil where it never did.
    package func lastSequence(with person: EnterpriseIdentifier) -> Int64? {
        if self.person == person { return .max }
        return moves.last { $0.from == person }?.sequence
    }
}
