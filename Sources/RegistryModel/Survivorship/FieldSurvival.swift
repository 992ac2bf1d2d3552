internal import Identity

/// Chooses the values of a person's fields among what the records state.
///
/// One does all fields of a person, so that its memory serves field after field.
struct FieldSurvival {
    private let table: StatementTable
    private let survivorship: Survivorship
    /// What the policy must know of the records, as far as it was asked.
    private var standings: [RecordStanding?]
    private var field = DemographicField.given
    private var statements: [Statement] = []
    private var spellings: [Spelling] = []
    private var claims: [Claim] = []
    /// The compared forms of the claims.
    private var keys: [UInt8] = []

    /// One record's statement of the field.
    private struct Statement {
        var row: Int
        /// Its place among the spellings.
        var spelling: Int
    }

    /// One way to write a value.
    private struct Spelling {
        /// Where it is stated last, by time of record; of several such by the newest record.
        var row: Int
        var count = 1
        /// The claim of which it is a spelling.
        var claim = 0
    }

    /// One value in all the ways it is spelled, with the form in which it was compared.
    private struct Claim {
        /// Equal for all spellings of the value; empty where no other way to write one is stated.
        var key: Range<Int>
    }

    /// The value that survives.
    struct Survivor {
        /// The record whose spelling stands, and where it lies.
        var row: Int
        var place: StatementTable.Place
        fileprivate var claim: Int
    }

    /// Prepares the choice among the records of a table.
    init(_ table: StatementTable, _ survivorship: Survivorship) {
        self.table = table
        self.survivorship = survivorship
        standings = Array(repeating: nil, count: table.count)
        statements.reserveCapacity(table.count)
        spellings.reserveCapacity(table.count)
        claims.reserveCapacity(table.count)
    }

    /// The value of a field that survives; nil where no record states one.
    mutating func survivor(of field: DemographicField) -> Survivor? {
        collect(field)
        guard !claims.isEmpty, field != .deceasedDate || isDeathCertain() else { return nil }
        var best = 0
        for claim in 1..<max(1, claims.count) where precedes(claim, best) { best = claim }
        let row = spellings[bestSpelling(of: best)].row
        return Survivor(row: row, place: table.place(row, field), claim: best)
    }

    /// Whether a death is more than the word of one source that is not trusted with deaths.
    ///
    /// Where the policy trusts nobody before others, or nobody else knows the person, its word stands.
    private mutating func isDeathCertain() -> Bool {
        guard survivorship.hasTrust(in: .deceasedDate) else { return true }
        let first = table.rows[statements[0].row].source
        var hasWitness = false
        for statement in statements {
            if table.rows[statement.row].source != first { hasWitness = true }
            if survivorship.isTrusted(standing(statement.row), in: .deceasedDate) { return true }
        }
        return hasWitness || table.rows.allSatisfy { $0.source == first }
    }

    /// Where the survivor of the field that was asked for last comes from.
    mutating func provenance(of survivor: Survivor) -> FieldProvenance {
        var basis = SurvivalBasis.unopposed
        if claims.count > 1 {
            // The claim that comes next in order shares the longest row of figures with the best.
            let rules = survivorship.rules(of: field)
            var last = 0
            for claim in claims.indices where claim != survivor.claim {
                last = max(last, difference(survivor.claim, claim)?.rule ?? rules.count)
            }
            basis = last < rules.count ? .rule(rules[last]) : .content
        }
        let agreeing = statements.filter { spellings[$0.spelling].claim == survivor.claim }
        return FieldProvenance(
            field: field, record: table.rows[survivor.row].record,
            source: table.rows[survivor.row].source,
            agreeing: agreeing.map { table.rows[$0.row].record }.sorted(),
            rivals: claims.count - 1, basis: basis)
    }

    /// Where a pinned value comes from: how many records state it too, and how many other values.
    mutating func provenance(of pin: PinnedValue) -> FieldProvenance {
        collect(pin.field)
        var pinned: [UInt8] = []
        let bytes = Array(pin.value.utf8)
        FieldComparison.appendKey(of: field, bytes.span, to: &pinned)
        var alike: Set<Int> = []
        for spelling in spellings where !bytes.isEmpty {
            var key: [UInt8] = []
            table.withBytes(table.place(spelling.row, field)) { value in
                FieldComparison.appendKey(of: field, value, to: &key)
            }
            if key == pinned { alike.insert(spelling.claim) }
        }
        let agreeing = statements.filter { alike.contains(spellings[$0.spelling].claim) }
        return FieldProvenance(
            field: field, record: pin.record, source: 0,
            agreeing: agreeing.map { table.rows[$0.row].record }.sorted(),
            rivals: claims.count - alike.count, basis: .pinned, pin: pin)
    }

    /// Collects what is stated of a field, spellings of one value together.
    private mutating func collect(_ field: DemographicField) {
        self.field = field
        statements.removeAll(keepingCapacity: true)
        spellings.removeAll(keepingCapacity: true)
        claims.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        for row in table.rows.indices {
            let place = table.place(row, field)
            guard !place.isEmpty else { continue }
            let same = spellings.firstIndex { spelling in
                table.isEqual(table.place(spelling.row, field), place)
            }
            if let same {
                spellings[same].count += 1
                if table.isLater(row, than: spellings[same].row) { spellings[same].row = row }
            } else {
                spellings.append(Spelling(row: row))
            }
            statements.append(Statement(row: row, spelling: same ?? spellings.count - 1))
        }
        // Most records agree to the byte, and then nothing need be folded.
        guard spellings.count > 1 else {
            if !spellings.isEmpty { claims.append(Claim(key: 0..<0)) }
            return
        }
        for index in spellings.indices {
            let start = keys.count
            table.withBytes(table.place(spellings[index].row, field)) { value in
                FieldComparison.appendKey(of: field, value, to: &keys)
            }
            let key = start..<keys.count
            if let alike = claims.firstIndex(where: { keys[$0.key].elementsEqual(keys[key]) }) {
                spellings[index].claim = alike
                keys.removeSubrange(key)
            } else {
                spellings[index].claim = claims.count
                claims.append(Claim(key: key))
            }
        }
    }

}

// MARK: - Claims

extension FieldSurvival {
    private mutating func precedes(_ claim: Int, _ other: Int) -> Bool {
        difference(claim, other)?.isGreater
            ?? keys[claims[claim].key].lexicographicallyPrecedes(keys[claims[other].key])
    }

    /// The first rule that tells two claims apart, and which is better by it; nil where none does.
    private mutating func difference(
        _ claim: Int, _ other: Int
    ) -> (rule: Int, isGreater: Bool)? {
        for (number, rule) in survivorship.rules(of: field).enumerated() {
            if rule == .trust, !survivorship.hasTrust(in: field) { continue }
            let (figure, its) = (figure(rule, of: claim), figure(rule, of: other))
            if figure != its { return (number, figure > its) }
        }
        return nil
    }

    /// How a claim stands under a rule; the higher figure wins.
    private mutating func figure(_ rule: SurvivorshipRule, of claim: Int) -> Int64 {
        var figure: Int64 = rule == .trust || rule == .recency ? .min : 0
        for (number, statement) in statements.enumerated()
        where spellings[statement.spelling].claim == claim {
            let row = statement.row
            switch rule {
            case .trust:
                figure = max(figure, -Int64(survivorship.trustRank(of: standing(row), in: field)))
            case .verified: figure = max(figure, standing(row).isVerified ? 1 : 0)
            case .agreement: figure += isFirstOfItsSource(number, claim) ? 1 : 0
            case .completeness: figure = max(figure, completeness(row, claim))
            case .recency: figure = max(figure, table.rows[row].recordedAt)
            }
        }
        return figure
    }

    /// Whether no earlier statement of a claim is of the same source.
    private func isFirstOfItsSource(_ number: Int, _ claim: Int) -> Bool {
        let source = table.rows[statements[number].row].source
        for earlier in statements[..<number]
        where spellings[earlier.spelling].claim == claim
            && table.rows[earlier.row].source == source
        {
            return false
        }
        return true
    }

    private func completeness(_ row: Int, _ claim: Int) -> Int64 {
        table.withBytes(table.place(row, field)) { value in
            FieldComparison.completeness(
                of: field, value, key: keys.span.extracting(claims[claim].key))
        }
    }

    private mutating func standing(_ row: Int) -> RecordStanding {
        if let known = standings[row] { return known }
        let isNumbered = table.identifiers.contains { $0.row == row }
        let standing =
            isNumbered
            ? survivorship.standing(ofSource: table.rows[row].source, table.person(row))
            : RecordStanding(source: table.rows[row].source)
        standings[row] = standing
        return standing
    }

    /// The spelling that says most, then the one stated most often, then the last one.
    private func bestSpelling(of claim: Int) -> Int {
        var best: (spelling: Int, quality: SpellingQuality?)?
        for index in spellings.indices where spellings[index].claim == claim {
            guard let known = best else {
                best = (index, nil)
                continue
            }
            let quality = self.quality(of: index)
            let other = known.quality ?? self.quality(of: known.spelling)
            let isBetter = precedes(index, quality, known.spelling, other)
            best = isBetter ? (index, quality) : (known.spelling, other)
        }
        return best?.spelling ?? 0
    }

    private func quality(of spelling: Int) -> SpellingQuality {
        table.withBytes(table.place(spellings[spelling].row, field)) { SpellingQuality($0) }
    }

    private func precedes(
        _ spelling: Int, _ quality: SpellingQuality, _ other: Int, _ itsQuality: SpellingQuality
    ) -> Bool {
        if quality != itsQuality { return itsQuality < quality }
        let (mine, its) = (spellings[spelling], spellings[other])
        if mine.count != its.count { return mine.count > its.count }
        let recordedAt = table.rows[mine.row].recordedAt
        let itsRecordedAt = table.rows[its.row].recordedAt
        if recordedAt != itsRecordedAt { return recordedAt > itsRecordedAt }
        return table.precedes(table.place(mine.row, field), table.place(its.row, field))
    }
}
