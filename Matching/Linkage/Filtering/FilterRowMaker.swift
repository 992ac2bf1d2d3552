import Similarity

/// Makes the filter columns of records under the weights of a run.
struct FilterRowMaker {
    private let tokens: TokenTable
    private let filters: [WordFilter]
    private let weights: PairWeights
    private let table: WeightTable
    /// Match against chance of each level, in bits, by 16 times the field plus the level.
    private let differences: [Float]

    init(_ tokens: TokenTable, _ weights: PairWeights, threads: Int) {
        self.tokens = tokens
        filters = WordFilter.all(of: tokens, threads: threads)
        self.weights = weights
        table = weights.table
        differences = weights.table.rows.map { $0[WeightTable.match] - $0[WeightTable.random] }
    }

    /// Fills the columns of a record.
    func fill(_ row: FilterRow, of person: EncodedPerson) {
        setGiven(person, row)
        setSurnames(person, row)
        setDate(person, row)
        setIdentifiers(person, row)
        setContacts(person, row)
        setResidence(person, row)
        let parents = (
            hash(person.motherGiven), hash(person.fatherGiven)
        )
        row[.parents] = FilterHash.bytes(
            person.motherGiven == 0 ? 0 : parents.0, person.fatherGiven == 0 ? 0 : parents.1)
        row[.birthPlace] = FilterHash.of(UInt64(person.birthPlace))
    }

    private func setGiven(_ person: EncodedPerson, _ row: FilterRow) {
        let names = person.givenNames
        guard names[0] != 0 else { return }
        row[.secondGiven] = hash(names[1])
        row[.thirdNames] |= hash(names[2]) & ~FilterHash.upper
        row[.joined] |= joined(names) & FilterHash.upper
        let common = weights.givenShare(names[0]) - table.averageGiven
        let agree = max(
            difference(.given, GivenLevel.firstEqual),
            difference(.given, GivenLevel.firstEqualOtherDifferent))
        let close = max(
            difference(.given, GivenLevel.soundsAlike), difference(.given, GivenLevel.close))
        let similar = difference(.given, GivenLevel.similar)
        let different = difference(.given, GivenLevel.different)
        let differ = max(
            max(close, similar) - 0.5 * common, difference(.given, GivenLevel.initial),
            difference(.given, GivenLevel.otherPosition), different + max(0, close - similar))
        row[.givenAgree] = Self.roundedUp(max(agree - common, differ))
        let second = names[1] == 0 ? 0 : weights.givenShare(names[1]) - table.averageGiven
        let all = difference(.given, GivenLevel.allEqual) - common - 0.5 * second
        row[.givenAllAgree] = Self.roundedUp(max(all, agree - common, differ))
        row[.givenDiffer] = Self.roundedUp(differ)
        setWord(names[0], .given, row)
    }

    private func setSurnames(_ person: EncodedPerson, _ row: FilterRow) {
        let names = person.surnames
        setSurname(names[0], .family, .family, row)
        setSurname(names[1], .mothersFamily, .mothersFamily, row)
        row[.thirdNames] |= hash(names[2]) & FilterHash.upper
        row[.joined] |= joined(names) & ~FilterHash.upper
    }

    private func setSurname(
        _ word: UInt32, _ field: ComparisonField, _ column: FilterColumn, _ row: FilterRow
    ) {
        guard word != 0 else { return }
        let common = weights.familyShare(word) - table.averageFamily
        let close = difference(field, SurnameLevel.close)
        let similar = difference(field, SurnameLevel.similar)
        let different = difference(field, SurnameLevel.different)
        let differ = max(
            max(close, similar) - 0.5 * common, close, difference(field, SurnameLevel.crossed),
            difference(field, SurnameLevel.initial), different + max(0, close - similar))
        let agree = max(difference(field, SurnameLevel.equal) - common, differ)
        row.values[column.rawValue + 1] = Self.roundedUp(agree)
        row.values[column.rawValue + 2] = Self.roundedUp(differ)
        setWord(word, column, row)
    }

    /// Fills the hash of a word and what tells it from others.
    private func setWord(_ word: UInt32, _ column: FilterColumn, _ row: FilterRow) {
        let filter = filters[Int(word)]
        row[column] = hash(word)
        let place = row.values + column.rawValue
        (place[3], place[4]) = filter.signature
        (place[5], place[6]) = (filter.form, filter.sound)
    }

    private func hash(_ word: UInt32) -> Int16 { FilterHash.of(tokens.entries[Int(word)].hash) }

    /// The hash of the first two words of a name written as one.
    private func joined(_ names: SIMD4<UInt32>) -> Int16 {
        guard names[0] != 0, names[1] != 0 else { return 0 }
        let first = tokens.entries[Int(names[0])]
        let second = tokens.entries[Int(names[1])]
        return FilterHash.of(first.hash &* second.power &+ second.hash)
    }

    private func setDate(_ person: EncodedPerson, _ row: FilterRow) {
        let date = person.birthDate
        var traits = Int16(person.traits.sex) | Int16(person.traits.birthOrder) &<< 2
        if date.isPresent {
            traits |= FilterTraits.anyDate
            if date.isWhole, !person.traits.hasDefaultDate { traits |= FilterTraits.plainDate }
            row[.writtenYear] = Int16(bitPattern: date.digits.year)
            row[.writtenMonthDay] = Int16(bitPattern: date.digits.monthDay)
            row[.day] = FilterHash.of(UInt64(UInt32(bitPattern: date.firstDay)) &+ 1)
            row[.month] = Int16(truncatingIfNeeded: PairBound.month(date.firstDay))
        }
        row[.traits] = traits
    }

    private func setIdentifiers(_ person: EncodedPerson, _ row: FilterRow) {
        let columns: [(FilterColumn, FilterColumn, FilterColumn)] = [
            (.identifier, .identifierParts, .identifierKind),
            (.otherIdentifier, .otherIdentifierParts, .otherIdentifierKind),
        ]
        for (index, (value, parts, kind)) in columns.enumerated() {
            let identifier = person.identifiers[index]
            guard identifier != 0 else { continue }
            row[value] = FilterHash.of(identifier)
            var bits = Int16(truncatingIfNeeded: person.traits.authority(index) &<< 2)
            let isValid = person.traits.grade(index) == IdentifierGrade.valid.rawValue
            if isValid, !person.traits.isUnnamedNewborn { bits |= FilterKind.valid }
            if let ends = IdentifierValue.ends(identifier) {
                row[parts] = FilterHash.bytes(
                    FilterHash.of(UInt64(ends.first)), FilterHash.of(UInt64(ends.last)))
            } else {
                bits |= FilterKind.short
            }
            row[kind] = bits
        }
    }

    private func setContacts(_ person: EncodedPerson, _ row: FilterRow) {
        if person.phones[0] != 0 {
            row[.phone] = FilterHash.of(UInt64(person.phones[0]))
            let number = person.phones[0] &- 1
            row[.phoneParts] = FilterHash.bytes(
                FilterHash.of(UInt64(number / 1_000_000) &+ 1),
                FilterHash.of(UInt64(number % 1_000) &+ 1))
        }
        row[.otherPhone] = FilterHash.of(UInt64(person.phones[1]))
        if person.email[0] != 0 {
            row[.email] = FilterHash.bytes(
                FilterHash.of(UInt64(person.email[0])), FilterHash.of(UInt64(person.email[1])))
        }
    }

    private func setResidence(_ person: EncodedPerson, _ row: FilterRow) {
        row[.street] = FilterHash.of(UInt64(person.street))
        let halves = person.streetBigrams[0] | person.streetBigrams[1]
        let folded = UInt32(truncatingIfNeeded: halves | halves &>> 32)
        row[.streetSignature] = Int16(truncatingIfNeeded: folded)
        row[.streetSignatureRest] = Int16(truncatingIfNeeded: folded &>> 16)
        let bigrams =
            person.streetBigrams[0].nonzeroBitCount + person.streetBigrams[1].nonzeroBitCount
        let house = FilterHash.bytes(FilterHash.of(UInt64(person.houseNumber)), 0)
        row[.houseNumber] = house | Int16(bigrams)
        row[.area] = FilterHash.bytes(
            FilterHash.of(UInt64(person.municipality)), FilterHash.of(UInt64(person.postalCode)))
        let common = weights.municipalityShare(person.municipality) - table.averageMunicipality
        row[.municipalityAgree] = Self.roundedUp(max(0, -common))
    }

    private func difference<Level: RawRepresentable<UInt64>>(
        _ field: ComparisonField, _ level: Level
    ) -> Float {
        differences[field.rawValue * 16 + Int(level.rawValue)]
    }

    private static func largest(_ values: [Float]) -> Float { values.reduce(-1_000, max) }

    /// By how much the level of close words lies above that of similar ones, in the units of
    /// ``PairBound``, never above.
    static func closeGap(_ close: [Float], _ similar: [Float]) -> PairBound.Lanes {
        let gap = max(0, close.reduce(-1_000, max) - similar.reduce(-1_000, max))
        return PairBound.Lanes(
            repeating: Int16(min(gap, PairBound.termMax) * PairBound.unitsPerBit))
    }

    /// A weight in the units of ``PairBound``, never below what it stands for.
    static func roundedUp(_ weight: Float) -> Int16 {
        let bounded = max(-PairBound.termMax, min(PairBound.termMax, weight))
        return Int16(bounded * PairBound.unitsPerBit) &+ 1
    }
}
