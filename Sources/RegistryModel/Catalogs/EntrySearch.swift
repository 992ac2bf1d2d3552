/// What is looked for among the entries of a kind; all that is stated must hold.
package struct EntrySearch: Hashable, Sendable {
    /// A field and the value that it must have.
    package struct Condition: Hashable, Sendable {
        package var field: String
        /// Without regard to case and accents; what a final `*` leaves open may be anything.
        package var value: String

        /// Creates a condition.
        package init(field: String, value: String) {
            self.field = field
            self.value = value
        }
    }

    /// Nearness to a point.
    package struct Nearness: Hashable, Sendable {
        package var point: GeographicPoint
        package var kilometres: Double

        /// Creates a nearness.
        package init(point: GeographicPoint, kilometres: Double) {
            self.point = point
            self.kilometres = kilometres
        }
    }

    package var kind: CatalogKind
    /// The catalog of this authority alone; nil for all of the kind.
    package var catalog: String?
    /// Words that must stand in it, in any order and, with small errors, in any spelling.
    package var text = ""
    /// What the code begins with.
    package var codePrefix = ""
    package var conditions: [Condition] = []
    /// Places among which, or below which, it lies.
    package var places: [EntryReference] = []
    /// Services that it offers.
    package var services: [EntryReference] = []
    /// Entries above it, by the name of the hierarchy, which is empty where there is but one.
    package var ancestors: [Ancestor] = []
    /// The drug in whose place it may be given.
    package var substituted: EntryReference?
    package var nearness: Nearness?
    /// When it must be open, in minutes of the day; nil for whenever.
    package var openMinute: Int?
    /// The day on which it must be valid, in days since 1970-01-01; nil for today.
    package var day: Int32?
    package var limit: Int
    /// The last entry that the asker has.
    package var after: SearchPlace?

    /// An entry above another one.
    package struct Ancestor: Hashable, Sendable {
        package var hierarchy: String
        package var entry: EntryReference

        /// Creates an ancestor.
        package init(hierarchy: String, entry: EntryReference) {
            self.hierarchy = hierarchy
            self.entry = entry
        }
    }

    /// Creates a search for all entries of a kind.
    package init(_ kind: CatalogKind, limit: Int = EntrySearch.limitDefault) {
        self.kind = kind
        self.limit = limit
    }

    /// What is searched, and answered by code from memory; providers and members are persons, and looked
    /// for as such.
    package static let kinds: [CatalogKind] = [.place, .facility, .service, .drug]

    /// The most entries of one answer, and how many where it is not said.
    package static let limitMax = 1_000
    package static let limitDefault = 20
    /// The most words of a text.
    package static let wordsMax = 16
    /// The largest distance, half around the earth.
    package static let kilometresMax = 20_038.0
}

/// A point of the earth in decimal degrees.
package struct GeographicPoint: Hashable, Sendable {
    package var latitude: Double
    package var longitude: Double

    /// Creates a point; nil beyond the poles or more than once around.
    package init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The point of a text `LAT,LON`; nil for other texts.
    package init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1])
        else { return nil }
        self.init(latitude: latitude, longitude: longitude)
    }
}
