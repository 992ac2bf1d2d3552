/// Iran: Persian script, national code, father's name, Solar Hijri dates, a single surname.
extension CountryProfile {
    static func iran() -> CountryProfile {
        var builder = CountryProfileBuilder(locale: .ir)
        builder.surnameFlatness = 14
        builder.communities = [
            builder.community(
                share: 9600, surnames: IranianNames.surnames, tail: IranianNames.surnameTail,
                female: IranianNames.femaleGiven, male: IranianNames.maleGiven),
            builder.community(
                share: 400, surnames: IranianNames.afghanSurnames,
                tail: SurnameTail(families: []),
                female: IranianNames.femaleGiven, male: IranianNames.maleGiven,
                passportOnly: 9000, passportAuthority: "passport-afg"),
        ]
        builder.readPlaces(IranianPlaces.cities)
        builder.readStreets(IranianPlaces.streets)
        builder.readNicknames(IranianNames.nicknames)
        builder.readAbbreviations(IranianNames.abbreviations)
        builder.readInsurers(
            "سلامت تأمین_اجتماعی نیروهای_مسلح کمیته_امداد بانک_ملی آزاد",
            weights: [45, 44, 6, 3, 1, 1])
        builder.naming = NamingRules(
            hasMothersFamily: false, usedFamilyShare: 0, doubleNameShare: 0,
            secondGivenShare: 0, namesakeShare: 60, fatherlessShare: 0)
        builder.sources = iranianSources
        builder.errors = .persian
        builder.streetTypes = [
            ("خیابان ", "خ "), ("بلوار ", "بل "), ("کوچه ", "ک "), ("شهرک ", "ش "),
            ("میدان ", "م "),
        ]
        builder.sexWords = ("زن", "مرد")
        builder.columns = [
            .nationalID, .nationalIDAuthority, .given, .family, .sex, .birthDate, .birthPlace,
            .phone, .address, .municipality, .postalCode, .fatherGiven, .birthOrder,
            .deceasedDate, .insurer, .recordedAt, .passport,
        ]
        builder.placeholderNationalIDs = [
            "0000000000", "1111111111", "9999999999", "1234567891", "2222222222",
        ]
        builder.newbornPhrases = ["نوزاد", "نوزاد %", "نوزاد پسر", "نوزاد دختر", "فرزند %"]
        builder.passportAuthority = "passport-afg"
        builder.nationalAuthority = "ir-nid"
        return builder.build()
    }

    private static var iranianSources: [SourceProfile] {
        [
            SourceProfile(
                code: "daneshgah-shomal-gharb", kind: .region(0), letterCase: .arabicLetters,
                dateStyle: .solarHijri, identifierStyle: .plain, sexStyle: .word,
                joinsCompounds: true,
                missing: [
                    .nationalID: 3200, .passport: 5000, .phone: 3500, .address: 1800,
                    .fatherGiven: 1500, .birthPlace: 3500, .birthDate: 200, .insurer: 2500,
                    .postalCode: 6000,
                ]),
            SourceProfile(
                code: "daneshgah-tehran", kind: .region(1), dateStyle: .solarHijri,
                identifierStyle: .plain,
                missing: [
                    .nationalID: 2500, .phone: 1500, .address: 800, .fatherGiven: 800,
                    .birthPlace: 3000, .birthDate: 100, .insurer: 1500, .postalCode: 4000,
                ]),
            SourceProfile(
                code: "daneshgah-shargh-jonub", kind: .region(2),
                dateStyle: .solarHijriPersianDigits, identifierStyle: .plain, sexStyle: .word,
                nameLettersMax: 20, absent: [.passport],
                missing: [
                    .nationalID: 3400, .phone: 3000, .address: 2000, .fatherGiven: 1200,
                    .birthPlace: 3000, .birthDate: 300, .insurer: 3000, .postalCode: 7000,
                    .municipality: 500,
                ]),
            SourceProfile(
                code: "bimeh-salamat", kind: .insurer, letterCase: .arabicLetters,
                dateStyle: .iso, identifierStyle: .withoutCheck, phoneStyle: .international,
                sexStyle: .digit, joinsCompounds: true, absent: [.birthOrder],
                missing: [
                    .nationalID: 500, .phone: 3500, .address: 1200, .fatherGiven: 500,
                    .birthPlace: 5000, .postalCode: 3000,
                ]),
            SourceProfile(
                code: "azmayeshgah", kind: .laboratory, dateStyle: .compact,
                identifierStyle: .plain, sexStyle: .digit,
                absent: [.birthPlace, .birthOrder, .deceasedDate, .address, .insurer, .postalCode],
                missing: [
                    .nationalID: 5800, .phone: 2000, .fatherGiven: 6000, .municipality: 3000,
                    .birthDate: 400, .sex: 300,
                ]),
        ]
    }
}

extension LetterErrorRules {
    /// Keys of the Persian keyboard, and letters of one sound.
    static var persian: LetterErrorRules {
        LetterErrorRules(
            keyboard: "ضصثقفغعهخحجچ شسیبلاتنمکگ ظطزرذدپو 1234567890",
            respellings: """
                ز>ذ ذ>ز ز>ض ض>ز ز>ظ ظ>ز ذ>ظ س>ص ص>س ث>س س>ث ت>ط ط>ت ق>غ غ>ق ح>ه ه>ح ع>ا ا>ع ئ>ی ئی>یی
                یی>ئی أ>ا آ>ا اله>الله ؤ>و ه>ت ای>ائی اا>ا خوا>خا
                """,
            misreadings: """
                ب>پ پ>ب ت>ث ح>خ خ>ح ج>چ چ>ج ر>ز ز>ر د>ذ س>ش ش>س ف>ق ق>ف ن>ت ک>گ گ>ک ع>غ
                """)
    }
}
