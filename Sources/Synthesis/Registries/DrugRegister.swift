internal import Extracts

/// Medicines with their packs and generic groups, and equipment.
///
/// Substances are invented: syllables that no nomenclature owns, with codes of ATC's form.
struct DrugRegister {
    /// The entries of a block: a product, its presentation and two packs.
    private static let blockSize = 4
    /// The products of one substance, strength and form: the first is the reference of the others.
    private static let groupSize = 5

    let words: RegistryWords
    let locale: SynthesisLocale
    let seed: UInt64
    let count: Int

    init(words: RegistryWords, options: RegistryOptions) {
        self.words = words
        locale = options.locale
        seed = options.seed
        count = options.drugs
    }

    private static let starts = RegistryWords.list(
        "bral|cor|dex|fen|gal|hel|jov|kar|lum|mel|nor|orb|pal|quel|rov|sal|tam|ulm|ver|zol|ald|bet|cil|dom"
    )
    private static let middles = RegistryWords.list(
        "a|abi|eno|ifo|oxa|ura|ebri|ami|ola|eti|ita|umi|ada|ori|esu|ile")
    private static let ends = RegistryWords.list(
        "dival|quimol|tresan|vorine|naplex|rudine|lozape|mistal|cadrel|ferone|sulvan|tibrol|goprex|zentil|palmor"
    )

    private static let startsInPersian = RegistryWords.list(
        "برال|کور|دکس|فن|گال|هل|ژوو|کار|لوم|مل|نور|اورب|پال|کوئل|روو|سال|تام|اولم|ور|زول|آلد|بت|سیل|دوم"
    )
    private static let middlesInPersian = RegistryWords.list(
        "ا|ابی|انو|ایفو|اوکسا|ورا|ابری|امی|ولا|اتی|یتا|ومی|ادا|وری|اسو|یل")
    private static let endsInPersian = RegistryWords.list(
        "دیوال|کیمول|ترسان|ورین|ناپلکس|رودین|لوزاپ|میستال|کادرل|فرون|سولوان|تیبرول|گوپرکس|زنتیل|پالمور"
    )

    /// The invented name of a substance, in Latin letters or in Persian.
    private func substance(_ number: Int, inPersian: Bool = false) -> String {
        let starts = inPersian ? Self.startsInPersian : Self.starts
        let middles = inPersian ? Self.middlesInPersian : Self.middles
        let ends = inPersian ? Self.endsInPersian : Self.ends
        let total = starts.count * middles.count * ends.count
        let mixed = number % total * 1_009 % total
        return starts[mixed % starts.count] + middles[mixed / starts.count % middles.count]
            + ends[mixed / (starts.count * middles.count)]
    }

    /// A code of ATC's form, of all five levels.
    private func atc(_ number: Int) -> String {
        let groups = Array("ABCDGHJLMNPRSV")
        let letters = Array("ABCDEFGHJKLMNPRSTUVWX")
        let group = number / 15
        return "\(groups[number % groups.count])"
            + RegistryCode.padded(number % 16 + 1, 2)
            + "\(letters[group % letters.count])\(letters[number / 3 % letters.count])"
            + RegistryCode.padded(number % 98 + 1, 2)
    }

    /// The code of an entry.
    func code(of entry: Int) -> String {
        switch locale {
        case .cl: "F-" + RegistryCode.padded(entry, 6) + "/26"
        case .pe: "EE-" + RegistryCode.padded(entry, 6)
        case .fr: RegistryCode.padded(60_000_000 + entry, 8)
        case .ir: RegistryCode.padded(1_000_000_000 + entry, 16)
        }
    }

    /// One block in twenty is of equipment.
    private func isEquipment(_ block: Int) -> Bool { block % 20 == 19 }

    /// The number on a pack, with the prefix of its country.
    private func gtin(of entry: Int) -> String {
        let prefix =
            switch locale {
            case .cl: 780_000_000_000
            case .pe: 775_000_000_000
            case .fr: 340_090_000_000
            case .ir: 626_000_000_000
            }
        return RegistryCode.gtin(prefix + entry)
    }

    func write(to path: String) throws -> Int {
        let language = words.language
        let names = locale == .ir ? "name.en,name.fa" : "name.\(language)"
        var table = try RegistryTable(
            path: path,
            header: "code,valid_from,\(names),id.gs1-gtin,product,level,status,inn,atc,ingredient,"
                + "form,route,parent,pack_amount,pack_unit,generic_group,generic_role,holder,"
                + "equipment_class,price,currency")
        for entry in 0..<count {
            if isEquipment(entry / Self.blockSize) {
                try writeEquipment(entry, to: &table)
            } else {
                try writeDrug(entry, to: &table)
            }
        }
        try table.finish()
        return table.rows
    }

    private func writeDrug(_ entry: Int, to table: inout RegistryTable) throws {
        let block = entry / Self.blockSize
        let place = entry % Self.blockSize
        let group = block / Self.groupSize
        var random = RandomStream(seed: seed, domain: .drugs, index: group)
        let substanceNumber = group / 2
        let name = substance(substanceNumber)
        let form = words.forms[random.below(words.forms.count)]
        let strength = [1, 2, 5, 10, 20, 25, 50, 100, 250, 500][random.below(10)]
        var own = RandomStream(seed: seed &+ 1, domain: .drugs, index: block)
        let laboratory = words.laboratories[own.below(words.laboratories.count)]
        let isReference = block % Self.groupSize == 0
        let packSize = [10, 20, 30, 60, 100][own.below(5)] * (place == 3 ? 2 : 1)
        table.append(code(of: entry))
        table.append(day: CivilDate.today - 300 - own.below(365 * 20))
        // A reference goes by a brand, the others by their substance.
        let brand = isReference ? RegistryWords.capitalised(substance(block * 3 + 7)) : name
        let pack = place >= 2 ? " - \(words.packWord) \(packSize)" : ""
        let title = "\(brand) \(strength) \(form.unit) \(form.name)\(pack)"
        if locale == .ir {
            table.append("\(brand) \(strength) \(form.unit)\(place >= 2 ? " x \(packSize)" : "")")
            table.append(
                substance(substanceNumber, inPersian: true) + " \(strength) \(form.name)\(pack)")
        } else {
            table.append(title)
        }
        if place >= 2 { table.append(gtin(of: entry)) } else { table.skip() }
        table.append("drug")
        table.append(["product", "presentation", "pack", "pack"][place])
        table.append(own.chance(300) ? "retired" : "active")
        table.append(name)
        table.append(atc(substanceNumber))
        var groups = GroupList()
        groups.begin()
        groups.add("substance", name)
        groups.add("amount", String(strength))
        groups.add("unit", "mg")
        groups.add("per_amount", form.unit == "ml" ? "5" : "1")
        groups.add("per_unit", form.unit == "ml" ? "ml" : form.name)
        groups.end()
        table.append(json: groups.take())
        table.append(form.name)
        table.append(form.route)
        if place == 0 {
            table.skip(3)
        } else {
            let parent = place == 1 ? entry - 1 : entry - place + 1
            table.append(words.drugAuthority, ":", code(of: parent))
            if place == 1 {
                table.skip(2)
            } else {
                table.append(packSize)
                table.append(form.name)
            }
        }
        table.append("G", RegistryCode.padded(group + 1, 6))
        table.append(isReference ? "reference" : "generic")
        table.append(laboratory)
        table.skip()
        if place >= 2 {
            let price = (isReference ? 3 : 1) * packSize * own.pick(20...90)
            table.append(String(price / 10), ".", String(price % 10), "0")
            table.append(words.currency)
        } else {
            table.skip(2)
        }
        try table.endRow()
    }

    private func writeEquipment(_ entry: Int, to table: inout RegistryTable) throws {
        var random = RandomStream(seed: seed &+ 2, domain: .drugs, index: entry)
        let device = words.equipment[random.below(words.equipment.count)]
        let model = "\(substance(entry).prefix(4).uppercased())-\(random.pick(100...990))"
        table.append(code(of: entry))
        table.append(day: CivilDate.today - 300 - random.below(365 * 15))
        table.append(device.name, " ", model)
        if locale == .ir { table.append(device.name, " ", model) }
        table.append(gtin(of: entry))
        table.append("equipment")
        table.append("product")
        table.append(random.chance(500) ? "retired" : "active")
        table.skip(10)
        table.append(words.laboratories[random.below(words.laboratories.count)])
        table.append(device.kind)
        table.append(random.pick(200...90_000) * 10)
        table.append(words.currency)
        try table.endRow()
    }
}

extension RegistryWords {
    /// A word with its first letter raised.
    static func capitalised(_ word: String) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}
