import Identity
import Testing

/// A name written as one text is split where its writer's convention says.
///
/// Method: literal expectations for names of five languages with one and with two surnames; every
/// split of every prefix of a long name keeps its words.
@Suite struct FullNameTests {
    private func split(
        _ name: String, surnames: Int, isFamilyFirst: Bool = false
    ) -> [String] {
        var person = PersonRecord()
        person.setFullName(name.utf8.span, surnames: surnames, isFamilyFirst: isFamilyFirst)
        return [person[.given], person[.family]]
    }

    @Test(arguments: [
        ("Ana Soto", "Ana", "Soto"), ("Ana Soto Vera", "Ana", "Soto Vera"),
        ("Ana María Soto", "Ana María", "Soto"),
        ("José Luis Soto Vera", "José Luis", "Soto Vera"),
        ("Juan Pablo Andrés Soto Vera", "Juan Pablo Andrés", "Soto Vera"),
        ("María de los Ángeles Soto Vera", "María de los Ángeles", "Soto Vera"),
        ("Pedro de la Fuente Rojas", "Pedro", "de la Fuente Rojas"),
        ("Soto Vera, Ana María", "Ana María", "Soto Vera"), ("Ana", "Ana", ""),
        ("SOTO VERA Ana María", "Ana María", "SOTO VERA"),
        ("Víctor San Martín Navarro", "Víctor", "San Martín Navarro"),
        ("RN de María Soto Vera", "RN de María", "Soto Vera"), ("RN Soto Vera", "RN", "Soto Vera"),
        ("Recién Nacido 2 Soto Vera", "Recién Nacido 2", "Soto Vera"),
    ])
    func twoSurnames(_ name: String, _ given: String, _ family: String) {
        #expect(split(name, surnames: 2) == [given, family])
    }

    @Test(arguments: [
        ("Mary Jane Smith", "Mary Jane", "Smith"), ("John Smith Jr.", "John", "Smith"),
        ("Jean DUPONT", "Jean", "DUPONT"), ("DUPONT MARTIN Jean", "Jean", "DUPONT MARTIN"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"), ("Smith ,  John ", "John", "Smith"),
        ("JEAN DUPONT", "JEAN", "DUPONT"), ("Smith,", "Smith,", ""), ("", "", ""),
        ("J. SMITH", "J.", "SMITH"), ("علی محمدی نژاد", "علی", "محمدی نژاد"),
        ("Baby Boy Smith", "Baby Boy", "Smith"), ("Baby of Ann Smith", "Baby of Ann", "Smith"),
        ("محمد رضا نوری", "محمد رضا", "نوری"), ("نوری، رضا", "رضا", "نوری"),
    ])
    func oneSurname(_ name: String, _ given: String, _ family: String) {
        #expect(split(name, surnames: 1) == [given, family])
    }

    @Test(arguments: [
        ("QUISPE MAMANI JUAN CARLOS", 2, "JUAN CARLOS", "QUISPE MAMANI"),
        ("Quispe Mamani Wilber", 2, "Wilber", "Quispe Mamani"),
        ("Quispe Juan Carlos", 2, "Juan Carlos", "Quispe"),
        ("DE LA CRUZ ÑAHUI FLOR", 2, "FLOR", "DE LA CRUZ ÑAHUI"),
        ("Soto Vera RN", 2, "RN", "Soto Vera"), ("Quispe Ana", 2, "Ana", "Quispe"),
        ("Rosa Quispe Mamani", 2, "Rosa", "Quispe Mamani"),
        ("MARTIN JEAN PAUL", 1, "JEAN PAUL", "MARTIN"), ("LE GOFF YANN", 1, "YANN", "LE GOFF"),
        ("Jean-Luc Moreau", 1, "Jean-Luc", "Moreau"), ("Ana", 2, "Ana", ""),
    ])
    func surnamesFirst(_ name: String, _ surnames: Int, _ given: String, _ family: String) {
        #expect(split(name, surnames: surnames, isFamilyFirst: true) == [given, family])
    }

    @Test func aGivenNameAtTheEndTellsTheOrder() {
        #expect(split("Quispe Mamani Juan", surnames: 2) == ["Juan", "Quispe Mamani"])
        #expect(split("Amy Ryan", surnames: 1) == ["Amy", "Ryan"])
        #expect(split("Soto Juan", surnames: 2) == ["Soto", "Juan"])
    }

    @Test func noWordIsLost() {
        let words = "Ana DE los Ríos مریم von X. de Soto, Vera Ruiz Paz Luna Mora".split(
            separator: " ")
        for count in 1...words.count {
            let name = words.prefix(count).joined(separator: " ")
            for surnames in 1...2 {
                for isFamilyFirst in [false, true] {
                    let parts = split(name, surnames: surnames, isFamilyFirst: isFamilyFirst)
                        .joined(separator: " ")
                    let found = parts.split { $0 == " " || $0 == "," }.sorted()
                    #expect(found == name.split { $0 == " " || $0 == "," }.sorted())
                }
            }
        }
    }
}
