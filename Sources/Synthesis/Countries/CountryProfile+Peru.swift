/// Peru: DNI, two surnames, wives who add the husband's, birth places as ubigeo codes.
extension CountryProfile {
    static func peru() -> CountryProfile {
        var builder = CountryProfileBuilder(locale: .pe)
        builder.surnameFlatness = 9
        let coast = builder.community(
            share: 6200, surnames: PeruvianNames.surnames, tail: PeruvianNames.surnameTail,
            female: PeruvianNames.femaleGiven, male: PeruvianNames.maleGiven)
        let highland = builder.community(
            share: 3400, surnames: PeruvianNames.andeanSurnames,
            tail: PeruvianNames.andeanSurnameTail,
            female: PeruvianNames.femaleGiven, male: PeruvianNames.maleGiven)
        let venezuelan = builder.community(
            share: 400, surnames: ChileanNames.caribbeanSurnames, tail: PeruvianNames.surnameTail,
            female: PeruvianNames.femaleGiven, male: PeruvianNames.maleGiven,
            passportOnly: 6000, singleSurname: 1500, passportAuthority: "passport-ven")
        builder.communities = [coast, highland, venezuelan]
        builder.readPlaces(PeruvianPlaces.districts)
        builder.readStreets(PeruvianPlaces.streets)
        builder.readNicknames(PeruvianNames.nicknames)
        builder.readAbbreviations(PeruvianNames.abbreviations)
        builder.readInsurers(
            "SIS EsSalud EPS_Pacífico EPS_Rímac Mapfre Sanidad_FFAA", weights: [62, 28, 3, 3, 2, 2])
        builder.naming = NamingRules(
            hasMothersFamily: true, usedFamilyShare: 2500, doubleNameShare: 0,
            secondGivenShare: 7400, namesakeShare: 800, fatherlessShare: 2500)
        builder.sources = peruvianSources
        builder.errors = .spanish
        builder.streetTypes = [
            ("Avenida ", "Av. "), ("Jirón ", "Jr. "), ("Calle ", "Ca. "), ("Pasaje ", "Psje. "),
            ("Asentamiento Humano ", "AA.HH. "), ("Urbanización ", "Urb. "),
        ]
        builder.sexWords = ("Femenino", "Masculino")
        builder.emailDomains = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com"]
        builder.columns = [
            .nationalID, .nationalIDAuthority, .given, .family, .mothersFamily, .usedFamily, .sex,
            .birthDate, .birthPlace, .phone, .email, .address, .municipality, .motherGiven,
            .fatherGiven, .birthOrder, .deceasedDate, .insurer, .recordedAt, .passport,
        ]
        builder.placeholderNationalIDs = [
            "00000000", "99999999", "11111111", "12345678", "00000001", "88888888",
        ]
        builder.newbornPhrases = ["RN de %", "RN", "Recién nacido", "Hijo de %", "Hija de %"]
        builder.passportAuthority = "passport-ven"
        builder.nationalAuthority = "pe-dni"
        return builder.build()
    }

    private static var peruvianSources: [SourceProfile] {
        [
            SourceProfile(
                code: "red-norte", kind: .region(0), letterCase: .upperWithoutAccents,
                dateStyle: .slashes, identifierStyle: .plain, sexStyle: .word, nameLettersMax: 20,
                missing: [
                    .nationalID: 3100, .passport: 4000, .phone: 4500, .email: 8500,
                    .address: 1800, .motherGiven: 6000, .fatherGiven: 6500, .insurer: 2500,
                    .birthPlace: 5000, .birthDate: 300, .mothersFamily: 300, .usedFamily: 6000,
                ]),
            SourceProfile(
                code: "red-lima", kind: .region(1), letterCase: .upper, identifierStyle: .plain,
                phoneStyle: .spaced,
                missing: [
                    .nationalID: 2300, .phone: 2000, .email: 5500, .address: 800,
                    .motherGiven: 7500, .fatherGiven: 7500, .insurer: 1200, .birthPlace: 5000,
                    .birthDate: 100, .mothersFamily: 200, .usedFamily: 5000, .sex: 50,
                ]),
            SourceProfile(
                code: "red-sur", kind: .region(2), dateStyle: .hyphens, identifierStyle: .plain,
                absent: [.email, .passport],
                missing: [
                    .nationalID: 4000, .phone: 4000, .address: 2200, .motherGiven: 4000,
                    .fatherGiven: 4500, .insurer: 2500, .birthPlace: 3000, .birthDate: 400,
                    .mothersFamily: 400, .usedFamily: 8000, .municipality: 500,
                ]),
            SourceProfile(
                code: "seguro-integral", kind: .insurer, letterCase: .upperWithoutAccents,
                dateStyle: .compact, identifierStyle: .hyphen, phoneStyle: .international,
                surnamesInOneField: true,
                absent: [.birthPlace, .motherGiven, .fatherGiven, .usedFamily],
                missing: [.nationalID: 1100, .phone: 5000, .email: 7500, .address: 1000]),
            SourceProfile(
                code: "laboratorio", kind: .laboratory, letterCase: .lower,
                identifierStyle: .plain, sexStyle: .digit, firstGivenOnly: true,
                absent: [
                    .address, .motherGiven, .fatherGiven, .birthPlace, .insurer, .birthOrder,
                    .deceasedDate, .usedFamily,
                ],
                missing: [
                    .nationalID: 5800, .phone: 3000, .email: 4500, .mothersFamily: 1500,
                    .municipality: 3500, .birthDate: 500, .sex: 300,
                ]),
        ]
    }
}
