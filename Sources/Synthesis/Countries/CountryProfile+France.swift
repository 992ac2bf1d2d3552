/// France: birth name and name in use, NIR, birth places as COG codes.
extension CountryProfile {
    static func france() -> CountryProfile {
        var builder = CountryProfileBuilder(locale: .fr)
        builder.surnameFlatness = 60
        builder.hasHeavyTail = true
        builder.readPlaces(FrenchPlaces.communes)
        builder.communities = frenchCommunities(&builder)
        builder.readStreets(FrenchPlaces.streets)
        builder.readNicknames(FrenchNames.nicknames)
        builder.readAbbreviations(FrenchNames.abbreviations)
        builder.readInsurers(
            "CPAM MSA MGEN CNMSS CAMIEG ENIM RATP SNCF", weights: [85, 5, 4, 2, 1, 1, 1, 1])
        builder.naming = NamingRules(
            hasMothersFamily: false, usedFamilyShare: 6500, doubleNameShare: 800,
            secondGivenShare: 3500, namesakeShare: 150, fatherlessShare: 1500)
        builder.sources = frenchSources
        builder.errors = .french
        builder.streetTypes = [
            ("avenue ", "av. "), ("boulevard ", "bd "), ("rue ", "r. "), ("place ", "pl. "),
            ("impasse ", "imp. "), ("allée ", "all. "), ("chemin ", "ch. "),
        ]
        builder.sexWords = ("Féminin", "Masculin")
        builder.emailDomains = [
            "gmail.com", "orange.fr", "hotmail.fr", "free.fr", "laposte.net", "yahoo.fr", "sfr.fr",
        ]
        builder.columns = [
            .nationalID, .nationalIDAuthority, .given, .family, .usedFamily, .sex, .birthDate,
            .birthPlace, .phone, .email, .address, .municipality, .postalCode, .birthOrder,
            .deceasedDate, .insurer, .recordedAt, .passport,
        ]
        builder.placeholderNationalIDs = [
            "999999999999999", "000000000000000", "111111111111111", "199999999999999",
        ]
        builder.newbornPhrases = [
            "nouveau-né", "Bébé de %", "BB", "Enfant de %", "nouveau-né de %",
        ]
        builder.passportAuthority = "passport-dza"
        builder.nationalAuthority = "fr-ins-nir"
        return builder.build()
    }

    private static func frenchCommunities(
        _ builder: inout CountryProfileBuilder
    ) -> [Community] {
        [
            builder.community(
                share: 7700, surnames: FrenchNames.surnames, tail: FrenchNames.surnameTail,
                female: FrenchNames.femaleGiven, male: FrenchNames.maleGiven),
            builder.community(
                share: 650, surnames: FrenchNames.maghrebSurnames,
                tail: FrenchNames.maghrebSurnameTail,
                female: FrenchNames.maghrebFemaleGiven, male: FrenchNames.maghrebMaleGiven),
            builder.community(
                share: 450, surnames: FrenchNames.maghrebSurnames,
                tail: FrenchNames.maghrebSurnameTail,
                female: FrenchNames.maghrebFemaleGiven, male: FrenchNames.maghrebMaleGiven,
                passportOnly: 800, passportAuthority: "passport-dza", bornIn: "Algérie"),
            builder.community(
                share: 650, surnames: FrenchNames.iberianSurnames, tail: ChileanNames.surnameTail,
                female: FrenchNames.femaleGiven, male: FrenchNames.maleGiven),
            builder.community(
                share: 150, surnames: FrenchNames.iberianSurnames, tail: ChileanNames.surnameTail,
                female: FrenchNames.femaleGiven, male: FrenchNames.maleGiven,
                passportOnly: 300, passportAuthority: "passport-prt", bornIn: "Portugal"),
            builder.community(
                share: 400, surnames: FrenchNames.africanSurnames,
                tail: FrenchNames.africanSurnameTail,
                female: FrenchNames.africanFemaleGiven, male: FrenchNames.africanMaleGiven,
                passportOnly: 1500, passportAuthority: "passport-sen", bornIn: "Sénégal"),
        ]
    }

    private static var frenchSources: [SourceProfile] {
        [
            SourceProfile(
                code: "chu-nord-est", kind: .region(0), letterCase: .upperWithoutAccents,
                dateStyle: .slashes, identifierStyle: .plain, nameLettersMax: 20,
                missing: [
                    .nationalID: 3000, .passport: 5000, .phone: 3000, .email: 7000, .address: 800,
                    .birthPlace: 3000, .birthDate: 100, .usedFamily: 800, .insurer: 3000,
                ]),
            SourceProfile(
                code: "ght-ile-de-france-ouest", kind: .region(1), identifierStyle: .spaced,
                phoneStyle: .spaced,
                missing: [
                    .nationalID: 2600, .phone: 1500, .email: 4500, .address: 500,
                    .birthPlace: 2000, .birthDate: 100, .usedFamily: 500, .insurer: 2000,
                ]),
            SourceProfile(
                code: "chu-sud", kind: .region(2), letterCase: .upper, dateStyle: .hyphens,
                identifierStyle: .withoutCheck, phoneStyle: .international, sexStyle: .digit,
                absent: [.passport],
                missing: [
                    .nationalID: 3700, .phone: 2500, .email: 6000, .address: 1200,
                    .birthPlace: 3500, .birthDate: 200, .usedFamily: 1500, .insurer: 4000,
                    .postalCode: 500,
                ]),
            SourceProfile(
                code: "assurance-maladie", kind: .insurer, letterCase: .upperWithoutAccents,
                dateStyle: .compact, identifierStyle: .plain, phoneStyle: .international,
                firstGivenOnly: true, absent: [.birthOrder],
                missing: [.nationalID: 300, .phone: 4000, .email: 5000, .address: 500]),
            SourceProfile(
                code: "laboratoire", kind: .laboratory, letterCase: .lower, sexStyle: .digit,
                firstGivenOnly: true,
                absent: [.birthPlace, .birthOrder, .deceasedDate, .address, .insurer],
                missing: [
                    .nationalID: 6800, .phone: 2000, .email: 3500, .usedFamily: 3000,
                    .municipality: 2500, .postalCode: 2500, .birthDate: 300, .sex: 300,
                ]),
        ]
    }
}

extension LetterErrorRules {
    /// French keys and sounds.
    static var french: LetterErrorRules {
        LetterErrorRules(
            keyboard: "azertyuiop qsdfghjklm wxcvbn 1234567890",
            respellings: """
                ph>f f>ph eau>o eau>au au>o ault>aut ot>o et>é er>é ai>è ai>ei h> y>i i>y k>c qu>k
                th>t t>th ll>l l>ll nn>n n>nn tt>t t>tt ss>s rr>r mm>m è>e é>e ê>e ë>e ï>i ô>o ç>s
                en>an an>en ain>in in>ain c>s s>c z>s x>s ck>c ff>f oux>ou g>gu sch>ch w>v
                """,
            misreadings: """
                o>0 l>1 s>5 rn>m m>rn i>l e>c h>b b>8 u>v n>ri g>q cl>d
                """)
    }
}
