internal import Identity
internal import RegistryModel
internal import RegistryStore

// National numbers that records of two persons state, which no weight need have brought together.
extension BatchPlanner {
    /// The numbers of a row by which its person is told from another, and who else states them.
    struct RowNumbers: Sendable {
        var numbers: DistinguishingNumbers
        var stated: [StatedNumber]
    }

    /// A number of a record, and the older records that state it.
    struct StatedNumber: Sendable {
        var key: IdentifierKey
        /// Committed records, a bounded number of them.
        var holders: [UInt32]
    }

    /// The numbers in use of a row's person that stand for nobody else, with who else states them.
    static func numbers(
        of row: SubmittedRow, in index: borrowing PatientIndex, _ policy: Survivorship
    ) -> [StatedNumber] {
        allNumbers(of: row, in: index, policy).stated
    }

    /// The numbers of a row's person that stand for nobody else, those in use with who else states them.
    static func allNumbers(
        of row: SubmittedRow, in index: borrowing PatientIndex, _ policy: Survivorship
    ) -> RowNumbers {
        let numbers = DistinguishingNumbers(row.person, policy.authorities, source: row.source)
        var stated: [StatedNumber] = []
        for key in numbers.inUse {
            stated.append(
                StatedNumber(
                    key: key,
                    holders: index.slots(stating: key, limit: RegistryLimits.numberHoldersMax)))
        }
        return RowNumbers(numbers: numbers, stated: stated)
    }

    /// Asks about numbers of a record that a record of another living person states too; true where a
    /// steward is asked now.
    ///
    /// He is asked once for a number: not where a doubt between two of its persons is open, nor where
    /// a decision holds the two apart, nor of children under a guardian's number, which is how
    /// those without a card are taken down everywhere.
    mutating func askAboutNumbers(
        _ numbers: [StatedNumber], of record: Int64, _ row: SubmittedRow, _ sequence: Int64
    ) -> Bool {
        let slot = UInt32(record - 1)
        let person = self.person(ofSlot: slot)
        var isAsked = false
        for number in numbers {
            let ofBatch = numbersOfBatch[number.key] ?? []
            if ofBatch.count < RegistryLimits.numberHoldersMax, !ofBatch.contains(slot) {
                numbersOfBatch[number.key, default: []].append(slot)
            }
            let strangers = (number.holders + ofBatch).filter {
                $0 != slot && self.person(ofSlot: $0) != person
            }
            // Most numbers are stated by records of one person, of which nothing more need be known.
            guard !strangers.isEmpty else { continue }
            let holders = strangers.filter { holder in
                !current(Int64(holder) + 1).isWithdrawn && states(number.key, holder)
            }
            let other = holders.first { holder in
                let its = self.person(ofSlot: holder)
                return !isStranger(row, to: its) && !areHeldApart(person, its)
                    && !Self.isGuardianship(current(record), current(Int64(holder) + 1))
            }
            guard let other, !isAskedAbout(holders + [slot]) else { continue }
            addTask(
                .identifierConflict, record, Int64(other) + 1, nil, .sharedNumber, sequence)
            isAsked = true
        }
        return isAsked
    }

    /// Asks about the numbers of a record with which another one shared one until now: of three who state a
    /// number two are asked about at a time.
    mutating func askAboutNumbers(leftTo record: Int64, _ sequence: Int64) {
        let stored = current(record)
        guard !stored.isWithdrawn,
            let person = PackedPerson.person(from: content(ofSlot: UInt32(record - 1)).span)
        else { return }
        let row = SubmittedRow(
            source: stored.source, localID: stored.localID, recordedAt: stored.recordedAt,
            person: person)
        let stated = index.read { Self.numbers(of: row, in: $0, policy) }
        _ = askAboutNumbers(stated, of: record, row, sequence)
    }

    /// Whether a record says a number now, as far as the batch has come.
    func states(_ key: IdentifierKey, _ slot: UInt32) -> Bool {
        key.isStated(among: identifiers(ofSlot: slot), policy.authorities)
    }

    /// Whether a guardian's number explains that two records state the same one.
    ///
    /// Either one is of a minor and the other of somebody old enough to be its guardian, or both are of
    /// minors, as siblings under a parent's number are.
    static func isGuardianship(_ record: SourceRecord, _ another: SourceRecord) -> Bool {
        guard let birth = birthDate(of: record), let its = birthDate(of: another) else {
            return false
        }
        let isYounger = birth.firstDay > its.firstDay
        let (child, adult) = isYounger ? (birth, its) : (its, birth)
        let (childRecord, adultRecord) = isYounger ? (record, another) : (another, record)
        return Self.isMinor(child, childRecord)
            && (child.firstDay - adult.lastDay >= RegistryLimits.guardianDaysMin
                || Self.isMinor(adult, adultRecord))
    }

    /// Whether somebody was a minor when a record was made.
    private static func isMinor(_ birth: PartialDate, _ record: SourceRecord) -> Bool {
        record.recordedAt / dayMicroseconds - Int64(birth.firstDay) < RegistryLimits.minorDaysMax
    }

    private static func birthDate(of record: SourceRecord) -> PartialDate? {
        let person = PackedPerson.person(from: record.content.span)
        let date = person?.withBytes(of: .birthDate) { try? PartialDate(parsing: $0) }
        return date.flatMap { $0.isUnknown ? nil : $0 }
    }

    /// Whether a steward holds records of two persons apart.
    private func areHeldApart(_ person: EnterpriseIdentifier, _ other: EnterpriseIdentifier) -> Bool
    {
        let others = Set(members(of: other))
        return members(of: person).contains { slot in
            stewards.constraints.holds(of: Int64(slot) + 1).contains { held, hold in
                !hold.isMustLink && others.contains(UInt32(held - 1))
            }
        }
    }

    /// Whether a doubt is open between two of the persons of some records.
    private func isAskedAbout(_ slots: [UInt32]) -> Bool {
        let persons = Set(slots.map { person(ofSlot: $0) })
        let records = persons.flatMap { members(of: $0) }.map { Int64($0) + 1 }
        return records.lazy.flatMap { doubtsOpened(about: $0) }.contains { doubt in
            guard doubt.record != doubt.other, doubt.kind != .overlay, isOpen(doubt) else {
                return false
            }
            let one = person(ofSlot: UInt32(doubt.record - 1))
            let other = person(ofSlot: UInt32(doubt.other - 1))
            return one != other && persons.contains(one) && persons.contains(other)
        }
    }
}
