package import Identity

/// Encodes records for a population, one thread's share of them.
///
/// Each thread has its own words, so that no table is shared; the population gives them one
/// numbering in the end.
package struct RecordEncoder: Sendable {
    private var encoder = PersonEncoder()
    private(set) var tokens = TokenTable()
    private var persons: [EncodedPerson] = []
    /// The number of the encoder among those of a population.
    let number: Int

    init(number: Int) { self.number = number }

    /// Encodes a record behind those before it.
    package mutating func append(_ person: PersonRecord) {
        persons.append(encoder.encode(person, tokens: &tokens))
    }

    /// The records encoded since the last call.
    package mutating func takePiece() -> EncodedPiece {
        defer {
            let capacity = persons.count
            persons = []
            persons.reserveCapacity(capacity)
        }
        return EncodedPiece(encoder: number, persons: persons)
    }

    /// Encodes a record that is in no piece.
    mutating func encode(_ person: PersonRecord) -> EncodedPerson {
        encoder.encode(person, tokens: &tokens)
    }
}

/// Records that one encoder encoded one after another.
package struct EncodedPiece: Sendable {
    /// The number of the encoder whose words they have.
    let encoder: Int
    let persons: [EncodedPerson]

    /// The number of records.
    package var count: Int { persons.count }
}
