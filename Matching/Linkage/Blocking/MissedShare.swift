/// How many links the blocking rules miss, told from those they found.
///
/// As many links as one rule alone holds, and two rules, so many are held by none: at least
/// f1² / 2 f2 (Chao, Scandinavian Journal of Statistics 11, 1984).
struct MissedShare: Sendable {
    /// Links from which the share can be told.
    static let linksMin = 1_000
    /// Records from which one link in eight is looked at.
    private static let sampledRecords = 1 << 20

    /// Links looked at, and those of them that one rule holds, or two.
    private(set) var links = 0
    private(set) var once = 0
    private(set) var twice = 0

    /// Whether a link is looked at, by the contents of its records.
    @inline(__always)
    static func looksAt(_ content: UInt64, records: Int) -> Bool {
        records < sampledRecords || TextHash.mix(content) & 7 == 0
    }

    /// Adds a link by the keys of its records.
    mutating func add(_ left: BlockingKeys, _ right: BlockingKeys) {
        let equal = (left .== right) .& (left .!= BlockingKeys.zero)
        var rules = 0
        for rule in 0..<BlockingRule.count where equal[rule] { rules += 1 }
        links += 1
        if rules == 1 { once += 1 } else if rules == 2 { twice += 1 }
    }

    /// Adds what another thread saw.
    mutating func add(_ other: MissedShare) {
        links += other.links
        once += other.once
        twice += other.twice
    }

    /// The estimated share of links whose records no rule brings together; nil where there are too few
    /// links to tell.
    var estimate: Double? {
        guard links >= Self.linksMin else { return nil }
        let missed = Double(once * once) / Double(2 * max(1, twice))
        return missed / (Double(links) + missed)
    }
}
