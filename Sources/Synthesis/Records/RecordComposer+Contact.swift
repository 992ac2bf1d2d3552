/// Address, phone and e-mail as they are taken down.
extension RecordComposer {
    mutating func writeContact(
        _ person: SyntheticPerson, plan: RecordPlan, dwellings: [Dwelling]
    ) {
        var former = person.formerHome >= 0 && plan.recordedDay < person.movedDay
        if person.formerHome >= 0, !former { former = strikes(.staleAddress) }
        let dwelling = dwellings[former ? person.formerHome : person.home]
        writeAddress(dwelling)
        let place = profile.places[dwelling.place]
        profile.pool.append(place.name, to: &values[Column.municipality.rawValue])
        values[Column.postalCode.rawValue].append(contentsOf: place.postalCode.utf8)
        // Half of those who got a new number did before this record.
        let ownPhone =
            person.formerPhone != 0 && (former || plan.recordedDay % 2 == 0)
            ? person.formerPhone : person.phone
        writePhone(own: ownPhone, shared: dwelling.phone)
        if person.emailForm != 0 { writeEmail(person) }
    }

    private mutating func writeAddress(_ dwelling: Dwelling) {
        let column = Column.address.rawValue
        let abbreviated = strikes(.addressAbbreviated)
        scratch.removeAll(keepingCapacity: true)
        appendStreet(dwelling.street, abbreviated: abbreviated)
        switch profile.locale {
        case .fr:
            Self.append(dwelling.number, to: &values[column])
            values[column].append(0x20)
            values[column].append(contentsOf: scratch)
        case .ir:
            values[column].append(contentsOf: scratch)
            values[column].append(contentsOf: " پلاک ".utf8)
            Self.append(dwelling.number, to: &values[column])
        case .cl, .pe:
            values[column].append(contentsOf: scratch)
            values[column].append(0x20)
            Self.append(dwelling.number, to: &values[column])
        }
        if dwelling.unit != 0, !abbreviated {
            let word: String =
                switch profile.locale {
                case .cl: ", Depto "
                case .pe: " Dpto. "
                case .fr: " appt "
                case .ir: " واحد "
                }
            values[column].append(contentsOf: word.utf8)
            Self.append(dwelling.unit, to: &values[column])
        }
        if strikes(.addressTyping) { _ = letterErrors.type(&values[column], &random) }
    }

    /// Appends a street to the scratch buffer, its type shortened if wanted.
    private mutating func appendStreet(_ street: Name, abbreviated: Bool) {
        profile.pool.append(street, to: &scratch)
        guard abbreviated else { return }
        for type in profile.streetTypes where scratch.starts(with: type.long.utf8) {
            scratch.replaceSubrange(0..<type.long.utf8.count, with: type.short.utf8)
            return
        }
    }

    private mutating func writePhone(own: Int, shared: Int) {
        let column = Column.phone.rawValue
        let mobile = own != 0
        let number = mobile ? own : shared
        guard number != 0 else { return }
        let form = PhoneForm.of(profile.locale, mobile: mobile)
        let digits = form.subscriberDigits
        let modulus = Self.powersOfTen[digits]
        switch source.phoneStyle {
        case .international:
            values[column].append(contentsOf: form.international.utf8)
            Self.append(number % modulus, width: digits, to: &values[column])
        case .national:
            values[column].append(contentsOf: form.national.utf8)
            Self.append(number % modulus, width: digits, to: &values[column])
        case .spaced:
            values[column].append(contentsOf: form.national.utf8)
            values[column].append(0x20)
            Self.append(
                number % modulus / 10_000, width: digits - 4, to: &values[column])
            values[column].append(0x20)
            Self.append(number % 10_000, width: 4, to: &values[column])
        }
        if strikes(.phoneDigit) { spoilDigits(.phone) }
        if source.dateStyle == .solarHijriPersianDigits { writePersianDigits(.phone) }
    }

    private static let powersOfTen = (0...9).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    private mutating func writeEmail(_ person: SyntheticPerson) {
        let column = Column.email.rawValue
        appendPlain(person.firstGiven, initialOnly: person.emailForm % 3 == 1, to: column)
        if person.emailForm % 2 == 0 { values[column].append(UInt8(ascii: ".")) }
        appendPlain(person.family, initialOnly: false, to: column)
        if person.emailForm > 3 {
            Self.append(
                CivilDate.components(of: person.birthDay).year % 100, width: 2,
                to: &values[column])
        } else if person.emailForm == 3 {
            Self.append(person.index % 997, to: &values[column])
        }
        values[column].append(UInt8(ascii: "@"))
        let domains = profile.emailDomains
        values[column].append(contentsOf: domains[person.index % 7 % domains.count].utf8)
    }

    /// Appends a name in small letters of ASCII.
    private mutating func appendPlain(_ name: Name, initialOnly: Bool, to column: Int) {
        scratch.removeAll(keepingCapacity: true)
        profile.pool.append(name, to: &scratch)
        LetterForm.removeAccents(&scratch)
        LetterForm.lower(&scratch)
        if initialOnly { LetterForm.truncate(&scratch, toLetters: 1) }
        for byte in scratch where (0x61...0x7A).contains(byte) { values[column].append(byte) }
    }
}

/// How a country writes phone numbers.
struct PhoneForm {
    let international: String
    let national: String
    let subscriberDigits: Int

    /// The form of mobile or fixed numbers of a country.
    static func of(_ locale: SynthesisLocale, mobile: Bool) -> PhoneForm {
        switch (locale, mobile) {
        case (.cl, true):
            PhoneForm(international: "+569", national: "9", subscriberDigits: 8)
        case (.cl, false):
            PhoneForm(international: "+562", national: "2", subscriberDigits: 8)
        case (.pe, true):
            PhoneForm(international: "+519", national: "9", subscriberDigits: 8)
        case (.pe, false):
            PhoneForm(international: "+511", national: "01", subscriberDigits: 7)
        case (.fr, true):
            PhoneForm(international: "+336", national: "06", subscriberDigits: 8)
        case (.fr, false):
            PhoneForm(international: "+331", national: "01", subscriberDigits: 8)
        case (.ir, true):
            PhoneForm(international: "+9891", national: "091", subscriberDigits: 8)
        case (.ir, false):
            PhoneForm(international: "+9821", national: "021", subscriberDigits: 8)
        }
    }
}
