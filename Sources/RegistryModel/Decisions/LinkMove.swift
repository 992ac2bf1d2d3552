/// One record that leaves a person for another.
package struct LinkMove: Hashable, Sendable {
    package var record: Int64
    /// The event that moves it.
    package var sequence: Int64
    package var from: EnterpriseIdentifier
    package var to: EnterpriseIdentifier
    /// How the record had come to the person that it leaves, by which the move is undone exactly.
    package var fromOrigin: LinkOrigin
    /// The weight in bits at which it was linked there; nil for a founder.
    package var fromWeight: Double?

    /// Creates a move.
    package init(
        record: Int64, sequence: Int64, from: EnterpriseIdentifier, to: EnterpriseIdentifier,
        fromOrigin: LinkOrigin, fromWeight: Double?
    ) {
        self.record = record
        self.sequence = sequence
        self.from = from
        self.to = to
        self.fromOrigin = fromOrigin
        self.fromWeight = fromWeight
    }
}

/// A record's leaving a person, which changes the person though no record of it tells so.
package struct Departure: Hashable, Sendable {
    package var person: EnterpriseIdentifier
    /// The event by which the record left.
    package var sequence: Int64

    /// Creates a departure.
    package init(person: EnterpriseIdentifier, sequence: Int64) {
        self.person = person
        self.sequence = sequence
    }

    /// The departure that a move is.
    package init(_ move: LinkMove) {
        self.init(person: move.from, sequence: move.sequence)
    }
}

/// A person left without records, and who answers in its place.
package struct RetiredPerson: Hashable, Sendable {
    package var person: EnterpriseIdentifier
    /// The persons who have its records now, in the order of their bits.
    package var survivors: [EnterpriseIdentifier]

    /// Creates a retired person.
    package init(person: EnterpriseIdentifier, survivors: [EnterpriseIdentifier]) {
        self.person = person
        self.survivors = survivors
    }
}
