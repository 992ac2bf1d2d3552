import Identity

/// One system that feeds records, with its habits of writing.
struct SourceProfile {
    /// Who is recorded there.
    enum Kind: Equatable {
        /// The care network of a region.
        case region(Int)
        case insurer
        case laboratory
    }

    /// Letters as a source's keyboard has them; `arabicLetters` are Arabic yeh and kaf for Persian.
    enum LetterCase { case asWritten, upper, upperWithoutAccents, lower, arabicLetters }

    enum DateStyle {
        case iso, compact, slashes, hyphens, solarHijri, solarHijriPersianDigits

        /// The calendar whose days it writes.
        var calendar: CalendarSystem {
            self == .solarHijri || self == .solarHijriPersianDigits ? .solarHijri : .gregorian
        }
    }

    enum IdentifierStyle { case plain, hyphen, dotsAndHyphen, spaced, withoutCheck }

    enum PhoneStyle { case international, national, spaced }

    enum SexStyle { case letter, word, digit }

    let code: String
    let kind: Kind
    var letterCase = LetterCase.asWritten
    var dateStyle = DateStyle.iso
    var identifierStyle = IdentifierStyle.hyphen
    var phoneStyle = PhoneStyle.national
    var sexStyle = SexStyle.letter
    /// Names are cut to so many letters.
    var nameLettersMax = 60
    /// Both surnames stand in `family`.
    var surnamesInOneField = false
    /// Only the first given name is asked for.
    var firstGivenOnly = false
    /// Compound names are written without their space.
    var joinsCompounds = false
    /// Columns it does not have at all.
    var absent: [Column] = []
    /// Values it leaves empty, by column, in ten thousandths.
    var missing: [Column: Int] = [:]
}
