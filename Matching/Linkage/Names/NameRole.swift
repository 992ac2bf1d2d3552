/// What a word does in a name besides naming.
enum NameRole: UInt8 {
    /// Part of the name.
    case name
    /// Left out: de, del, van, von, ibn.
    case particle
    /// Joined with the word behind it: san martin, mac donald, le gall.
    case prefix
    /// Joined with the word before it: محمدی نژاد.
    case suffix
    /// Left out: dr, sra, سید.
    case title
    /// The whole given name is a placeholder: hijo, baby, نوزاد.
    case newborn
    /// The whole value is a placeholder: unknown, xxx.
    case unknown
    /// A short form of María: ma, mª.
    case maria
}

/// The words that are not names, folded, with their roles.
enum NameLexicon {
    private static let words: [(NameRole, String)] = [
        (
            .particle,
            """
            de del la las los y e i da do dos das di du des den der dem van von vom zu zum zur te ter \
            ibn bin bint ben ould ولد بن geb geborene nee born epouse veuve vda viuda casada dit alias
            """
        ),
        (.prefix, "san santa santo saint sainte st ste mac mc o d l le al el abd عبد ابو abu"),
        (.suffix, "نژاد زاده پور فر نیا زادگان راد nejad nezhad zadeh zade pour pur far nia"),
        (
            .title,
            """
            sr sra srta dr dra don dona mr mrs ms miss prof sir lic ing mme mlle herr frau jr ii iii \
            سید سیده حاج حاجی دکتر مهندس اقای خانم seyed seyyed sayyed haj
            """
        ),
        (
            .newborn,
            """
            rn nn hijo hija recien nacido nacida bebe baby newborn boy girl infant infante neonato neonata \
            nouveau nouveaune enfant garcon fille neugeborenes saugling nino nina lactante nac \
            نوزاد فرزند پسر دختر
            """
        ),
        (
            .unknown,
            """
            unknown desconocido desconocida inconnu inconnue unbekannt nombre apellido xx xxx xxxx \
            test prueba na none null nil sin ninguno ninguna anonimo anonyme نامشخص مجهول ندارد
            """
        ),
        (.maria, "ma mª"),
    ]

    /// The role of each listed word by its text hash.
    static let roles: [UInt64: NameRole] = {
        var roles: [UInt64: NameRole] = [:]
        for (role, list) in words {
            for word in list.split(separator: " ") { roles[TextHash.of(String(word))] = role }
        }
        return roles
    }()
}
