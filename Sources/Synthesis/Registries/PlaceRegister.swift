internal import Extracts

/// The divisions of a country: regions, provinces, and the municipalities that facilities lie in.
struct PlaceRegister {
    let words: RegistryWords
    let locale: SynthesisLocale
    let seed: UInt64
    /// Municipalities.
    let count: Int
    let regions: Int
    /// Provinces of each region.
    let provinces: Int

    init(words: RegistryWords, options: RegistryOptions) {
        self.words = words
        locale = options.locale
        seed = options.seed
        count = max(1, options.places)
        regions = min(13, max(1, count / 8))
        provinces = min(7, count / (regions * 40) + 1)
    }

    /// The region and the province of a municipality, from 0, and its number in there, from 1.
    private func parts(of place: Int) -> (region: Int, province: Int, number: Int) {
        (place % regions, place / regions % provinces, place / (regions * provinces) + 1)
    }

    /// The code of a municipality.
    func code(of place: Int) -> String {
        let (region, province, number) = parts(of: place)
        let regionCode = provinceCode(region, province)
        switch locale {
        case .cl: return regionCode + padded(number, 2)
        case .pe: return regionCode.prefix(4) + padded(number, 2)
        case .fr: return regionCode.dropFirst() + padded(number, 3)
        case .ir: return regionCode + padded(number, 3)
        }
    }

    /// The department of a French municipality, which begins the numbers of its facilities.
    func department(of place: Int) -> Int {
        let (region, province, _) = parts(of: place)
        return region * provinces + province + 1
    }

    private func regionCode(_ region: Int) -> String {
        switch locale {
        case .cl, .ir: padded(region + 1, 2)
        case .pe: padded(region + 1, 2) + "0000"
        case .fr: "R" + padded(region + 1, 2)
        }
    }

    private func provinceCode(_ region: Int, _ province: Int) -> String {
        switch locale {
        case .cl: padded(region + 1, 2) + String(province + 1)
        case .pe: padded(region + 1, 2) + padded(province + 1, 2) + "00"
        case .fr: "D" + padded(region * provinces + province + 1, 2)
        case .ir: padded(region + 1, 2) + padded(province + 1, 2)
        }
    }

    /// The name of a municipality.
    func name(of place: Int) -> String {
        let starts = words.placeStarts
        let ends = words.placeEnds
        let mixed = place * 7 + 3
        let joiner = locale == .fr ? "-" : locale == .ir ? "" : " "
        let name = starts[mixed % starts.count] + joiner + ends[mixed / starts.count % ends.count]
        let cycle = place * 7 / (starts.count * ends.count)
        return cycle == 0 ? name : name + " " + ends[(cycle * 3 + place) % ends.count]
    }

    /// A point of a municipality in millionths of degrees: all lie in their region's band.
    func position(of place: Int) -> (latitude: Int, longitude: Int) {
        var random = RandomStream(seed: seed, domain: .places, index: place)
        let band = (words.box.north - words.box.south) * 1_000 / regions
        let south = words.box.south * 1_000 + (place % regions) * band
        return (
            south + random.below(band),
            words.box.west * 1_000 + random.below((words.box.east - words.box.west) * 1_000)
        )
    }

    /// Writes the tree, the higher divisions first.
    func write(to path: String) throws -> Int {
        let systems =
            switch locale {
            case .pe: ",id.pe-ubigeo-reniec,id.pe-ubigeo-sunat"
            case .fr: ",id.fr-commune"
            case .cl, .ir: ""
            }
        var table = try RegistryTable(
            path: path,
            header: "code,name.\(words.language),type,status,parent\(systems),latitude,longitude")
        for region in 0..<regions {
            table.append(regionCode(region))
            let names = locale == .fr ? words.placeStarts : words.placeEnds
            table.append(names[region % names.count])
            table.append(words.divisions[0])
            table.append("active")
            table.skip()
            appendSystems(regionCode(region), region, to: &table)
            table.skip(2)
            try table.endRow()
        }
        for region in 0..<regions {
            for province in 0..<provinces {
                let number = region * provinces + province
                table.append(provinceCode(region, province))
                table.append(
                    words.placeStarts[number % words.placeStarts.count], " ",
                    words.placeEnds[(number * 5 + 1) % words.placeEnds.count])
                table.append(words.divisions[1])
                table.append("active")
                table.append(words.placeAuthority, ":", regionCode(region))
                appendSystems(provinceCode(region, province), region, to: &table)
                table.skip(2)
                try table.endRow()
            }
        }
        for place in 0..<count {
            let (region, province, _) = parts(of: place)
            table.append(code(of: place))
            table.append(name(of: place))
            table.append(words.divisions[2])
            table.append("active")
            table.append(words.placeAuthority, ":", provinceCode(region, province))
            appendSystems(code(of: place), region, to: &table)
            let position = position(of: place)
            table.append(microdegrees: position.latitude)
            table.append(microdegrees: position.longitude)
            try table.endRow()
        }
        try table.finish()
        return table.rows
    }

    /// The same division in other systems: the two others of Peru number the regions otherwise, that of
    /// France's communes has no higher ones.
    private func appendSystems(_ code: String, _ region: Int, to table: inout RegistryTable) {
        switch locale {
        case .pe:
            let rest = String(code.dropFirst(2))
            table.append(padded(regions - region, 2) + rest)
            table.append(padded((region + regions / 2) % regions + 1, 2) + rest)
        case .fr:
            if code.utf8.count == 5 { table.append(code) } else { table.skip() }
        case .cl, .ir: break
        }
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        RegistryCode.padded(number, width)
    }
}

/// Codes with the check digits that their authorities give out.
enum RegistryCode {
    /// A number with zeros in front.
    static func padded(_ number: Int, _ width: Int) -> String {
        var bytes: [UInt8] = []
        RecordComposer.append(number, width: width, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Digits with Luhn's check digit behind them.
    static func luhn(_ number: Int, _ width: Int) -> String {
        var (rest, sum, doubles) = (number, 0, true)
        for _ in 0..<width {
            let digit = rest % 10
            sum += doubles ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit
            doubles.toggle()
            rest /= 10
        }
        return padded(number, width) + String((10 - sum % 10) % 10)
    }

    /// Twelve digits with GS1's check digit behind them.
    static func gtin(_ number: Int) -> String {
        var (rest, sum, weight) = (number, 0, 3)
        for _ in 0..<12 {
            sum += rest % 10 * weight
            weight = 4 - weight
            rest /= 10
        }
        return padded(number, 12) + String((10 - sum % 10) % 10)
    }

    /// A RUC of an organisation.
    static func ruc(_ number: Int) -> String {
        let digits = 20 * 100_000_000 + number % 100_000_000
        let weights = [2, 3, 4, 5, 6, 7, 2, 3, 4, 5]
        var (rest, sum) = (digits, 0)
        for weight in weights {
            sum += rest % 10 * weight
            rest /= 10
        }
        return padded(digits, 10) + String((11 - sum % 11) % 10)
    }
}
