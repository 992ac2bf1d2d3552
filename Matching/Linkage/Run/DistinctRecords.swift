/// The records of a population without exact copies.
///
/// A copy says what its first says: whatever matches one matches the other. So a block of a million
/// equal records costs nothing.
struct DistinctRecords: Sendable {
    /// The first of each group of equal records, in the order of slots.
    private(set) var members: [UInt32] = []
    /// Groups of equal records, in the order of their first.
    private(set) var copies: [(first: UInt32, copies: [UInt32])] = []

    /// The number of copies of each record that has some.
    var copyCounts: [UInt32: Int] {
        Dictionary(uniqueKeysWithValues: copies.map { ($0.first, $0.copies.count) })
    }

    init(_ population: Population) {
        var firsts: [UInt64: UInt32] = [:]
        firsts.reserveCapacity(population.count)
        var groups: [UInt32: Int] = [:]
        for slot in 0..<UInt32(population.count) {
            let hash = population.persons[Int(slot)].contentHash
            guard let first = firsts[hash] else {
                firsts[hash] = slot
                members.append(slot)
                continue
            }
            if let group = groups[first] {
                copies[group].copies.append(slot)
            } else {
                groups[first] = copies.count
                copies.append((first, [slot]))
            }
        }
    }
}
