/// Which registries to generate, and how large.
package struct RegistryOptions: Sendable {
    package var locale: SynthesisLocale
    /// The same seed gives the same bytes; the persons covered are those of the population of this seed.
    package var seed: UInt64
    /// Municipalities; the divisions above them come beside.
    package var places = 1_000
    package var facilities = 2_000
    package var providers = 5_000
    package var services = 1_000
    /// Medicines, their packs and equipment.
    package var drugs = 3_000
    /// Members of the insurer.
    package var coverage = 5_000

    /// Creates options of a middling size.
    package init(locale: SynthesisLocale, seed: UInt64) {
        self.locale = locale
        self.seed = seed
    }

    /// What a demonstration needs: small enough for a blink, large enough to search in.
    package static func sample(locale: SynthesisLocale, seed: UInt64 = 1) -> RegistryOptions {
        var options = RegistryOptions(locale: locale, seed: seed)
        options.places = 120
        options.facilities = 300
        options.providers = 400
        options.services = 200
        options.drugs = 300
        options.coverage = 400
        return options
    }
}

/// One file that was generated.
package struct GeneratedRegistry: Hashable, Sendable {
    /// The file's name within its folder.
    package var fileName: String
    /// The kind of its entries, as commands have it: `facilities`; `records` for an
    /// extract of providers as persons, which is loaded.
    package var kind: String
    /// Whose codes its entries have; of an extract its source.
    package var authority: String
    package var rows: Int
}
