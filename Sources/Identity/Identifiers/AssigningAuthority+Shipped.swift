extension AssigningAuthority {
    /// The authorities that every registry knows from the start, passports apart.
    package static let shipped: [AssigningAuthority] =
        national + providers + others + catalogs

    /// The authority with a code: a shipped one, or that of a country's passports.
    ///
    /// The latter have the code `passport-` and the country's three letters of ISO 3166-1. A source
    /// whose numbers may be another person's, as where children go under a guardian's, says so by
    /// `-shared` behind the code, or `shared` alone where the authority is not known.
    package static func shipped(code: String) -> AssigningAuthority? {
        if let index = indexByCode[code] { return shipped[index] }
        if isShared(code) {
            let issuer = issuer(of: code)
            var authority = issuer.isEmpty ? unknown : shipped(code: issuer)
            authority?.code = code
            authority?.bearersMayShare = true
            return authority
        }
        guard code.hasPrefix("passport-"), code.utf8.count == 12,
            code.utf8.suffix(3).allSatisfy({ $0 &- 0x61 < 26 })
        else { return nil }
        return AssigningAuthority(
            code: code, names: ["en": "Passport \(code.suffix(3).uppercased())"], kind: .passport,
            format: .alphanumerics(lengths: 5...12))
    }

    /// The code of the authority that gave out the numbers of a code, which may be a shared one.
    package static func issuer(of code: String) -> String {
        guard isShared(code) else { return code }
        return code == sharedMark ? "" : String(code.dropLast(sharedMark.utf8.count + 1))
    }

    private static let sharedMark = "shared"

    private static func isShared(_ code: String) -> Bool {
        code == sharedMark || code.hasSuffix("-" + sharedMark)
    }

    /// The rule for values whose authority is not known.
    package static let unknown = AssigningAuthority(
        code: "", kind: .facility, format: .any)

    private static let indexByCode = Dictionary(
        uniqueKeysWithValues: shipped.indices.map { (shipped[$0].code, $0) })

    private static let national: [AssigningAuthority] = [
        AssigningAuthority(
            code: "cl-run", names: ["es": "Rol Único Nacional", "en": "Chilean RUN"],
            kind: .national, format: .chileanRUN),
        AssigningAuthority(
            code: "pe-dni", names: ["es": "Documento Nacional de Identidad", "en": "Peruvian DNI"],
            oid: "2.16.840.1.113883.4.904", kind: .national, format: .peruvianDNI),
        AssigningAuthority(
            code: "pe-ce", names: ["es": "Carné de Extranjería", "en": "Peruvian residence card"],
            kind: .national, format: .alphanumerics(lengths: 9...12)),
        AssigningAuthority(
            code: "fr-ins-nir", names: ["fr": "INS, NIR", "en": "French health identity (NIR)"],
            oid: "1.2.250.1.213.1.4.8", uri: "urn:oid:1.2.250.1.213.1.4.8", kind: .national,
            format: .frenchNIR),
        AssigningAuthority(
            code: "fr-ins-nia", names: ["fr": "INS, NIA", "en": "French health identity (NIA)"],
            oid: "1.2.250.1.213.1.4.9", uri: "urn:oid:1.2.250.1.213.1.4.9", kind: .national,
            format: .frenchNIR),
        // Numbers of test and demonstration must never meet those of persons.
        AssigningAuthority(
            code: "fr-ins-nir-test", names: ["fr": "INS de test"], oid: "1.2.250.1.213.1.4.10",
            uri: "urn:oid:1.2.250.1.213.1.4.10", kind: .national, format: .frenchNIR,
            isTest: true),
        AssigningAuthority(
            code: "fr-ins-nir-demo", names: ["fr": "INS de démonstration"],
            oid: "1.2.250.1.213.1.4.11", uri: "urn:oid:1.2.250.1.213.1.4.11", kind: .national,
            format: .frenchNIR, isTest: true),
        AssigningAuthority(
            code: "ir-nid", names: ["fa": "کد ملی", "en": "Iranian national code"],
            kind: .national, format: .iranianNationalCode),
        AssigningAuthority(
            code: "es-dni", names: ["es": "DNI o NIE", "en": "Spanish DNI or NIE"],
            kind: .national, format: .spanishDNI),
        AssigningAuthority(
            code: "ec-ci", names: ["es": "Cédula de identidad"], kind: .national,
            format: .ecuadorianCedula),
        AssigningAuthority(
            code: "co-nit", names: ["es": "Número de Identificación Tributaria"], kind: .national,
            format: .colombianNIT),
        AssigningAuthority(
            code: "ar-dni", names: ["es": "Documento Nacional de Identidad"], kind: .national,
            format: .digits(lengths: 7...8)),
        AssigningAuthority(
            code: "ar-cuit", names: ["es": "CUIT o CUIL"], kind: .national, format: .argentineCUIT),
        AssigningAuthority(
            code: "br-cpf", names: ["pt": "Cadastro de Pessoas Físicas"], kind: .national,
            format: .brazilianCPF),
        AssigningAuthority(
            code: "pt-nif", names: ["pt": "Número de Identificação Fiscal"], kind: .national,
            format: .portugueseNIF),
        AssigningAuthority(
            code: "gb-nhs", names: ["en": "NHS number"],
            uri: "https://fhir.nhs.uk/Id/nhs-number", kind: .national, format: .nhsNumber),
        AssigningAuthority(
            code: "us-ssn", names: ["en": "Social Security number"],
            oid: "2.16.840.1.113883.4.1", uri: "http://hl7.org/fhir/sid/us-ssn", kind: .national,
            format: .unitedStatesSSN),
    ]

    /// Those who number health workers.
    private static let providers: [AssigningAuthority] = [
        AssigningAuthority(
            code: "fr-rpps", names: ["fr": "RPPS"], kind: .provider, format: .luhn(length: 11)),
        // What these write, and whether they check it, is published by none of them.
        register("cl-rnpi", "es", "Registro Nacional de Prestadores Individuales"),
        register("pe-cmp", "es", "Colegio Médico del Perú"),
        register("pe-cop", "es", "Colegio Odontológico del Perú"),
        register("pe-cep", "es", "Colegio de Enfermeros del Perú"),
        register("pe-cqfp", "es", "Colegio Químico Farmacéutico del Perú"),
        register("ir-mc", "fa", "سازمان نظام پزشکی", "Iranian medical council"),
    ]

    /// A register of the professions whose numbers have no rule that is known: letters and digits, any of
    /// which may be somebody's.
    private static func register(
        _ code: String, _ language: String, _ name: String, _ english: String? = nil
    ) -> AssigningAuthority {
        var names = [language: name]
        if let english { names["en"] = english }
        return AssigningAuthority(
            code: code, names: names, kind: .provider, format: .alphanumerics(lengths: 1...12),
            placeholders: AssigningAuthority.PlaceholderRule(repeatedDigits: false, runs: false))
    }

    private static let others: [AssigningAuthority] = [
        AssigningAuthority(
            code: "fr-ins-status", names: ["fr": "Statut de l'identité INS"], kind: .terminology,
            format: .any, bearersMayShare: true),
        AssigningAuthority(
            code: "pe-ruc", names: ["es": "Registro Único de Contribuyentes"], kind: .organization,
            format: .peruvianRUC),
        AssigningAuthority(
            code: "fr-finess", names: ["fr": "FINESS"], kind: .organization, format: .frenchFINESS),
        AssigningAuthority(
            code: "fr-siren", names: ["fr": "SIREN"], kind: .organization,
            format: .luhn(length: 9)),
        AssigningAuthority(
            code: "cl-deis", names: ["es": "Código DEIS de establecimiento"], kind: .organization,
            format: .digits(lengths: 6...6)),
        AssigningAuthority(
            code: "pe-ipress", names: ["es": "Código RENIPRESS"], kind: .organization,
            format: .padded(lengths: 4...8)),
        // A pharmacy or laboratory within a hospital goes under the hospital's code.
        AssigningAuthority(
            code: "ir-siam", names: ["fa": "سیام", "en": "Siam facility code"], kind: .organization,
            format: .any, bearersMayShare: true),
        AssigningAuthority(
            code: "ir-irc", names: ["en": "Iranian product registration"], kind: .product,
            format: .digits(lengths: 16...16)),
        AssigningAuthority(
            code: "gs1-gtin", names: ["en": "Global Trade Item Number"],
            uri: "https://www.gs1.org/gtin", kind: .product, format: .gtin),
        AssigningAuthority(
            code: "loinc", names: ["en": "LOINC"], oid: "2.16.840.1.113883.6.1",
            uri: "http://loinc.org", kind: .terminology, format: .loinc),
        AssigningAuthority(
            code: "snomed", names: ["en": "SNOMED CT"], oid: "2.16.840.1.113883.6.96",
            uri: "http://snomed.info/sct", kind: .terminology, format: .snomed),
        AssigningAuthority(
            code: "atc", names: ["en": "ATC"], oid: "2.16.840.1.113883.6.73",
            uri: "http://www.whocc.no/atc", kind: .terminology, format: .atc),
    ]
}
