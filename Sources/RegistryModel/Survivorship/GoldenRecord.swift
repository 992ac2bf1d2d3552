package import Identity

/// What a golden record is derived from: one source record's current version.
package struct GoldenRecordSource: Hashable, Sendable {
    package var person: PersonRecord
    /// When the source recorded it, in microseconds since 1970.
    package var recordedAt: Int64
    /// The number of the record.
    package var record: Int64
    /// The number of its source.
    package var source: Int32

    /// Creates a version.
    package init(person: PersonRecord, recordedAt: Int64, record: Int64, source: Int32) {
        self.person = person
        self.recordedAt = recordedAt
        self.record = record
        self.source = source
    }
}

/// The best statement of a person that its source records allow: derived, never edited.
package enum GoldenRecord {
    /// The golden record of the current versions of a person's records.
    ///
    /// A pure function of the set: the order of `sources` changes nothing, and one source alone is
    /// its own golden record. Each field takes one record's value whole, by the policy; spellings of
    /// one value count together, and the best of them stands. Identifiers are those of all records,
    /// each number once however it was written, those stated most often first, without those entered
    /// in error; further names likewise, the social one first. What a steward has
    /// pinned stands in the place of what survives; without a record there is nothing to pin to.
    package static func derive(
        from sources: [GoldenRecordSource], pins: PersonPins = .none,
        policy: Survivorship = .standard
    ) -> PersonRecord {
        guard sources.count > 1 else {
            return only(sources.first?.person, pins)
        }
        return derive(from: StatementTable(sources), pins: pins, policy: policy)
    }

    /// The golden record of the records in a table.
    package static func derive(
        from table: StatementTable, pins: PersonPins = .none, policy: Survivorship
    ) -> PersonRecord {
        guard table.count > 1 else {
            return only(table.count == 0 ? nil : table.person(0), pins)
        }
        var survival: FieldSurvival?
        var person = PersonRecord(bytesExpected: table.bytesOfLongest)
        for field in DemographicField.allCases {
            switch table.agreement(on: field) {
            case .silence: continue
            // What nobody disputes survives by any rule, but for a death, which may need a witness.
            case .value(let place) where field != .deceasedDate:
                table.withBytes(place) { person.set(field, to: $0) }
            case .value, .dispute:
                var choice = survival.take() ?? FieldSurvival(table, policy)
                if let survivor = choice.survivor(of: field) {
                    table.withBytes(survivor.place) { person.set(field, to: $0) }
                }
                survival = choice
            }
        }
        person.identifiers = GoldenIdentifiers.identifiers(in: table, policy.authorities)
        person.names = GoldenNames.names(in: table)
        pins.apply(to: &person)
        return person
    }

    /// The golden record of one record, or of none.
    package static func only(_ person: PersonRecord?, _ pins: PersonPins = .none) -> PersonRecord {
        guard var person else { return PersonRecord() }
        if person.identifiers.contains(where: \.isMistaken) {
            person.identifiers.removeAll(where: \.isMistaken)
        }
        if !person.names.isEmpty { person.names = GoldenNames.names(of: person) }
        pins.apply(to: &person)
        return person
    }

    /// The golden record, and from which record each part of it comes.
    package static func deriveWithProvenance(
        from sources: [GoldenRecordSource], pins: PersonPins = .none,
        policy: Survivorship = .standard
    ) -> GoldenDerivation {
        guard !sources.isEmpty else { return GoldenDerivation() }
        let table = StatementTable(sources)
        var survival = FieldSurvival(table, policy)
        var derivation = GoldenDerivation()
        for field in DemographicField.allCases {
            if let pin = pins[field] {
                derivation.person[field] = pin.value
                derivation.fields.append(survival.provenance(of: pin))
                continue
            }
            guard let survivor = survival.survivor(of: field) else { continue }
            table.withBytes(survivor.place) { derivation.person.set(field, to: $0) }
            derivation.fields.append(survival.provenance(of: survivor))
        }
        derivation.identifiers = GoldenIdentifiers.provenance(in: table, policy.authorities)
        derivation.person.identifiers = derivation.identifiers.map(\.identifier)
        derivation.person.names = GoldenNames.names(in: table)
        if sources.count == 1 { derivation.person = only(sources[0].person, pins) }
        return derivation
    }
}
