import Identity
import Testing

@testable import Linkage

/// What sources write of names, sexes and dates is encoded as what it means.
///
/// Method: literal expectations of words, codes and dates after encoding; relations of words between
/// languages and scripts.
@Suite struct NameEncodingTests {
    private func encoded(_ person: PersonRecord) -> (EncodedPerson, TokenTable) {
        var tokens = TokenTable()
        var encoder = PersonEncoder()
        return (encoder.encode(person, tokens: &tokens), tokens)
    }

    private func surnames(_ person: PersonRecord) -> [String] {
        let (person, tokens) = encoded(person)
        return (0..<3).map { tokens.text(person.surnames[$0]) }
    }

    private func relation(_ left: String, _ right: String) -> WordRelation {
        var tokens = TokenTable()
        let first = tokens.intern(NameFolding.folded(left).utf8.span)
        let second = tokens.intern(NameFolding.folded(right).utf8.span)
        var words = WordComparator(tokens: tokens)
        return words.relation(first, second)
    }

    @Test(arguments: [
        ("Mujer", 2), ("hembra", 2), ("HOMBRE", 1), ("Varón", 1), ("M", 1), ("f", 2), ("1", 1),
        ("2", 2), ("weiblich", 2), ("Mädchen", 2), ("männlich", 1), ("Homme", 1), ("femme", 2),
        ("زن", 2), ("مرد", 1), ("پسر", 1), ("دختر", 2), ("مؤنث", 2), ("مذكر", 1), ("X", 3),
        ("", 0), ("?", 0), (" male ", 1), ("Mrs", 2),
    ])
    func sexes(_ written: String, _ code: UInt32) {
        #expect(encoded(PersonRecord([.sex: written])).0.traits.sex == code)
    }

    @Test(arguments: [
        ("RN", 0), ("RN 1", 1), ("RN2", 2), ("rn de María", 0), ("Recién Nacido II", 2),
        ("Baby Boy B", 2), ("Gemelo 1", 1), ("hijo 12", 0), ("نوزاد ۲", 2),
    ])
    func placesInABirthOfUnnamedNewborns(_ given: String, _ order: UInt32) {
        let traits = encoded(PersonRecord([.given: given, .family: "Rojas"])).0.traits
        #expect(traits.isUnnamedNewborn && traits.birthOrder == order)
    }

    @Test(arguments: ["Nina", "Don", "Maria Infante", "Nino"])
    func givenNamesThatLookLikeOtherWords(_ given: String) {
        let person = encoded(PersonRecord([.given: given])).0
        #expect(person.givenNames[0] != 0 && !person.traits.isUnnamedNewborn)
    }

    @Test func surnamesAtBirthAndInUse() {
        #expect(
            surnames(PersonRecord([.family: "Meyer", .usedFamily: "Kugler"]))
                == ["meyer", "", "kugler"])
        #expect(
            surnames(PersonRecord([.family: "Meyer", .usedFamily: "Meyer-Kugler"]))
                == ["meyer", "", "kugler"])
        #expect(surnames(PersonRecord([.usedFamily: "Kugler-Meyer"])) == ["kugler", "meyer", ""])
        #expect(surnames(PersonRecord([.family: "Müller geb. Groß"])) == ["muller", "gross", ""])
        #expect(surnames(PersonRecord([.mothersFamily: "Rojas"])) == ["rojas", "", ""])
        #expect(surnames(PersonRecord([.family: "Nee"])) == ["nee", "", ""])
        #expect(surnames(PersonRecord([.family: "Infante Rojas"])) == ["infante", "rojas", ""])
        #expect(surnames(PersonRecord([.family: "NN"])) == ["", "", ""])
    }

    @Test(arguments: [
        ("محمد", "Mohamad"), ("حسین", "Hossein"), ("عباسی", "Abbasi"), ("قاسمی", "Ghasemi"),
        ("هادی", "Hadi"), ("زهرا", "Zahra"), ("شیرازی", "Shirazi"), ("عزتی", "Ezzati"),
        ("یوسفی", "Yousefi"), ("اصفهانی", "Esfahani"), ("Benjamín", "Ben"), ("benny", "benja"),
        ("نژاد", "Nejad"), ("بیژن", "Bijan"), ("منیژه", "Manijeh"), ("ژینا", "Zhina"),
        ("کیوان", "Keyvan"), ("موسوی", "Mousavi"), ("داوری", "Davari"), ("خواجوی", "Khajavi"),
        ("Christine", "Kristine"), ("Chloé", "Khloe"), ("Schröter", "Shroeter"),
        ("Fritz", "Friz"), ("Schultz", "Schulz"), ("Yvonne", "Ivonne"),
        ("Elisabeth", "Betty"), ("Klaus", "Claus"), ("Ana", "Anita"), ("مریم", "Maryam"),
    ])
    func oneNameInTwoWritings(_ left: String, _ right: String) {
        #expect(relation(left, right) == .soundsAlike)
    }

    @Test(arguments: [
        ("Müller", "Mueller"), ("Gößmann", "GOESSMANN"), ("Jäger", "Jaeger"),
        ("Schröder", "schroeder"), ("Günther", "Guenther"), ("Köhler", "Koehler"),
    ])
    func umlautsOfTwoLettersAreOne(_ umlaut: String, _ letters: String) {
        #expect(
            surnames(PersonRecord([.family: umlaut])) == surnames(PersonRecord([.family: letters])))
    }

    @Test(arguments: [
        "manuel", "miguel", "raquel", "michaela", "guerra", "guerrero", "rafael", "saeed", "noel",
        "samuel", "paez", "joel", "duenas", "miguelez", "guevara", "ismaeil",
    ])
    func otherTwoVowelsStay(_ name: String) {
        #expect(surnames(PersonRecord([.family: name])) == [name, "", ""])
    }

    @Test(arguments: [
        ("چراغی تهرانی", "چراغیتهرانی"), ("مرادی فر شیرازی", "مرادیفرشیرازی"),
        ("حسینی مقدم", "حسینیمقدم"), ("چراغی\u{200C}تهرانی", "چراغیتهرانی"),
    ])
    func persianSurnamesWrittenTogether(_ apart: String, _ together: String) {
        let expected = surnames(PersonRecord([.family: apart]))
        #expect(expected[1] != "")
        #expect(surnames(PersonRecord([.family: together])) == expected)
    }

    @Test func persianWordsThatOnlyLookJoined() {
        #expect(surnames(PersonRecord([.family: "ایزدی"])) == ["ایزدی", "", ""])
        #expect(surnames(PersonRecord([.family: "تهرانی"])) == ["تهرانی", "", ""])
        let (person, tokens) = encoded(PersonRecord([.given: "سیدعلی", .family: "سیدی"]))
        #expect(tokens.text(person.givenNames[0]) == "علی")
        #expect(tokens.text(person.surnames[0]) == "سیدی")
    }

    @Test(arguments: [("محمد", "Reza"), ("نوری", "Karimi"), ("Alison", "علی")])
    func namesOfTwoScriptsThatDiffer(_ left: String, _ right: String) {
        #expect(relation(left, right) == .different)
    }

    @Test(arguments: [
        ("09/05/84", "1984-05-09"), ("9.5.03", "2003-05-09"), ("31-12-29", "2029-12-31"),
        ("01/02/30", "1930-02-01"),
    ])
    func yearsOfTwoDigits(_ written: String, _ meant: String) {
        let found = encoded(PersonRecord([.birthDate: written])).0.birthDate
        #expect(found == encoded(PersonRecord([.birthDate: meant])).0.birthDate)
        #expect(found.isWhole)
    }

    @Test(arguments: ["31/02/84", "1/2/3/4", "//84", "a/b/84"])
    func noDates(_ written: String) {
        #expect(!encoded(PersonRecord([.birthDate: written])).0.birthDate.isPresent)
    }
}
