/// Names as a clerk takes them down.
extension RecordComposer {
    mutating func writeNames(
        _ person: SyntheticPerson, plan: RecordPlan, mother: SyntheticPerson?
    ) {
        if plan.atBirth, strikes(.newbornUnnamed) {
            writeNewborn(mother: mother?.firstGiven ?? person.motherGiven)
        } else {
            writeGiven(person)
        }
        writeSurnames(person, plan: plan)
        profile.pool.append(person.motherGiven, to: &values[Column.motherGiven.rawValue])
        profile.pool.append(person.fatherGiven, to: &values[Column.fatherGiven.rawValue])
        if strikes(.givenFamilySwapped) {
            values.swapAt(Column.given.rawValue, Column.family.rawValue)
        }
    }

    /// The phrase for a child without a name, with the mother's where the phrase has it.
    private mutating func writeNewborn(mother: Name) {
        let phrase = profile.newbornPhrases[random.below(profile.newbornPhrases.count)]
        for byte in phrase.utf8 {
            if byte == UInt8(ascii: "%") {
                profile.pool.append(mother, to: &values[Column.given.rawValue])
            } else {
                values[Column.given.rawValue].append(byte)
            }
        }
    }

    private mutating func writeGiven(_ person: SyntheticPerson) {
        var first = person.firstGiven
        var second = person.secondGiven
        var initialOnly = false
        if second.exists {
            if source.firstGivenOnly {
                second = .none
            } else if strikes(.onlySecondGiven) {
                first = second
                second = .none
            } else if strikes(.secondGivenDropped) {
                second = .none
            } else {
                initialOnly = strikes(.secondGivenAbbreviated)
            }
        }
        writeFirst(first)
        guard second.exists else { return }
        values[Column.given.rawValue].append(0x20)
        guard initialOnly else {
            profile.pool.append(second, to: &values[Column.given.rawValue])
            return
        }
        appendInitial(of: second)
    }

    private mutating func writeFirst(_ first: Name) {
        if let short = profile.nicknames[first], strikes(.nickname) {
            profile.pool.append(
                short[random.below(short.count)], to: &values[Column.given.rawValue])
        } else if strikes(.givenAbbreviated) {
            if let short = profile.abbreviations[first] {
                profile.pool.append(short, to: &values[Column.given.rawValue])
            } else {
                appendInitial(of: first)
            }
        } else {
            profile.pool.append(first, to: &values[Column.given.rawValue])
            changeCompound(.given)
        }
    }

    /// The first letter and a point.
    private mutating func appendInitial(of name: Name) {
        scratch.removeAll(keepingCapacity: true)
        profile.pool.append(name, to: &scratch)
        LetterForm.truncate(&scratch, toLetters: 1)
        values[Column.given.rawValue].append(contentsOf: scratch)
        values[Column.given.rawValue].append(UInt8(ascii: "."))
    }

    /// Splits a name at its hyphen, or joins one that has a space.
    private mutating func changeCompound(_ column: Column) {
        let value = values[column.rawValue]
        guard
            let place = value.lastIndex(where: { $0 == 0x20 || $0 == UInt8(ascii: "-") })
        else { return }
        if source.joinsCompounds {
            values[column.rawValue].removeAll { $0 == 0x20 }
            return
        }
        guard strikes(.compoundChanged) else { return }
        if value[place] == 0x20 || random.below(3) == 0 {
            values[column.rawValue].remove(at: place)
        } else {
            values[column.rawValue][place] = 0x20
        }
    }

    private mutating func writeSurnames(_ person: SyntheticPerson, plan: RecordPlan) {
        let family = Column.family.rawValue
        let second = Column.mothersFamily.rawValue
        profile.pool.append(person.family, to: &values[family])
        if !profile.naming.hasMothersFamily, person.secondFamily.exists {
            values[family].append(UInt8(ascii: "-"))
            profile.pool.append(person.secondFamily, to: &values[family])
        }
        changeCompound(.family)
        if person.usedFamily.exists, plan.recordedDay >= person.marriageDay {
            writeUsedFamily(person)
            if !values[second].isEmpty { return }
        }
        guard profile.naming.hasMothersFamily, !person.singleSurname,
            !strikes(.secondSurnameDropped)
        else { return }
        profile.pool.append(person.secondFamily, to: &values[second])
        changeCompound(.mothersFamily)
        if source.surnamesInOneField || strikes(.surnamesInOneField) {
            values[family].append(0x20)
            values[family].append(contentsOf: values[second])
            values[second].removeAll(keepingCapacity: true)
        } else if strikes(.surnamesSwapped) {
            values.swapAt(family, second)
        }
    }

    /// The husband's name beside the birth name, or in its place.
    ///
    /// Where women keep both surnames ("Pérez Gonzales de Müller") it takes the mother's place.
    private mutating func writeUsedFamily(_ person: SyntheticPerson) {
        let used = Column.usedFamily.rawValue
        if profile.naming.hasMothersFamily { values[used].append(contentsOf: "de ".utf8) }
        profile.pool.append(person.usedFamily, to: &values[used])
        guard strikes(.staleUsedName) else { return }
        let place: Column = profile.naming.hasMothersFamily ? .mothersFamily : .family
        values[place.rawValue] = values[used]
    }
}
