import Synthesis

/// A list of distinct names made from syllables, with the lengths and letter frequencies of names.
///
/// A benchmark must not depend on a file; what it measures is lengths, shared letters and prefixes.
enum GeneratedNames {
    private static let openings = [
        "Al", "An", "Be", "Ca", "Car", "Da", "E", "Fer", "Gon", "Gu", "Her", "I", "Jo", "Ju", "La",
        "Lu", "Ma", "Mar", "Mi", "Na", "Pa", "Pe", "Ra", "Ro", "Ro", "Sa", "San", "To", "Va", "Vi",
    ]
    private static let middles = [
        "", "", "ber", "ca", "ci", "dri", "gue", "la", "li", "lle", "man", "mi", "na", "nan", "ni",
        "ra", "ri", "rre", "san", "ta", "te", "ti", "va", "zá",
    ]
    private static let endings = [
        "a", "ano", "de", "dez", "do", "el", "ez", "ia", "la", "les", "lez", "llo", "na", "nes",
        "no",
        "nte", "o", "ra", "ro", "ríguez", "s", "ta", "to", "z",
    ]

    /// Distinct names, the same in every run.
    static func make(count: Int) -> [String] {
        var generator = RandomStream(seed: 7, domain: .benchmark, index: 0)
        var seen: Set<String> = []
        var names: [String] = []
        while names.count < count {
            var name = openings[Int.random(in: 0..<openings.count, using: &generator)]
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                name += middles[Int.random(in: 0..<middles.count, using: &generator)]
            }
            name += endings[Int.random(in: 0..<endings.count, using: &generator)]
            if seen.insert(name).inserted { names.append(name) }
        }
        return names
    }
}
