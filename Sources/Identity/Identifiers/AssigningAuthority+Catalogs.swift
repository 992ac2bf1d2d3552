extension AssigningAuthority {
    /// Who numbers facilities' services, drugs and places, beside those of persons and organisations.
    static let catalogs: [AssigningAuthority] = [
        AssigningAuthority(
            code: "fr-idnat-ps", names: ["fr": "Identifiant national de professionnel"],
            oid: "1.2.250.1.71.4.2.1", kind: .provider, format: .frenchNationalProvider),
        AssigningAuthority(
            code: "fr-idnat-struct", names: ["fr": "Identifiant national de structure"],
            oid: "1.2.250.1.71.4.2.2", kind: .organization, format: .frenchNationalStructure),
        catalog("fr-cis", ["fr": "Code CIS"], .product, .digits(lengths: 8...8)),
        catalog("fr-cip7", ["fr": "Code CIP à 7 chiffres"], .product, .digits(lengths: 7...7)),
        catalog("fr-cip13", ["fr": "Code CIP à 13 chiffres"], .product, .frenchCIP13),
        catalog("cl-isp", ["es": "Registro sanitario ISP"], .product, .chileanRegistration),
        catalog(
            "cl-fonasa-mai", ["es": "Arancel FONASA MAI"], .terminology,
            .padded(lengths: 6...7)),
        catalog("pe-cpms", ["es": "Procedimientos CPMS"], .terminology, .peruvianProcedure),
        catalog("fr-ccam", ["fr": "CCAM"], .terminology, .frenchProcedure),
        catalog("fr-nabm", ["fr": "NABM"], .terminology, .padded(lengths: 2...4)),
        catalog("pe-ubigeo-inei", ["es": "Ubigeo INEI"], .terminology, .padded(lengths: 5...6)),
        catalog(
            "pe-ubigeo-reniec", ["es": "Ubigeo RENIEC"], .terminology, .padded(lengths: 5...6)),
        catalog("pe-ubigeo-sunat", ["es": "Ubigeo SUNAT"], .terminology, .padded(lengths: 5...6)),
        catalog(
            "cl-comuna", ["es": "Código único territorial"], .terminology,
            .chileanPlace),
        catalog(
            "fr-commune", ["fr": "Code officiel géographique, communes"], .terminology,
            .frenchCommune),
        // These have no format that is published, or one for each level.
        catalog(
            "fr-cog", ["fr": "Code officiel géographique, tous les niveaux"], .terminology,
            .any),
        catalog("pe-digemid", ["es": "Registro sanitario DIGEMID"], .product, .any),
        catalog(
            "ir-place", ["fa": "تقسیمات کشوری", "en": "Iranian divisions"], .terminology, .any),
        catalog(
            "ir-unit", ["fa": "واحد سلامت", "en": "Iranian health unit"], .organization, .any),
        catalog(
            "ir-rvu", ["fa": "ارزش نسبی خدمات", "en": "Relative value book"], .terminology, .any),
    ]

    private static func catalog(
        _ code: String, _ names: [String: String], _ kind: Kind, _ format: IdentifierFormat
    ) -> AssigningAuthority {
        AssigningAuthority(code: code, names: names, kind: kind, format: format)
    }
}
