/// The folding rules of the living scripts as a table in two levels: page, then code point.
///
/// Pages of ideographs, Hangul, private use and beyond the Basic Multilingual Plane have no entry:
/// what they hold is kept as it is.
///
/// The table is made once and stays until the program ends. It holds addresses, not arrays: the
/// reference counts of arrays, which every fold would raise and lower, are one cache line that all
/// threads would fight for.
struct FoldingTable: @unchecked Sendable {  // Nothing writes to what the addresses name.
    /// Where a code point's folded bytes lie in `FoldingTable.bytes`.
    struct Entry: Equatable, Sendable {
        var start: UInt16
        var count: UInt8
        var isSeparator: Bool
    }

    /// The page of each value of a code point's high byte; page 0 serves all without one.
    private let pages: UnsafeBufferPointer<UInt8>
    private let entries: UnsafeBufferPointer<Entry>
    /// The folded texts, each once.
    let bytes: UnsafeBufferPointer<UInt8>

    static let shared = FoldingTable()

    private static let coveredPages: [ClosedRange<Int>] = [
        0x00...0x30, 0xA6...0xA7, 0xAB...0xAB, 0xFB...0xFF,
    ]

    private init() {
        let rules = FoldingRules()
        var starts: [String: UInt16] = [:]
        var pages = [UInt8](repeating: 0, count: 256)
        var entries = Array(repeating: Entry(start: 0, count: 0, isSeparator: false), count: 256)
        var bytes: [UInt8] = []
        for page in FoldingTable.coveredPages.joined() {
            pages[page] = UInt8(entries.count >> 8)
            for low in 0..<256 {
                var entry = Entry(start: 0, count: 0, isSeparator: false)
                if let scalar = Unicode.Scalar(UInt32(page << 8 | low)) {
                    switch rules.outcome(for: scalar) {
                    case .dropped: break
                    case .separator: entry.isSeparator = true
                    case .text(let text):
                        entry.count = UInt8(text.utf8.count)
                        entry.start = starts[text] ?? UInt16(bytes.count)
                        if starts.updateValue(entry.start, forKey: text) == nil {
                            bytes += text.utf8
                        }
                    }
                }
                entries.append(entry)
            }
        }
        self.pages = FoldingTable.kept(pages)
        self.entries = FoldingTable.kept(entries)
        self.bytes = FoldingTable.kept(bytes)
    }

    /// A copy that is never freed.
    private static func kept<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
        _ = copy.initialize(from: elements)
        return UnsafeBufferPointer(copy)
    }

    /// The entry of a code point, or nil where the code point is kept as it is.
    @inline(__always)
    func entry(of codePoint: UInt32) -> Entry? {
        guard codePoint < 0x1_0000 else { return nil }
        let page = pages[Int(codePoint >> 8)]
        guard page != 0 else { return nil }
        return entries[Int(page) << 8 | Int(codePoint & 0xFF)]
    }
}
