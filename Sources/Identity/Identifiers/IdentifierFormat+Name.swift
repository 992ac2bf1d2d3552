extension IdentifierFormat {
    /// The formats that need no length, by the name under which rules are stored.
    private static let named: [(name: String, format: IdentifierFormat)] = [
        ("chilean-run", .chileanRUN), ("peruvian-dni", .peruvianDNI),
        ("peruvian-ruc", .peruvianRUC), ("french-nir", .frenchNIR),
        ("french-finess", .frenchFINESS), ("iranian-national-code", .iranianNationalCode),
        ("spanish-dni", .spanishDNI), ("ecuadorian-cedula", .ecuadorianCedula),
        ("colombian-nit", .colombianNIT), ("argentine-cuit", .argentineCUIT),
        ("brazilian-cpf", .brazilianCPF), ("portuguese-nif", .portugueseNIF),
        ("nhs-number", .nhsNumber), ("us-ssn", .unitedStatesSSN), ("gtin", .gtin),
        ("snomed", .snomed), ("loinc", .loinc), ("atc", .atc), ("any", .any),
        ("french-cip13", .frenchCIP13), ("french-idnat-ps", .frenchNationalProvider),
        ("french-idnat-struct", .frenchNationalStructure), ("french-commune", .frenchCommune),
        ("french-procedure", .frenchProcedure), ("chilean-registration", .chileanRegistration),
        ("peruvian-procedure", .peruvianProcedure), ("chilean-place", .chileanPlace),
    ]

    private static let checkSystems: [(name: String, system: CheckDigits.ISO7064)] = [
        ("iso7064-11-2", .mod11radix2), ("iso7064-97-10", .mod97radix10),
        ("iso7064-11-10", .mod11and10), ("iso7064-37-36", .mod37and36),
    ]

    /// The longest value that a stored rule may ask for.
    private static let lengthMax = 64

    /// How formats are written, for help and refusals.
    package static let nameForms: [String] =
        named.map(\.name) + [
            "digits:LENGTHS", "padded:LENGTHS", "alphanumerics:LENGTHS", "luhn:LENGTH",
        ]
        + checkSystems.map { "\($0.name):LENGTHS" }

    /// The name under which rules are stored: a word, or a word, a colon and lengths.
    ///
    /// Nil for ISO 7064's mod 37-2 alone, whose check character `*` does not survive folding.
    package var name: String? {
        switch self {
        case .luhn(let length): return "luhn:\(length)"
        case .digits(let lengths): return "digits:" + Self.text(lengths)
        case .padded(let lengths): return "padded:" + Self.text(lengths)
        case .alphanumerics(let lengths): return "alphanumerics:" + Self.text(lengths)
        case .checked(let system, let lengths):
            let name = Self.checkSystems.first { $0.system == system }?.name
            return name.map { "\($0):" + Self.text(lengths) }
        default: return Self.named.first { $0.format == self }?.name
        }
    }

    /// The format with a name, for example `digits:6-8`, `luhn:11` or `chilean-run`.
    package init?(name: String) {
        if let known = Self.named.first(where: { $0.name == name }) {
            self = known.format
            return
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let lengths = Self.lengths(parts[1]) else { return nil }
        switch parts[0] {
        case "digits": self = .digits(lengths: lengths)
        case "padded": self = .padded(lengths: lengths)
        case "alphanumerics": self = .alphanumerics(lengths: lengths)
        case "luhn" where lengths.count == 1: self = .luhn(length: lengths.lowerBound)
        default:
            guard let known = Self.checkSystems.first(where: { $0.name == parts[0] }) else {
                return nil
            }
            self = .checked(known.system, lengths: lengths)
        }
    }

    private static func text(_ lengths: ClosedRange<Int>) -> String {
        lengths.count == 1
            ? "\(lengths.lowerBound)" : "\(lengths.lowerBound)-\(lengths.upperBound)"
    }

    private static func lengths(_ text: Substring) -> ClosedRange<Int>? {
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(bounds.count), let first = bounds[0],
            let last = bounds[bounds.count - 1], 1 <= first, first <= last, last <= lengthMax
        else { return nil }
        return first...last
    }
}
