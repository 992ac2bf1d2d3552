internal import Identity

/// The days on which an entry is valid, both ends included.
package struct EntryPeriod: Hashable, Sendable {
    /// The first day, in days since 1970-01-01; nil where it has been valid always.
    package let from: Int32?
    /// The last day; nil where no end is known.
    package let through: Int32?

    /// Without beginning and end.
    package static let always = EntryPeriod(unchecked: nil, nil)

    private init(unchecked from: Int32?, _ through: Int32?) {
        self.from = from
        self.through = through
    }

    /// Creates a period; nil where it would end before it begins.
    package init?(from: Int32?, through: Int32?) {
        if let from, let through, from > through { return nil }
        self.init(unchecked: from, through)
    }

    /// Whether a day lies in it.
    package func contains(_ day: Int32) -> Bool {
        (from.map { $0 <= day } ?? true) && (through.map { $0 >= day } ?? true)
    }

    /// Whether two periods have a day in common.
    package func overlaps(_ other: EntryPeriod) -> Bool {
        let beginsInTime = from.map { from in other.through.map { from <= $0 } ?? true } ?? true
        let endsLate = through.map { through in other.from.map { $0 <= through } ?? true } ?? true
        return beginsInTime && endsLate
    }

    /// The part before a day; nil where there is none.
    package func before(_ day: Int32) -> EntryPeriod? {
        EntryPeriod(from: from, through: min(through ?? .max, day - 1))
    }

    /// A day as it is written, `YYYY-MM-DD`.
    package static func text(_ day: Int32) -> String {
        PartialDate(CalendarDate(dayNumber: day)).text
    }
}
