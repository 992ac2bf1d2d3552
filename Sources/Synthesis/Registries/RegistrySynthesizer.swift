internal import Extracts
internal import Glibc

/// Writes the registries of one country, invented from its words, into a folder.
///
/// Codes have their authorities' formats and check digits, and entries refer to one another; no
/// text of a real catalog is among them. The same options give the same bytes.
package struct RegistrySynthesizer {
    private let options: RegistryOptions

    /// Creates a synthesizer.
    package init(options: RegistryOptions) { self.options = options }

    /// Writes a file for each registry, and the employers' lists of providers as an extract.
    ///
    /// - Parameters:
    ///   - folder: Where the files appear; it is made where there is none.
    ///   - progress: Is told the name of each file before it is written.
    /// - Returns: What was written, in the order in which it is to be imported.
    /// - Throws: `ExtractError` where a file cannot be written.
    package func write(
        to folder: String, progress: (String) -> Void = { _ in }
    ) throws -> [GeneratedRegistry] {
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw ExtractError.writeFailed(path: folder, reason: "it cannot be made")
        }
        let words = RegistryWords.of(options.locale)
        let places = PlaceRegister(words: words, options: options)
        let services = ServiceRegister(words: words, options: options)
        let facilities = FacilityRegister(
            words: words, options: options, places: places, services: services)
        let drugs = DrugRegister(words: words, options: options)
        let providers = ProviderRegister(words: words, options: options, facilities: facilities)
        let coverage = CoverageRegister(words: words, options: options)
        var written: [GeneratedRegistry] = []
        func add(
            _ name: String, _ kind: String, _ authority: String, _ write: (String) throws -> Int
        ) throws {
            progress(name)
            written.append(
                GeneratedRegistry(
                    fileName: name, kind: kind, authority: authority,
                    rows: try write("\(folder)/\(name)")))
        }
        try add("places.csv", "places", words.placeAuthority, places.write)
        try add("services.csv", "services", words.serviceAuthority, services.write)
        try add("facilities.csv", "facilities", words.facilityAuthority, facilities.write)
        try add("drugs.csv", "drugs", words.drugAuthority, drugs.write)
        var listed = 0
        try add("providers.csv", "providers", words.providerSource) { path in
            let rows = try providers.write(to: path, staff: "\(folder)/provider-staff.csv")
            listed = rows.staff
            return rows.register
        }
        try add("provider-staff.csv", "records", words.staffSource) { _ in listed }
        try add("coverage.csv", "coverage", words.insurer, coverage.write)
        return written
    }

    /// Writes small registries of a country for a demonstration, in well under a second.
    package static func writeSample(
        locale: SynthesisLocale, seed: UInt64 = 1, to folder: String
    ) throws -> [GeneratedRegistry] {
        try RegistrySynthesizer(options: .sample(locale: locale, seed: seed)).write(to: folder)
    }
}
