/// Names that begin with the surnames, as lists of many countries are written.
extension FullName {
    /// Whether folded words stand surnames first; nil where they do not tell.
    ///
    /// A given name at the end tells so only where persons have two surnames: elsewhere too many
    /// surnames, such as Ryan and Martin, are given names of others.
    static func isFamilyFirst(_ words: [String], _ surnames: Int) -> Bool? {
        guard let first = words.first, let last = words.last else { return nil }
        if gives(first) { return gives(last) ? nil : false }
        guard surnames == 2, words.count > 2, gives(last) else { return nil }
        return seconds.contains(first) || newborns.contains(first) ? nil : true
    }

    /// The number of words that are surnames in a name that begins with them, at least 1 and fewer
    /// than all.
    static func familyCount(_ words: [String], _ surnames: Int) -> Int {
        let most = words.count - 1
        if let placeholder = words.firstIndex(where: { newborns.contains($0) }), placeholder > 0 {
            return placeholder
        }
        // Where the words end that each are one surname, particles before them included.
        var ends: [Int] = []
        for index in words.indices where !particles.contains(words[index]) {
            ends.append(index + 1)
        }
        guard surnames == 2, ends.count > 2 else { return min(ends.first ?? 1, most) }
        // Of three words the second is a given name only if both that follow the first are.
        let isSecondGiven = seconds.contains(words[ends[1] - 1])
        let isThirdGiven = gives(words[ends[2] - 1]) || seconds.contains(words[ends[2] - 1])
        if ends.count == 3, isSecondGiven, isThirdGiven { return min(ends[0], most) }
        return min(ends[1], most)
    }

    /// Whether a folded word is a given name that hardly anybody has as a surname, or of two such as
    /// Jean-Luc the first is.
    private static func gives(_ word: String) -> Bool {
        let start = word.split(separator: " ").first.map(String.init) ?? word
        return givenOnly.contains(start)
    }

    /// The most common given names of four languages, without those that are surnames too.
    private static let givenOnly: Set<String> = Set(
        """
        maria jose juan luis carlos jorge manuel francisco pedro alejandro alejandra andrea camila \
        carolina catalina cecilia claudia constanza cristina daniela eduardo elena esteban fernanda \
        fernando francisca gabriela guillermo gustavo ignacio isabel javiera jesus joaquin josefina \
        juana laura lorena luisa marcela marcelo margarita mariana mauricio maximiliano monica \
        nicole pamela paola patricia patricio paulina rafael raul ricardo roberto rodrigo rosa \
        sebastian sergio silvia sofia susana teresa valentina valeria veronica victoria ximena \
        yolanda gladys yesenia wilmer edwin percy elmer nelida maribel hilda \
        jean marie jacques nathalie isabelle sylvie catherine francoise monique christine sophie \
        camille lea manon chloe emma julie sandrine nicolas philippe christophe stephane sebastien \
        frederic julien alexandre patrick olivier thierry guillaume antoine maxime kevin enzo theo \
        virginie celine aurelie stephanie valerie brigitte jacqueline anne \
        john william michael joseph christopher matthew andrew joshua kenneth brian timothy ronald \
        jason jeffrey ryan jacob jonathan stephen mary jennifer linda elizabeth susan jessica sarah \
        karen lisa margaret sandra ashley kimberly emily donna michelle \
        hans klaus jurgen juergen wolfgang uwe dieter helmut gunter guenter ursula monika petra \
        sabine renate helga karin ingrid erika gisela susanne angelika heike katharina johannes \
        andreas stefan matthias florian tobias
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
