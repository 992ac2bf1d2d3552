/// A hash table from keys that lie elsewhere to slots, a key under several slots allowed.
///
/// It holds the upper half of each key's hash beside the slot; the caller compares the key itself,
/// so that a table of identifiers holds no identifier. Linear probing, at most 70 % full.
struct SlotTable {
    private var entries: [UInt64]
    private(set) var count = 0

    /// Creates an empty table.
    init() { entries = Array(repeating: 0, count: 64) }

    private var mask: Int { entries.count - 1 }

    private static func fingerprint(_ hash: UInt64) -> UInt64 { hash & 0xFFFF_FFFF_0000_0000 }

    /// The place where the probe of a hash begins, from bits that the entry keeps.
    private func home(_ entry: UInt64) -> Int {
        Int(truncatingIfNeeded: (entry >> 32) &* 0x9E37_79B9_7F4A_7C15 >> 24) & mask
    }

    /// Adds a slot under a hash.
    mutating func insert(_ slot: UInt32, hash: UInt64) {
        precondition(slot < .max, "slots are below 2^32 - 1")
        if (count + 1) * 10 > entries.count * 7 { grow() }
        place(SlotTable.fingerprint(hash) | UInt64(slot + 1))
        count += 1
    }

    /// The slots under a hash for which a closure says that the key is theirs.
    func first(hash: UInt64, where isKey: (UInt32) -> Bool) -> UInt32? {
        let fingerprint = SlotTable.fingerprint(hash)
        var place = home(fingerprint)
        while entries[place] != 0 {
            let entry = entries[place]
            if SlotTable.fingerprint(entry) == fingerprint {
                let slot = UInt32(truncatingIfNeeded: entry) - 1
                if isKey(slot) { return slot }
            }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Takes a slot under a hash away.
    mutating func remove(_ slot: UInt32, hash: UInt64) {
        let wanted = SlotTable.fingerprint(hash) | UInt64(slot + 1)
        var place = home(wanted)
        while entries[place] != wanted {
            guard entries[place] != 0 else { return }
            place = (place + 1) & mask
        }
        // Entries behind the gap move up until each can be found again from its home.
        var gap = place
        var next = (gap + 1) & mask
        while entries[next] != 0 {
            let distance = (next - home(entries[next])) & mask
            if distance >= (next - gap) & mask {
                entries[gap] = entries[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        entries[gap] = 0
        count -= 1
    }

    private mutating func place(_ entry: UInt64) {
        var place = home(entry)
        while entries[place] != 0 { place = (place + 1) & mask }
        entries[place] = entry
    }

    private mutating func grow() {
        let old = entries
        entries = Array(repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 { place(entry) }
    }
}

/// Hashes of the index's keys: FNV-1a, finished by SplitMix64, under a seed of the process.
///
/// The seed keeps anybody outside from choosing identifiers that collide.
enum KeyHash {
    private static let seed = UInt64.random(in: 0 ... .max)

    /// The hash of a text of a kind.
    static func hash(_ kind: UInt64, _ text: Span<UInt8>) -> UInt64 {
        var hash = 0xcbf2_9ce4_8422_2325 ^ seed &+ kind &* 0x9E37_79B9_7F4A_7C15
        for index in text.indices {
            hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3
        }
        return finish(hash)
    }

    /// The hash of a text of a kind.
    static func hash(_ kind: UInt64, _ text: String) -> UInt64 {
        let bytes = text.utf8
        return hash(kind, bytes.span)
    }

    /// The hash of a number.
    static func hash(_ number: UInt64) -> UInt64 { finish(number ^ seed) }

    private static func finish(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
