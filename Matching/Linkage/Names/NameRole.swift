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
    /// The whole name is a placeholder: rn, recién nacido, نوزاد.
    case newborn
    /// The whole given name is a placeholder if it begins so: hijo, baby, gemelo. A surname may be such a word.
    case child
    /// The whole value is a placeholder: unknown, xxx.
    case unknown
    /// A short form of María: ma, mª.
    case maria
    /// A spelling that stands for other words, see ``NameSpelling``.
    case spelling
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
            rn rn1 rn2 rn3 nn recien nacido nacida newborn neonato neonata nouveaune neugeborenes نوزاد
            """
        ),
        (
            .child,
            """
            hijo hija bebe baby boy girl infant infante nouveau enfant garcon fille saugling lactante nac \
            gemelo gemela mellizo melliza twin jumeau jumelle zwilling فرزند پسر دختر دوقلو
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
