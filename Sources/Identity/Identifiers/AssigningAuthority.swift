/// Who gives out identifiers of one kind, and how their values are written and checked.
package struct AssigningAuthority: Hashable, Sendable {
    /// Who or what an authority numbers.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Persons of a country.
        case national
        /// Persons of a part of a country.
        case regional
        /// Persons within one facility or system.
        case facility
        /// Persons as members of an insurer.
        case insurer
        /// Travellers: passports.
        case passport
        /// Health workers, organisations, products and terms: never persons as patients.
        case provider, organization, product, terminology
    }

    /// Values that stand for "unknown" and identify nobody.
    package struct PlaceholderRule: Hashable, Sendable {
        /// All characters but separators are the same digit, like 1111111111.
        package var repeatedDigits: Bool
        /// All of nine or more digits count up or down, like 1234567890 or 987654321.
        package var runs: Bool
        /// Canonical values besides.
        package var values: Set<String>

        /// Creates a rule; without arguments the one that serves most authorities.
        package init(repeatedDigits: Bool = true, runs: Bool = true, values: Set<String> = []) {
            self.repeatedDigits = repeatedDigits
            self.runs = runs
            self.values = values
        }
    }

    /// Lower-case letters, digits and hyphens.
    package var code: String
    /// Names by language code (ISO 639-1).
    package var names: [String: String]
    /// The object identifier in HL7 messages, empty where none is known.
    package var oid: String
    /// The system URI in FHIR, empty where none is known.
    package var uri: String
    package var kind: Kind
    package var format: IdentifierFormat
    package var placeholders: PlaceholderRule
    /// Whether one value may lawfully stand on the records of several persons.
    package var bearersMayShare: Bool
    /// Whether its numbers are of tests and demonstrations, which must never meet those of persons.
    package var isTest: Bool

    /// Creates an authority.
    package init(
        code: String, names: [String: String] = [:], oid: String = "", uri: String = "",
        kind: Kind, format: IdentifierFormat, placeholders: PlaceholderRule = PlaceholderRule(),
        bearersMayShare: Bool = false, isTest: Bool = false
    ) {
        self.code = code
        self.names = names
        self.oid = oid
        self.uri = uri
        self.kind = kind
        self.format = format
        self.placeholders = placeholders
        self.bearersMayShare = bearersMayShare
        self.isTest = isTest
    }

    /// Whether a valid value tells one person from all others of a country.
    package var distinguishesPersons: Bool { kind == .national && !bearersMayShare }

    /// Whether a valid value tells one health worker from all others of a country.
    ///
    /// Numbers that nothing checks do not: one digit mistyped is another valid one.
    package var distinguishesProviders: Bool {
        guard kind == .provider, !bearersMayShare else { return distinguishesPersons }
        return switch format {
        case .luhn, .checked, .frenchNationalProvider: true
        default: false
        }
    }

    /// Appends the canonical form of a value and grades it.
    ///
    /// Canonical is: no blanks, dots or other separators but the authority's own hyphen, upper
    /// case, ASCII digits, leading zeros restored. A value of another format keeps its folded
    /// letters and digits, so that equal writings stay equal.
    package func normalise(
        _ value: Span<UInt8>, into output: inout [UInt8]
    ) -> IdentifierFinding {
        let start = output.count
        NameFolding.foldAlphanumerics(value, into: &output)
        guard output.count > start else { return .empty }
        if isPlaceholder(output.span.extracting(start...)) { return .placeholder }
        let finding = format.canonicalise(&output, from: start)
        guard !placeholders.values.isEmpty else { return finding }
        let canonical = String(decoding: output[start...], as: UTF8.self)
        return placeholders.values.contains(canonical) ? .placeholder : finding
    }

    /// The canonical form of one value and its grade.
    package func assess(_ value: String) -> IdentifierAssessment {
        var output: [UInt8] = []
        let finding = normalise(value.utf8.span, into: &output)
        return IdentifierAssessment(
            canonical: String(decoding: output, as: UTF8.self), finding: finding)
    }

    /// Whether folded letters and digits follow one of the patterns of placeholders.
    private func isPlaceholder(_ value: Span<UInt8>) -> Bool {
        guard value.count > 2, CheckDigits.areDigits(value) else { return false }
        var step = Int(value[1]) - Int(value[0])
        guard abs(step) <= 1 || abs(step) == 9 else { return false }
        if abs(step) == 9 { step = -step.signum() }
        for index in 1..<value.count {
            let digit = (Int(value[index - 1]) - 0x30 + step + 10) % 10
            if Int(value[index]) - 0x30 != digit { return false }
        }
        return step == 0 ? placeholders.repeatedDigits : placeholders.runs && value.count >= 9
    }
}
