import Identity

/// A column's name as words, for names that no list has: `patientFirstName`, `Name (given)`, `father_name`.
struct HeaderWords {
    /// The words, folded, in their order.
    let words: [String]

    /// Takes a name apart at blanks, marks and changes of case.
    init(_ name: String) {
        var text = ""
        var isAfterLowerCase = false
        for character in name {
            if character.isUppercase, isAfterLowerCase { text += " " }
            text.append(character.isLetter || character.isNumber ? character : " ")
            isAfterLowerCase = character.isLowercase
        }
        words = NameFolding.folded(text).split(separator: " ").map(String.init)
    }

    /// Whose column it says it is, or that it is one: nothing of what it holds.
    private static let filling: Set<String> = [
        "patient", "patients", "person", "client", "member", "subject", "individual", "demographic",
        "demographics", "current", "legal", "full", "text", "value", "field", "the", "of",
        "paciente",
        "persona", "beneficiario", "usuario", "de", "del", "la", "el", "personne", "assure",
        "individu", "du", "des", "le", "l", "d", "der", "بیمار", "شخص",
    ]

    /// The words without those that say nothing.
    var tellingWords: [String] { words.filter { !Self.filling.contains($0) } }

    /// The telling words as one text, and the same in the order of the alphabet, since `name given` is a
    /// given name.
    var keys: [String] {
        let telling = tellingWords
        return telling.isEmpty ? [] : [telling.joined(), telling.sorted().joined()]
    }

    private static let fathers: Set<String> = [
        "father", "fathers", "padre", "pere", "vater", "پدر",
    ]
    private static let mothers: Set<String> = [
        "mother", "mothers", "madre", "mere", "mutter", "مادر",
    ]
    private static let ofNames: Set<String> = [
        "s", "name", "names", "given", "first", "forename", "nombre", "nombres", "prenom",
        "prenoms",
        "vorname", "نام",
    ]

    /// A parent's given name, where the words say that and no more.
    var parentsName: DemographicField? {
        let rest = tellingWords.filter { !Self.ofNames.contains($0) }
        guard rest.count == 1 else { return nil }
        if Self.fathers.contains(rest[0]) { return .fatherGiven }
        return Self.mothers.contains(rest[0]) ? .motherGiven : nil
    }

    private static let others: Set<String> = [
        "guardian", "parent", "tutor", "apoderado", "titular", "holder", "responsable", "contact",
        "contacto", "emergency", "spouse", "partner", "conyuge", "conjoint", "husband", "wife",
        "doctor",
        "physician", "medico", "medecin", "practitioner", "provider", "prestador", "employer",
        "employeur", "empleador", "company", "empresa", "sponsor", "ouvrant", "kin", "سرپرست",
        "پزشک",
    ]

    /// Whether the column may hold what is another person's.
    var isOfAnotherPerson: Bool {
        words.contains {
            Self.others.contains($0) || Self.fathers.contains($0) || Self.mothers.contains($0)
        }
    }
}
