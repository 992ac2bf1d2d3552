/// One of the groups of a provider's entry, such as a specialty: what it says, on some days.
///
/// Days are texts `YYYY-MM-DD`, whose order is that of time.
struct DatedItem {
    private let value: JSONValue

    /// The items under a field of an entry.
    static func items(_ content: EntryContent, _ field: String) -> [DatedItem] {
        (content[field]?.array ?? []).map(DatedItem.init)
    }

    private init(_ value: JSONValue) { self.value = value }

    /// The text of a field; empty where it says nothing of it.
    subscript(field: String) -> String { value[field]?.string ?? "" }

    /// The first and the last day; empty where none is known.
    var from: String { self["from"] }
    var through: String { self["through"] }

    /// Whether a day lies in it, both ends included.
    func contains(_ day: String) -> Bool { !isOver(on: day) && !isToCome(on: day) }

    /// Whether it has ended before a day.
    func isOver(on day: String) -> Bool { !through.isEmpty && through < day }

    /// Whether it begins after a day.
    func isToCome(on day: String) -> Bool { !from.isEmpty && from > day }

    /// Writes the days, as answers have them.
    func writeDays(to writer: inout JSONWriter) {
        if !from.isEmpty {
            writer.key("valid_from")
            writer.string(from)
        }
        if !through.isEmpty {
            writer.key("valid_to")
            writer.string(through)
        }
    }
}
