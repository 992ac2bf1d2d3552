internal import Extracts

/// Facilities in blocks: a legal entity, its hospital, and what belongs to that.
struct FacilityRegister {
    /// The facilities of a block.
    static let blockSize = 40
    /// The blocks whose first legal entity heads their care network.
    static let networkBlocks = 10

    let words: RegistryWords
    let locale: SynthesisLocale
    let seed: UInt64
    let count: Int
    let places: PlaceRegister
    let services: ServiceRegister
    private let typeWeights: [Int]
    private let hours: [[UInt8]]

    init(
        words: RegistryWords, options: RegistryOptions, places: PlaceRegister,
        services: ServiceRegister
    ) {
        self.words = words
        locale = options.locale
        seed = options.seed
        count = options.facilities
        self.places = places
        self.services = services
        typeWeights = words.facilityTypes.map(\.weight)
        hours = [("08:00", "17:00"), ("09:00", "18:30"), ("07:30", "20:00")].map { opens, closes in
            var groups = GroupList()
            for day in ["mon", "tue", "wed", "thu", "fri"] {
                groups.begin()
                groups.add("day", day)
                groups.add("opens", opens)
                groups.add("closes", closes)
                groups.end()
            }
            return groups.take()
        }
    }

    /// The municipality in which a facility lies: a block lies in a few neighbouring ones.
    func place(of facility: Int) -> Int {
        (facility / Self.blockSize * 37 + facility % Self.blockSize / 10 * places.regions)
            % places.count
    }

    /// The code of a facility.
    func code(of facility: Int) -> String {
        switch locale {
        case .cl: RegistryCode.padded(100_000 + facility, 6)
        case .pe: RegistryCode.padded(facility + 1, 8)
        case .fr:
            RegistryCode.luhn(places.department(of: place(of: facility)) * 1_000_000 + facility, 8)
        case .ir: "U" + RegistryCode.padded(facility + 1, 7)
        }
    }

    /// A facility as other entries name it.
    func reference(to facility: Int) -> String {
        "\(words.facilityAuthority):\(code(of: facility))"
    }

    private var identifierColumn: String {
        switch locale {
        case .cl: "id.cl-deis-old"
        case .pe: "id.pe-ruc"
        case .fr: "id.fr-siren"
        case .ir: "id.ir-siam"
        }
    }

    func write(to path: String) throws -> Int {
        var table = try RegistryTable(
            path: path,
            header:
                "code,name.\(words.language),\(identifierColumn),type,level,complexity,ownership,"
                + "status,opened,closed,merged_into,parent.administrative,parent.legal,"
                + "parent.network,place,address,municipality,latitude,longitude,opening_hours,"
                + "phone,website,service,beds.total,beds.intensive,equipment.monitor")
        for facility in 0..<count { try write(facility, to: &table) }
        try table.finish()
        return table.rows
    }

    private func write(_ facility: Int, to table: inout RegistryTable) throws {
        var random = RandomStream(seed: seed, domain: .facilities, index: facility)
        let place = facility % Self.blockSize
        let head = facility - place
        let hospital = head + 1
        let isHead = place == 0
        // In Iran what lies within a hospital goes under the hospital's code.
        let isWithin = locale == .ir && (2...4).contains(place)
        let kind = place == 1 ? 0 : isWithin ? place - 1 : random.pick(weights: typeWeights)
        let type = words.facilityTypes[kind]
        let municipality = self.place(of: isWithin ? hospital : facility)
        let town = places.name(of: municipality)
        table.append(code(of: facility))
        let patron = words.patrons[random.below(words.patrons.count)]
        table.append(isHead ? words.legalEntity : type.name, " ", patron, " ", town)
        table.append(identifier(of: facility, sharedWith: isWithin ? hospital : facility))
        table.append(isHead ? words.legalEntity : type.name)
        if isHead {
            table.skip(2)
        } else {
            table.append(type.level)
            table.append(type.complexity)
        }
        table.append(words.owners[head / Self.blockSize % words.owners.count])
        writeState(facility, isHead || place == 1, to: &table, &random)
        if isHead {
            table.skip(2)
        } else {
            table.append(reference(to: place == 1 ? head : hospital))
            table.append(reference(to: head))
        }
        let network = head - head % (Self.blockSize * Self.networkBlocks)
        if network == facility { table.skip() } else { table.append(reference(to: network)) }
        writePlace(municipality, town, sharedBy: isWithin ? hospital : facility, to: &table)
        if type.bedsMax == 0, !isHead, random.chance(4_000) {
            table.append(json: hours[random.below(hours.count)])
        } else {
            table.skip()
        }
        table.append(words.dialling, RegistryCode.padded(random.below(100_000_000), 9))
        if place == 1 {
            table.append("https://f", code(of: facility).lowercased(), ".example.org")
        } else {
            table.skip()
        }
        writeOffer(facility, type, isHead, to: &table, &random)
        try table.endRow()
    }

    private func identifier(of facility: Int, sharedWith shared: Int) -> String {
        switch locale {
        case .cl:
            "\(RegistryCode.padded(facility / 1_000 + 1, 2))-"
                + RegistryCode.padded(facility % 1_000, 3)
        case .pe: RegistryCode.ruc(40_000_000 + facility)
        case .fr: RegistryCode.luhn(41_000_000 + facility, 8)
        case .ir: RegistryCode.padded(300_000 + shared, 7)
        }
    }

    /// Status, and the days of opening and closing; what others belong to stays open.
    private func writeState(
        _ facility: Int, _ isLasting: Bool, to table: inout RegistryTable,
        _ random: inout RandomStream
    ) {
        let draw = random.below(1_000)
        let opened = CivilDate.today - 400 - random.below(365 * 60)
        let closed = CivilDate.today - random.below(350)
        let status =
            isLasting || draw < 930
            ? "active" : draw < 970 ? "closed" : draw < 980 ? "suspended" : "merged"
        table.append(status)
        table.append(day: opened)
        if status == "closed" || status == "merged" {
            table.append(day: closed)
        } else {
            table.skip()
        }
        // The hospital of its block takes over whatever was merged.
        let hospital = facility - facility % Self.blockSize + 1
        if status == "merged" { table.append(reference(to: hospital)) } else { table.skip() }
    }

    private func writePlace(
        _ municipality: Int, _ town: String, sharedBy facility: Int, to table: inout RegistryTable
    ) {
        var random = RandomStream(seed: seed &+ 1, domain: .facilities, index: facility)
        table.append(words.placeAuthority, ":", places.code(of: municipality))
        let street = words.streets[random.below(words.streets.count)]
        let number = String(random.pick(1...1_900))
        if locale == .fr {
            table.append(number, " ", street)
        } else {
            table.append(street, " ", number)
        }
        table.append(town)
        let position = places.position(of: municipality)
        table.append(microdegrees: position.latitude + random.below(40_000) - 20_000)
        table.append(microdegrees: position.longitude + random.below(40_000) - 20_000)
    }

    private func writeOffer(
        _ facility: Int, _ type: RegistryWords.FacilityType, _ isHead: Bool,
        to table: inout RegistryTable, _ random: inout RandomStream
    ) {
        guard !isHead, services.count > 0 else { return table.skip(4) }
        let offered = type.bedsMax > 0 ? 8 : 3
        var text = ""
        for number in 0..<offered {
            // A few services are offered nearly everywhere.
            var service =
                number == 0 ? random.below(min(20, services.count)) : random.below(services.count)
            while services.isRetired(service) { service += 1 }
            if !text.isEmpty { text += " | " }
            text += words.serviceAuthority + ":" + services.code(of: service)
        }
        table.append(text)
        guard type.bedsMax > 0 else { return table.skip(3) }
        let beds = type.bedsMax / 4 + random.below(type.bedsMax)
        table.append(beds)
        table.append(beds / 20)
        table.append(beds / 4)
    }
}
