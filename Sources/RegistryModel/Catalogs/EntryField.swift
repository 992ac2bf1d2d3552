/// One field of a catalog's entries: what it is called, what it may hold, what it serves.
package struct EntryField: Hashable, Sendable {
    /// What a field may hold, as JSON; a CSV column holds the same as text.
    package indirect enum Form: Hashable, Sendable {
        /// A string.
        case text
        /// An object of strings by language (BCP 47); `und` where none is stated. Column `name.fa`.
        case localized
        /// One of some words.
        case choice([String])
        case integer
        /// A number as exact text: `12.50`.
        case decimal
        /// A day as `YYYY-MM-DD`.
        case day
        /// `true` or `false`.
        case flag
        /// An entry of another catalog, or of this one: `AUTHORITY:CODE`.
        case reference(CatalogKind)
        /// A person's or thing's identifiers: an object of arrays by authority. Column `id.AUTHORITY`.
        case identifiers
        /// An array; as text its elements with ` | ` between them.
        case list(Form)
        /// An object of values by a word. Column `beds.intensive`.
        case keyed(Form)
        /// An object of fields; as text its JSON.
        case group([EntryField])
    }

    /// Lower case, words joined by underscores: the JSON key and the column's name.
    package var name: String
    package var form: Form
    package var isRequired = false
    /// Whether text search looks into it.
    package var isSearched = false
    /// Whether `FIND` selects by it: `FIND facility level=III-1`.
    package var isAttribute = false
    /// The authority whose codes its texts are; nil where they are free.
    package var codesOf: String?

    /// Creates a field.
    package init(
        _ name: String, _ form: Form, isRequired: Bool = false, isSearched: Bool = false,
        isAttribute: Bool = false, codesOf: String? = nil
    ) {
        self.codesOf = codesOf
        self.name = name
        self.form = form
        self.isRequired = isRequired
        self.isSearched = isSearched
        self.isAttribute = isAttribute
    }
}

/// The fields of a kind of entries, in the order in which they are written.
///
/// `code`, `valid_from` and `valid_to` stand beside them in every format and are not among them.
package struct EntrySchema: Hashable, Sendable {
    package let fields: [EntryField]
    /// The places of fields by their names; empty where there are few.
    private let places: [String: Int]

    /// Fields that are looked through quicker than they are hashed.
    private static let fewFields = 6

    /// Creates a schema.
    package init(_ fields: [EntryField]) {
        self.fields = fields
        places =
            fields.count <= EntrySchema.fewFields
            ? [:] : Dictionary(uniqueKeysWithValues: fields.indices.map { (fields[$0].name, $0) })
    }

    /// The field of a name.
    package func field(named name: String) -> EntryField? { place(of: name).map { fields[$0] } }

    /// Where a field stands among the others; nil for a name of none.
    package func place(of name: String) -> Int? {
        places.isEmpty ? fields.firstIndex { $0.name == name } : places[name]
    }
}
