/// National numbers and passports as they are taken down.
extension RecordComposer {
    mutating func writeIdentifiers(
        _ person: SyntheticPerson, plan: RecordPlan, persons: [SyntheticPerson]
    ) {
        let community = profile.communities[person.community]
        guard person.nationalNumber != 0 else {
            appendPassport(person, to: .nationalID)
            values[Column.nationalIDAuthority.rawValue].append(
                contentsOf: community.passportAuthority.utf8)
            return
        }
        if person.passportNumber != 0, community.passportAuthority == profile.passportAuthority,
            random.chance(5000)
        {
            appendPassport(person, to: .passport)
        }
        values[Column.nationalIDAuthority.rawValue].append(
            contentsOf: profile.nationalAuthority.utf8)
        let minor = plan.recordedDay - person.birthDay < 18 * 365
        if minor, person.mother >= 0, persons[person.mother].nationalNumber != 0,
            strikes(.guardianIdentifier)
        {
            appendNational(persons[person.mother])
        } else if strikes(.identifierPlaceholder) {
            let fillers = profile.placeholderNationalIDs
            values[Column.nationalID.rawValue].append(
                contentsOf: fillers[random.below(fillers.count)].utf8)
        } else {
            appendNational(person)
            if strikes(.identifierDigit) { spoilDigits(.nationalID) }
        }
        if source.dateStyle == .solarHijriPersianDigits { writePersianDigits(.nationalID) }
    }

    private mutating func appendPassport(_ person: SyntheticPerson, to column: Column) {
        let number = person.passportNumber
        values[column.rawValue].append(UInt8(ascii: "A") + UInt8(number / 10_000_000 % 20))
        Self.append(number % 10_000_000, width: 7, to: &values[column.rawValue])
    }

    private mutating func appendNational(_ person: SyntheticPerson) {
        switch profile.locale {
        case .cl: appendRUN(person.nationalNumber)
        case .pe:
            Self.append(person.nationalNumber, width: 8, to: &values[Column.nationalID.rawValue])
            if source.identifierStyle == .hyphen {
                values[Column.nationalID.rawValue].append(UInt8(ascii: "-"))
                values[Column.nationalID.rawValue].append(
                    IssuedCheckDigit.dni(person.nationalNumber))
            }
        case .fr: appendNIR(person)
        case .ir:
            let width = source.identifierStyle == .withoutCheck ? 1 : 10
            Self.append(
                person.nationalNumber * 10 + IssuedCheckDigit.iran(person.nationalNumber),
                width: max(width, 8), to: &values[Column.nationalID.rawValue])
        }
    }

    private mutating func appendRUN(_ number: Int) {
        let place = Column.nationalID.rawValue
        if source.identifierStyle == .dotsAndHyphen {
            Self.append(number / 1_000_000, to: &values[place])
            values[place].append(UInt8(ascii: "."))
            Self.append(number / 1000 % 1000, width: 3, to: &values[place])
            values[place].append(UInt8(ascii: "."))
            Self.append(number % 1000, width: 3, to: &values[place])
        } else {
            Self.append(number, to: &values[place])
        }
        if source.identifierStyle != .plain { values[place].append(UInt8(ascii: "-")) }
        values[place].append(IssuedCheckDigit.run(number))
    }

    /// Sex, year and month of birth, commune, order and key.
    ///
    /// No commune of the lists lies in Corsica, so that all codes are numbers.
    private mutating func appendNIR(_ person: SyntheticPerson) {
        let place = Column.nationalID.rawValue
        let born = CivilDate.components(of: person.birthDay)
        let code = Array(profile.places[person.birthPlace].code.utf8)
        let sex = person.sex == .male ? 1 : 2
        let order = (person.nationalNumber - 1) % 999 + 1
        var number = (sex * 100 + born.year % 100) * 100 + born.month
        var communeDigits = 0
        for byte in code { communeDigits = communeDigits * 10 + Int(byte) - 0x30 }
        number = (number * 100_000 + communeDigits) * 1000 + order
        let key = IssuedCheckDigit.nir(number)
        let spaced = source.identifierStyle == .spaced
        Self.append(sex, to: &values[place])
        if spaced { values[place].append(0x20) }
        Self.append(born.year % 100, width: 2, to: &values[place])
        if spaced { values[place].append(0x20) }
        Self.append(born.month, width: 2, to: &values[place])
        if spaced { values[place].append(0x20) }
        values[place].append(contentsOf: code.prefix(2))
        if spaced { values[place].append(0x20) }
        values[place].append(contentsOf: code.dropFirst(2))
        if spaced { values[place].append(0x20) }
        Self.append(order, width: 3, to: &values[place])
        if source.identifierStyle == .withoutCheck { return }
        if spaced { values[place].append(0x20) }
        Self.append(key, width: 2, to: &values[place])
    }

    /// One digit changed, or two neighbours transposed.
    mutating func spoilDigits(_ column: Column) {
        let place = column.rawValue
        guard values[place].count > 2 else { return }
        let transposes = random.below(2) == 0
        for _ in 0..<32 {
            let digit = random.below(values[place].count - 1)
            let byte = values[place][digit]
            guard (0x30...0x39).contains(byte) else { continue }
            if transposes {
                let next = values[place][digit + 1]
                guard (0x30...0x39).contains(next), next != byte else { continue }
                values[place].swapAt(digit, digit + 1)
            } else {
                values[place][digit] = 0x30 + (byte - 0x30 + UInt8(random.pick(1...9))) % 10
            }
            return
        }
    }
}
