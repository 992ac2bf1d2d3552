import CMemory

/// Encoded records with the words of their names, ready to be compared.
package struct Population: Sendable {
    var tokens = TokenTable()
    var persons: [EncodedPerson] = []
    /// The number of each record's source in `sourceNames`.
    var sources: [UInt16] = []
    package internal(set) var sourceNames: [String] = []

    /// A population without records.
    package static var none: Population { Population() }

    /// The number of records; a record's slot is its place in the order of arrival.
    package var count: Int { persons.count }
}

extension Population {
    /// Asks for a record to be fetched from memory, ahead of its use.
    @inline(__always)
    func prefetch(_ slot: UInt32) {
        persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            let record = UnsafeRawPointer(base + Int(slot))
            padron_prefetch(record)
            padron_prefetch(record + 64)
        }
    }
}
