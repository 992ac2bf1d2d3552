import RegistryModel
import Synthesis

/// Catalogs of a country's size, the same in every run: words as varied as names of places and brands are,
/// some of them in most entries.
struct GeneratedCatalogs {
    static let facilities = CatalogKey(.facility, "bench-sites")
    static let services = CatalogKey(.service, "bench-services")
    static let drugs = CatalogKey(.drug, "bench-drugs")

    private static let types = [
        "Hospital", "Clínica", "Posta Rural", "Consultorio", "Centro de Salud", "Laboratorio",
        "Farmacia", "Maternidad", "Centro Médico", "Policlínico",
    ]
    private static let acts = [
        "Consulta", "Intervención", "Radiografía", "Ecografía", "Exploración", "Examen", "Biopsia",
        "Cirugía", "Resección", "Tratamiento", "Evaluación", "Sesión",
    ]
    private static let forms = ["comprimido", "cápsula", "jarabe", "ampolla", "crema", "colirio"]

    private let names: [String]

    /// Prepares names.
    init() { names = GeneratedNames.make(count: 60_000) }

    /// One entry of a catalog.
    func entry(_ key: CatalogKey, _ number: Int) -> StatedEntry {
        var random = RandomStream(
            seed: 11, domain: .benchmark, index: number << 2 | (key.kind == .drug ? 1 : 2))
        let members: [JSONMember] =
            switch key.kind {
            case .facility: facility(number, &random)
            case .service: service(&random)
            default: drug(number, &random)
            }
        return StatedEntry(
            line: number + 1, code: Self.code(number), period: .always, members: members)
    }

    /// The code of an entry.
    static func code(_ number: Int) -> String { "B\(1_000_000 + number)" }

    /// The name of an entry, as it stands in it.
    func name(_ key: CatalogKey, _ number: Int) -> String {
        entry(key, number).members.first { $0.key == "name" }?.value.string ?? ""
    }

    private func word(_ random: inout RandomStream) -> String {
        // Names are as common as Zipf has it: a few stand everywhere, most hardly anywhere.
        let share = Double.random(in: 0..<1, using: &random)
        return names[Int(share * share * share * Double(names.count))]
    }

    private func facility(_ number: Int, _ random: inout RandomStream) -> [JSONMember] {
        let type = Self.types[Int.random(in: 0..<Self.types.count, using: &random)]
        let (first, last) = (word(&random), word(&random))
        let municipality = names[Int.random(in: 0..<2_000, using: &random)]
        return [
            JSONMember("name", .string("\(type) \(first) \(last) de \(municipality)")),
            JSONMember("alias", .array([.string("\(type) \(last)")])),
            JSONMember("type", .string(type)),
            JSONMember("level", .string(["I-1", "I-2", "II-1", "III-1"][number % 4])),
            JSONMember("status", .string(number % 20 == 0 ? "closed" : "active")),
            JSONMember("address", .string("Avenida \(word(&random)) \(number % 4_000)")),
            JSONMember("municipality", .string(municipality)),
            JSONMember("latitude", .string(Self.degrees(25...39, &random))),
            JSONMember("longitude", .string(Self.degrees(44...63, &random))),
            JSONMember("phone", .array([.string("+56 2 \(2_000_000 + number)")])),
        ]
    }

    private func service(_ random: inout RandomStream) -> [JSONMember] {
        let act = Self.acts[Int.random(in: 0..<Self.acts.count, using: &random)]
        let group = names[Int.random(in: 0..<40, using: &random)]
        return [
            JSONMember(
                "name", .string("\(act) de \(word(&random)) con \(word(&random)) \(word(&random))")),
            JSONMember("group", .string(group)), JSONMember("status", .string("active")),
            JSONMember(
                "tariff",
                .object([JSONMember("base", .string("\(1_000 + random.next() % 90_000)"))])),
        ]
    }

    private func drug(_ number: Int, _ random: inout RandomStream) -> [JSONMember] {
        let form = Self.forms[Int.random(in: 0..<Self.forms.count, using: &random)]
        let substance = names[Int.random(in: 0..<3_000, using: &random)]
        let amount = "\(5 * Int.random(in: 1...100, using: &random))"
        return [
            JSONMember("name", .string("\(word(&random)) \(amount) mg \(form)")),
            JSONMember("product", .string("drug")), JSONMember("status", .string("active")),
            JSONMember("inn", .array([.string(substance)])),
            JSONMember(
                "ingredient",
                .array([
                    .object([
                        JSONMember("substance", .string(substance)),
                        JSONMember("amount", .string(amount)), JSONMember("unit", .string("mg")),
                    ])
                ])),
            JSONMember("form", .string(form)), JSONMember("route", .array([.string("oral")])),
            JSONMember("generic_group", .string("G\(number / 12)")),
            JSONMember("holder", .string("Laboratorios \(word(&random))")),
        ]
    }

    private static func degrees(
        _ range: ClosedRange<Double>, _ random: inout RandomStream
    ) -> String {
        Figures.decimal(Double.random(in: range, using: &random), 5)
    }
}
