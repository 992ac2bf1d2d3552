internal import Extracts

/// Services with groups, tariffs and relative values, which change from year to year.
struct ServiceRegister {
    let words: RegistryWords
    let locale: SynthesisLocale
    let seed: UInt64
    let count: Int

    init(words: RegistryWords, options: RegistryOptions) {
        self.words = words
        locale = options.locale
        seed = options.seed
        count = options.services
    }

    /// The code of a service.
    func code(of service: Int) -> String {
        let group = service % words.serviceGroups.count
        let number = service / words.serviceGroups.count
        switch locale {
        case .cl:
            return RegistryCode.padded(group + 1, 2) + RegistryCode.padded(number / 1_000 + 1, 2)
                + RegistryCode.padded(number % 1_000, 3)
        case .pe:
            return RegistryCode.padded(10_000 + service / 4, 5) + "."
                + RegistryCode.padded(service % 4, 2)
        case .fr:
            var letters: [UInt8] = []
            var rest = service / 999
            for _ in 0..<4 {
                letters.append(UInt8(ascii: "A") + UInt8(rest % 26))
                rest /= 26
            }
            return String(decoding: letters.reversed(), as: UTF8.self)
                + RegistryCode.padded(service % 999 + 1, 3)
        case .ir: return RegistryCode.padded(100_000 + service, 6)
        }
    }

    /// The name of a service: what is done, where, and how.
    private func name(of service: Int) -> String {
        let (procedures, sites, manners) = (words.procedures, words.sites, words.manners)
        let total = procedures.count * sites.count * manners.count
        let mixed = service % total * 7_919 % total
        let name =
            procedures[mixed % procedures.count] + " "
            + sites[mixed / procedures.count % sites.count] + " "
            + manners[mixed / (procedures.count * sites.count)]
        return service < total ? name : name + " \(service / total + 1)"
    }

    /// Whether a service was given up; the next one replaced it.
    func isRetired(_ service: Int) -> Bool {
        var random = RandomStream(seed: seed &+ 3, domain: .services, index: service)
        return service + 1 < count && random.chance(200)
    }

    func write(to path: String) throws -> Int {
        let isRelative = locale == .ir || locale == .fr
        var table = try RegistryTable(
            path: path,
            header: "code,valid_from,valid_to,name.\(words.language),system,version,group,status,"
                + "replaced_by,tariff.base,currency" + (isRelative ? ",relative_value.total" : ""))
        for service in 0..<count {
            var random = RandomStream(seed: seed, domain: .services, index: service)
            let base = random.pick(20...4_000) * (words.currency == "EUR" ? 5 : 50)
            let isRetired = isRetired(service)
            let first = random.chance(5_000) ? 2024 : 2025
            for year in first...(isRetired ? 2025 : 2026) {
                table.append(code(of: service))
                table.append(String(year), "-01-01")
                // The last year of a service in use has no known end.
                if year == 2026 { table.skip() } else { table.append(String(year), "-12-31") }
                table.append(name(of: service))
                table.append(words.serviceAuthority)
                table.append(year)
                table.append(words.serviceGroups[service % words.serviceGroups.count])
                table.append(isRetired ? "retired" : "active")
                if isRetired {
                    table.append(words.serviceAuthority, ":", code(of: service + 1))
                } else {
                    table.skip()
                }
                let price = base * (100 + (year - 2024) * 4) / 100
                table.append(String(price), ".", RegistryCode.padded(base % 2 * 50, 2))
                table.append(words.currency)
                if isRelative {
                    table.append(
                        String(base / 100 + year - 2024), ".",
                        RegistryCode.padded(random.below(100), 2))
                }
                try table.endRow()
            }
        }
        try table.finish()
        return table.rows
    }
}
