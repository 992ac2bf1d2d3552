import Identity

/// Settles columns whose name alone does not tell what they hold.
///
/// `name` is a surname beside `vorname`, a given name beside `surname`, and a whole name beside
/// neither; a plain surname beside a birth name is the surname in daily use; a year of birth counts
/// where there is no birth date, with the month and the day of birth where they stand beside it. A name
/// that no list has is understood by its words, as far as nothing else has that meaning.
struct ColumnContext {
    private let keys: [String]
    private(set) var meanings: [ColumnMeaning?]

    /// Settles the columns of a header, given what each name means by itself.
    init(header: [String], meanings: [ColumnMeaning?]) {
        keys = header.map(ColumnNames.key(of:))
        self.meanings = meanings
        settleBareNames()
        settleBirthNames()
        settleYears()
        settleByWords(header)
        if has(.given), has(.family) {
            for index in keys.indices where self.meanings[index]?.name == "full_name" {
                self.meanings[index] = nil
            }
        }
    }

    /// Names that may be those of a given name, a surname or both, and how many surnames are usual.
    private static let bareNames = ["name": 1, "nom": 1, "nombre": 2, "nombres": 2, "نام": 1]

    private static let birthNames: Set<String> = [
        "birthname", "nameatbirth", "maidenname", "nomdenaissance", "nomnaissance", "geburtsname",
        "nomdejeunefille", "nomjeunefille", "apellidosoltera", "apellidodesoltera",
    ]

    private static let birthYears: Set<String> = [
        "birthyear", "yearofbirth", "yob", "anonacimiento", "anodenacimiento", "anneenaissance",
        "anneedenaissance", "geburtsjahr", "سالتولد", "dobyear", "by",
    ]

    private static let birthMonths: Set<String> = [
        "birthmonth", "monthofbirth", "mob", "mesnacimiento", "mesdenacimiento", "moisnaissance",
        "moisdenaissance", "geburtsmonat", "ماهتولد", "dobmonth", "bm",
    ]

    private static let birthDays: Set<String> = [
        "birthday", "dayofbirth", "dianacimiento", "diadenacimiento", "journaissance",
        "jourdenaissance", "geburtstag", "روزتولد", "dobday", "bd",
    ]

    private func has(_ field: DemographicField, apartFrom place: Int? = nil) -> Bool {
        meanings.indices.contains { $0 != place && meanings[$0] == .field(field) }
    }

    private mutating func settleBareNames() {
        for index in keys.indices {
            guard let surnames = Self.bareNames[keys[index]] else { continue }
            let hasGiven = has(.given, apartFrom: index)
            let hasFamily = [DemographicField.family, .mothersFamily, .usedFamily].contains {
                has($0, apartFrom: index)
            }
            switch (hasGiven, hasFamily) {
            case (true, false): meanings[index] = .field(.family)
            case (false, true): if meanings[index] == nil { meanings[index] = .field(.given) }
            case (false, false): meanings[index] = .fullName(surnames: surnames)
            case (true, true): break
            }
        }
    }

    private mutating func settleBirthNames() {
        let families = meanings.indices.filter { meanings[$0] == .field(.family) }
        let plain = families.filter { !Self.birthNames.contains(keys[$0]) }
        guard plain.count == 1, families.count == 2, !has(.usedFamily) else { return }
        meanings[plain[0]] = .field(.usedFamily)
    }

    private mutating func settleYears() {
        let day = keys.firstIndex(where: Self.birthDays.contains)
        guard !has(.birthDate, apartFrom: day),
            let year = keys.firstIndex(where: Self.birthYears.contains)
        else { return }
        guard let month = keys.firstIndex(where: Self.birthMonths.contains) else {
            if day.map({ meanings[$0] }) != .field(.birthDate), keys[year] != "by" {
                meanings[year] = .field(.birthDate)
            }
            return
        }
        meanings[year] = .birthDatePart(.year)
        meanings[month] = .birthDatePart(.month)
        if let day { meanings[day] = .birthDatePart(.day) }
    }

    /// Gives columns without a meaning the one that their words have, unless another column has it.
    private mutating func settleByWords(_ header: [String]) {
        var taken = Set(meanings.compactMap { $0?.name })
        if meanings.contains(where: { if case .birthDatePart = $0 { true } else { false } }) {
            taken.insert(ColumnMeaning.field(.birthDate).name)
        }
        for index in header.indices where meanings[index] == nil {
            let words = HeaderWords(header[index])
            let meaning =
                words.parentsName.map { .field($0) }
                ?? (words.isOfAnotherPerson
                    ? nil : words.keys.lazy.compactMap(ColumnNames.meaning(ofKey:)).first)
            guard let meaning, meaning.isUsable, taken.insert(meaning.name).inserted else {
                continue
            }
            meanings[index] = meaning
        }
    }
}
