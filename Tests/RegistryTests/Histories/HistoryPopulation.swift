import Identity
import RegistryModel
import SeededTesting

/// The persons of a history, whom two sources know by the same local identifiers and say
/// differently.
enum HistoryPopulation {
    static let sources = ["clinic", "hospital"]
    static let personsMax = 24

    /// What a source says of a person this time: now and then less, or something wrong.
    static func person(_ number: Int, _ random: inout SeededGenerator) -> PersonRecord {
        var values: [DemographicField: String] = [
            .given: given(number, &random), .family: family(number), .mothersFamily: "Quispe",
            .birthDate: birthDate(number, &random), .sex: "F",
        ]
        if Bool.random(using: &random) {
            values[.phone] = "+56 9 \(Int.random(in: 7_000_000..<7_000_050, using: &random))"
        }
        return TestRegistry.person(
            values, run: Bool.random(using: &random) ? run(number) : nil)
    }

    /// A line of an extract in the columns of `RevertedLoads`.
    static func line(_ number: Int, source: String, _ random: inout SeededGenerator) -> String {
        let run = Bool.random(using: &random) ? run(number) : ""
        return "\(source),p\(number),\(given(number, &random)),\(family(number)),Quispe,"
            + "\(birthDate(number, &random)),F,\(run)"
    }

    private static func given(_ number: Int, _ random: inout SeededGenerator) -> String {
        let names = ["Aylén Rosa", "Clementina Flor", "Eulalia Inés", "Griselda Luz"]
        let name = names[(number + Int.random(in: 0..<8, using: &random) / 7) % 4]
        return Bool.random(using: &random) ? name : String(name.prefix { $0 != " " })
    }

    private static func family(_ number: Int) -> String {
        ["Huenchullán", "Zapata", "Ñancupil"][number % 3]
    }

    private static func birthDate(_ number: Int, _ random: inout SeededGenerator) -> String {
        let day = 10 + (Int.random(in: 0..<6, using: &random) == 0 ? 1 : 0)
        return "19\(50 + number)-0\(1 + number % 9)-\(day)"
    }

    /// A Chilean number with its check digit, by modulus 11.
    private static func run(_ number: Int) -> String {
        let digits = String(10_000_000 + number)
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            sum += (digit.wholeNumberValue ?? 0) * (2 + place % 6)
        }
        let rest = 11 - sum % 11
        return digits + "-" + (rest == 11 ? "0" : rest == 10 ? "K" : String(rest))
    }
}
