/// Writes one record of a person as its source would, errors and all.
struct RecordComposer {
    let profile: CountryProfile
    let rates: ErrorRates
    let seed: UInt64
    var counts = ErrorCounts()
    var letterErrors: LetterErrors
    var random: RandomStream
    /// The value of each column, as written so far.
    var values: [[UInt8]]
    var scratch: [UInt8] = []
    var source: SourceProfile
    /// Shares of missing values, by source and column.
    private let missing: [[Int]]

    /// Columns in whose letters clerks err.
    private static let nameColumns: [Column] = [
        .given, .family, .mothersFamily, .usedFamily, .motherGiven, .fatherGiven,
    ]

    /// Columns that take a source's letter case.
    private static let textColumns =
        nameColumns + [.address, .municipality, .insurer]

    init(profile: CountryProfile, rates: ErrorRates, seed: UInt64) {
        self.profile = profile
        self.rates = rates
        self.seed = seed
        letterErrors = LetterErrors(rules: profile.errors)
        random = RandomStream(seed: seed, domain: .record, index: 0)
        values = Array(repeating: [], count: Column.allCases.count)
        source = profile.sources[0]
        missing = profile.sources.map { source in
            Column.allCases.map { column in
                source.absent.contains(column) ? 10_000 : source.missing[column] ?? 0
            }
        }
    }

    /// Composes record `number` of a person; the values are then ready to be appended.
    mutating func compose(
        _ person: SyntheticPerson, plan: RecordPlan, number: Int,
        builder: borrowing PopulationBuilder
    ) {
        random = RandomStream(
            seed: seed, domain: .record, index: person.index * RecordPlanner.recordsMax + number)
        source = profile.sources[plan.source]
        for column in values.indices { values[column].removeAll(keepingCapacity: true) }
        writeNames(
            person, plan: plan, mother: person.mother < 0 ? nil : builder.persons[person.mother])
        writeSex(person)
        writeBirth(person)
        writeIdentifiers(person, plan: plan, persons: builder.persons)
        writeContact(person, plan: plan, dwellings: builder.dwellings)
        writeRest(person, plan: plan)
        for column in Self.nameColumns { spoil(column) }
        for column in values.indices where missing[plan.source][column] > 0 {
            if random.chance(missing[plan.source][column]) {
                values[column].removeAll(keepingCapacity: true)
            }
        }
        if values[Column.nationalID.rawValue].isEmpty {
            values[Column.nationalIDAuthority.rawValue].removeAll(keepingCapacity: true)
        }
        for column in Self.textColumns {
            LetterForm.apply(source.letterCase, to: &values[column.rawValue])
        }
        for column in Self.nameColumns {
            LetterForm.truncate(&values[column.rawValue], toLetters: source.nameLettersMax)
        }
    }

    /// Appends the values of the country's columns, each behind a comma, and a line end.
    func append(to row: inout [UInt8]) {
        for column in profile.columns {
            row.append(UInt8(ascii: ","))
            let value = values[column.rawValue]
            guard value.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") })
            else {
                row.append(contentsOf: value)
                continue
            }
            row.append(UInt8(ascii: "\""))
            for byte in value {
                if byte == UInt8(ascii: "\"") { row.append(byte) }
                row.append(byte)
            }
            row.append(UInt8(ascii: "\""))
        }
        row.append(UInt8(ascii: "\n"))
    }

    /// Whether an error strikes a value that it could.
    mutating func strikes(_ kind: ErrorKind) -> Bool {
        let struck = random.chance(rates[kind])
        counts.note(kind, struck: struck)
        return struck
    }

    /// Errors in the letters of one name.
    private mutating func spoil(_ column: Column) {
        guard !values[column.rawValue].isEmpty else { return }
        var struck = random.chance(rates[.typing])
        if struck { struck = letterErrors.type(&values[column.rawValue], &random) }
        counts.note(.typing, struck: struck)
        struck = random.chance(rates[.hearing])
        if struck { struck = letterErrors.mishear(&values[column.rawValue], &random) }
        counts.note(.hearing, struck: struck)
        struck = random.chance(rates[.scanning])
        if struck { struck = letterErrors.misread(&values[column.rawValue], &random) }
        counts.note(.scanning, struck: struck)
    }

    private mutating func writeRest(_ person: SyntheticPerson, plan: RecordPlan) {
        append(
            CivilDate.components(of: plan.recordedDay), in: .iso, to: .recordedAt)
        profile.pool.append(
            profile.insurers[person.insurer], to: &values[Column.insurer.rawValue])
        if person.deathDay != 0, source.kind != .laboratory, random.chance(4500) {
            appendDate(person.deathDay, to: .deceasedDate)
        }
        if person.birthOrder > 0, !strikes(.twinOrderMissing) {
            values[Column.birthOrder.rawValue].append(0x30 + UInt8(person.birthOrder))
        }
    }

    /// Appends a number, padded with zeros to a width.
    static func append(_ number: Int, width: Int = 1, to buffer: inout [UInt8]) {
        var divisor = 1
        var digits = 1
        while digits < width || number / divisor >= 10 {
            divisor *= 10
            digits += 1
        }
        while divisor > 0 {
            buffer.append(0x30 + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
