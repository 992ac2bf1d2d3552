/// The countries whose populations can be generated.
package enum SynthesisLocale: String, CaseIterable, Sendable {
    case cl, pe, fr, ir
}

/// What to generate.
package struct SynthesisOptions: Sendable {
    /// The number of persons.
    package var persons: Int
    /// The country.
    package var locale: SynthesisLocale
    /// The same seed gives the same bytes.
    package var seed: UInt64
    /// How often each error strikes.
    package var rates: ErrorRates
    /// The most people whose rows of one source are shuffled together; bounds the memory.
    package var windowPersonsMax = 65_536

    /// Creates options with the documented error rates.
    package init(
        persons: Int, locale: SynthesisLocale, seed: UInt64, rates: ErrorRates = .documented
    ) {
        precondition(persons >= 0, "a population has no negative size")
        self.persons = persons
        self.locale = locale
        self.seed = seed
        self.rates = rates
    }
}

/// What was generated.
package struct SynthesisSummary: Sendable {
    /// Persons of the population; each has at least one record.
    package var persons = 0
    /// Rows of the extract.
    package var records = 0
    /// How often each kind of error could strike and did.
    package var errors = ErrorCounts()
}
