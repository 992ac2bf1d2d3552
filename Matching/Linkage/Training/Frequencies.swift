/// Measures how common names and places are in a population.
enum Frequencies {
    /// Fills the frequency tables of a model.
    static func measure(_ population: Population, into model: inout LinkageModel) {
        var given = [Int](repeating: 0, count: population.tokens.count)
        var family = given
        var places: [UInt32: Int] = [:]
        for person in population.persons {
            for index in 0..<2 {
                given[Int(person.givenNames[index])] += 1
                family[Int(person.surnames[index])] += 1
            }
            if person.municipality != 0 { places[person.municipality, default: 0] += 1 }
        }
        model.givenFrequencies = table(given, population.tokens)
        model.familyFrequencies = table(family, population.tokens)
        let total = places.values.reduce(0, +)
        model.municipalityFrequencies = FrequencyTable(
            counts: places.map { (UInt64($0.key), $0.value) }, total: total)
    }

    private static func table(_ counts: [Int], _ tokens: TokenTable) -> FrequencyTable {
        var listed: [(hash: UInt64, count: Int)] = []
        var total = 0
        for number in 1..<max(1, counts.count) where counts[number] > 0 {
            listed.append((tokens.entries[number].hash, counts[number]))
            total += counts[number]
        }
        return FrequencyTable(counts: listed, total: total)
    }
}
