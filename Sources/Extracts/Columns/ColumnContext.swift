import Identity

/// Settles columns whose name alone does not tell what they hold.
///
/// `name` is a surname beside `vorname`, a given name beside `surname`, and a whole name beside
/// neither; a plain surname beside a birth name is the surname in daily use; a year of birth counts
/// where there is no birth date.
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
        "anneedenaissance", "geburtsjahr", "سالتولد",
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
        guard !has(.birthDate), let year = keys.firstIndex(where: Self.birthYears.contains) else {
            return
        }
        meanings[year] = .field(.birthDate)
    }
}
