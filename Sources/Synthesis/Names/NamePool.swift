/// A word of a country's name lists: a given name, a surname, a street.
struct Name: Hashable {
    let rawValue: UInt32

    /// No name.
    static let none = Name(rawValue: .max)

    /// Whether there is a name.
    var exists: Bool { self != .none }
}

/// All words of a country, back to back in one buffer.
///
/// Persons refer to words by number, so that the inner loops touch no string.
struct NamePool {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var byText: [String: Name] = [:]

    /// The number of words.
    var count: Int { ends.count }

    /// The number of a word, which is added if it is new.
    mutating func intern(_ text: String) -> Name {
        if let known = byText[text] { return known }
        let name = Name(rawValue: UInt32(ends.count))
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
        byText[text] = name
        return name
    }

    /// The words of a list: separated by white space, with `_` for a space within a word.
    mutating func intern(list: String) -> [Name] {
        list.split(whereSeparator: \.isWhitespace).map {
            intern(String($0.map { $0 == "_" ? " " : $0 }))
        }
    }

    /// The names of a list, each at its first place alone.
    static func withoutRepeats(_ names: [Name]) -> [Name] {
        var seen = Set<Name>()
        return names.filter { seen.insert($0).inserted }
    }

    /// The number of a word that is in the pool.
    func find(_ text: String) -> Name? { byText[text] }

    /// Appends a word's bytes.
    @inline(__always)
    func append(_ name: Name, to buffer: inout [UInt8]) {
        guard name.exists else { return }
        let place = Int(name.rawValue)
        let start = place == 0 ? 0 : ends[place - 1]
        buffer.append(contentsOf: bytes[start..<ends[place]])
    }
}

/// Names with their frequencies.
struct NamePicker {
    /// The names, the commonest first.
    let names: [Name]
    private let picker: WeightedPicker

    /// Creates a picker whose weights fall with the rank as 1 / (rank + flatness).
    init(_ names: [Name], flatness: Int) {
        self.names = names
        picker = WeightedPicker(
            weights: names.indices.map { 1_000_000_000 / UInt64($0 + 1 + flatness) })
    }

    /// Creates a picker of a listed head and a long tail.
    ///
    /// The tail's weights go on from the head's last one and fall as rank to the power of -1.5, or
    /// as the plain reciprocal where the tail is heavy.
    init(head: [Name], tail: [Name], flatness: Int, heavyTail: Bool) {
        names = head + tail
        let turn = UInt64(head.count + flatness)
        var weights = head.indices.map { 1_000_000_000 / UInt64($0 + 1 + flatness) }
        for place in tail.indices {
            let rank = turn + UInt64(place) + 1
            let steepness = heavyTail ? 1000 : NamePicker.squareRoot(1_000_000 * turn / rank)
            weights.append(1_000_000 * steepness / rank)
        }
        picker = WeightedPicker(weights: weights)
    }

    /// Draws a name.
    @inline(__always)
    func pick(_ random: inout RandomStream) -> Name { names[picker.pick(&random)] }

    /// The integer square root, by Newton's method.
    private static func squareRoot(_ value: UInt64) -> UInt64 {
        guard value > 1 else { return value }
        var root = value
        var next = (root + 1) / 2
        while next < root {
            root = next
            next = (root + value / root) / 2
        }
        return root
    }
}
