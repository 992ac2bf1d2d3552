/// Chile: RUN, two surnames, FONASA and ISAPRE.
extension CountryProfile {
    static func chile() -> CountryProfile {
        var builder = CountryProfileBuilder(locale: .cl)
        let people = builder.community(
            share: 9000, surnames: ChileanNames.surnames, tail: ChileanNames.surnameTail,
            female: ChileanNames.femaleGiven, male: ChileanNames.maleGiven)
        let caribbean = builder.community(
            share: 800, surnames: ChileanNames.caribbeanSurnames, tail: ChileanNames.surnameTail,
            female: ChileanNames.femaleGiven, male: ChileanNames.maleGiven,
            passportOnly: 2200, singleSurname: 900, passportAuthority: "passport-ven")
        let haitian = builder.community(
            share: 200, surnames: ChileanNames.haitianSurnames,
            tail: ChileanNames.haitianSurnameTail,
            female: ChileanNames.haitianFemaleGiven, male: ChileanNames.haitianMaleGiven,
            passportOnly: 2500, singleSurname: 9500, passportAuthority: "passport-hti")
        builder.communities = [people, caribbean, haitian]
        builder.readPlaces(ChileanPlaces.municipalities)
        builder.readStreets(ChileanPlaces.streets)
        builder.readNicknames(ChileanNames.nicknames)
        builder.readAbbreviations(ChileanNames.abbreviations)
        builder.readInsurers(
            "FONASA_A FONASA_B FONASA_C FONASA_D ISAPRE_Banmédica ISAPRE_Colmena "
                + "ISAPRE_Consalud ISAPRE_Cruz_Blanca CAPREDENA",
            weights: [25, 33, 12, 14, 4, 4, 3, 3, 2])
        builder.naming = NamingRules(
            hasMothersFamily: true, usedFamilyShare: 0, doubleNameShare: 0,
            secondGivenShare: 8600, namesakeShare: 900, fatherlessShare: 3500)
        builder.sources = chileanSources
        builder.errors = .spanish
        builder.streetTypes = [
            ("Avenida ", "Av. "), ("Pasaje ", "Pje. "), ("Calle ", "C. "), ("Camino ", "Cno. "),
            ("Villa ", "V. "), ("Población ", "Pob. "),
        ]
        builder.sexWords = ("Femenino", "Masculino")
        builder.emailDomains = ["gmail.com", "hotmail.com", "live.cl", "yahoo.es", "outlook.com"]
        builder.columns = [
            .nationalID, .nationalIDAuthority, .given, .family, .mothersFamily, .sex, .birthDate,
            .birthPlace, .phone, .email, .address, .municipality, .motherGiven, .birthOrder,
            .deceasedDate, .insurer, .recordedAt, .passport,
        ]
        builder.placeholderNationalIDs = [
            "11111111-1", "22222222-2", "99999999-9", "12345678-5", "1-9", "55555555-5",
        ]
        builder.newbornPhrases = ["RN de %", "RN", "Recién nacido de %", "Hijo de %", "RN 1"]
        builder.passportAuthority = "passport-ven"
        builder.nationalAuthority = "cl-run"
        return builder.build()
    }

    private static var chileanSources: [SourceProfile] {
        [
            SourceProfile(
                code: "region-norte", kind: .region(0), letterCase: .upperWithoutAccents,
                dateStyle: .slashes, identifierStyle: .dotsAndHyphen, sexStyle: .word,
                nameLettersMax: 20,
                missing: [
                    .nationalID: 3000, .passport: 3000, .phone: 3500, .email: 7500,
                    .address: 1200, .motherGiven: 6000, .insurer: 4000, .birthPlace: 6000,
                    .birthDate: 200, .mothersFamily: 300, .sex: 100,
                ]),
            SourceProfile(
                code: "region-metropolitana", kind: .region(1),
                missing: [
                    .nationalID: 2600, .phone: 1500, .email: 4500, .address: 500,
                    .motherGiven: 7000, .insurer: 1500, .birthPlace: 7000, .birthDate: 100,
                    .mothersFamily: 200, .sex: 50,
                ]),
            SourceProfile(
                code: "region-sur", kind: .region(2), letterCase: .upper, dateStyle: .hyphens,
                identifierStyle: .plain, phoneStyle: .spaced,
                absent: [.email, .passport],
                missing: [
                    .nationalID: 3600, .phone: 3000, .address: 1500, .motherGiven: 4000,
                    .insurer: 3000, .birthPlace: 4000, .birthDate: 300, .mothersFamily: 400,
                    .municipality: 500,
                ]),
            SourceProfile(
                code: "seguro", kind: .insurer, letterCase: .upperWithoutAccents,
                dateStyle: .compact, phoneStyle: .international, surnamesInOneField: true,
                absent: [.birthPlace, .motherGiven],
                missing: [.nationalID: 1200, .phone: 4000, .email: 6000, .address: 800]),
            SourceProfile(
                code: "laboratorio", kind: .laboratory, letterCase: .lower, sexStyle: .digit,
                firstGivenOnly: true,
                absent: [
                    .address, .motherGiven, .birthPlace, .insurer, .birthOrder, .deceasedDate,
                ],
                missing: [
                    .nationalID: 6200, .phone: 2500, .email: 3500, .mothersFamily: 1500,
                    .municipality: 3000, .birthDate: 400, .sex: 300,
                ]),
        ]
    }
}

extension LetterErrorRules {
    /// Spanish keys and sounds.
    static var spanish: LetterErrorRules {
        LetterErrorRules(
            keyboard: "qwertyuiop asdfghjklñ zxcvbnm 1234567890",
            respellings: """
                b>v v>b ce>se ci>si se>ce si>ci z>s s>z ll>y y>ll h> qu>k ca>ka co>ko ge>je gi>ji
                je>ge ji>gi x>j í>i á>a é>e ó>o ú>u ñ>n hu>gu ei>ey ai>ay c>s nn>n tt>t i>y
                """,
            misreadings: """
                o>0 l>1 s>5 rn>m m>rn i>l e>c h>b b>8 u>v n>ri g>q cl>d
                """)
    }
}
