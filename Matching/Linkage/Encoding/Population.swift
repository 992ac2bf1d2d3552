/// Encoded records with the words of their names, ready to be compared.
package struct Population: Sendable {
    var tokens = TokenTable()
    var persons: [EncodedPerson] = []
    /// The number of each record's source in `sourceNames`.
    var sources: [UInt16] = []
    package internal(set) var sourceNames: [String] = []

    /// The number of records; a record's slot is its place in the order of arrival.
    package var count: Int { persons.count }
}
