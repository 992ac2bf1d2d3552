internal import Foundation
internal import Identity
internal import RegistryModel

/// What the index takes from an entry's content: words, terms and position.
///
/// A *term* is a field and a value under it: an attribute without regard to case and accents, a
/// reference as it is written, an identifier in its authority's canonical form.
struct EntryIndexing {
    /// Where a word stands: names count before aliases, aliases before the rest.
    enum WordClass: UInt32 {
        case name = 0
        case alias = 1
        case other = 2
    }

    /// What of contents is indexed.
    struct Parts: OptionSet {
        let rawValue: Int

        static let words = Parts(rawValue: 1)
        static let terms = Parts(rawValue: 2)
        static let all: Parts = [.words, .terms]
    }

    /// The number of word classes, and the bits that one takes beside a word.
    static let classBits: UInt32 = 2

    private struct Role {
        var word: WordClass?
        /// The term field of a value that stands under no key; nil where it makes no term.
        var term: UInt8?
        var isReference = false
        /// A member of a group that makes a term, by key.
        var members: [(key: [UInt8], term: UInt8, isReference: Bool)] = []
        /// Whether keys stand beside the field's name in the term field: `parent.network`.
        var isKeyed = false
        var isIdentifier = false
        var isLatitude = false
        var isLongitude = false
    }

    /// The names of the term fields, by number.
    private(set) var termFields: [String] = []
    private(set) var words = PackedDictionary()
    private(set) var terms = PackedDictionary()
    private(set) var wordNumbers: [UInt32] = []
    private(set) var termNumbers: [UInt32] = []
    private(set) var termRows: [UInt32] = []
    /// The position of the row at hand; not-a-number where it has none.
    private(set) var latitude = Double.nan
    private(set) var longitude = Double.nan

    private let authorities: AuthorityDirectory
    private let parts: Parts
    private let names: [String]
    private var scanner: EntryScanner
    private var roles: [Role] = []
    private var substitution: SubstitutionKey?
    private var folded: [UInt8] = []
    private var term: [UInt8] = []
    private var ownWords: [UInt32] = []

    /// Prepares for contents of a kind.
    init(_ kind: CatalogKind, _ authorities: AuthorityDirectory, _ parts: Parts = .all) {
        self.authorities = authorities
        self.parts = parts
        scanner = EntryScanner(kind.schema)
        names = kind.schema.fields.map(\.name)
        if kind == .drug, parts.contains(.terms) { substitution = SubstitutionKey(kind.schema) }
        for field in kind.schema.fields { roles.append(role(of: field)) }
    }

    /// Takes the content of a row, of which rows come in order.
    mutating func take(_ json: Span<UInt8>, row: Int) {
        (latitude, longitude) = (.nan, .nan)
        ownWords.removeAll(keepingCapacity: true)
        substitution?.removeAll()
        var scanner = scanner
        scanner.scan(json) { place, key, value in
            substitution?.take(place, key, value)
            take(place, key, value, row: UInt32(row))
        }
        self.scanner = scanner
        if let key = substitution?.key {
            append(field: termField(named: SubstitutionKey.field), key.span, row: UInt32(row))
        }
        // Each word once, with the best class that it has.
        ownWords.sort()
        var last: UInt32?
        for word in ownWords where word >> Self.classBits != last {
            wordNumbers.append(word)
            last = word >> Self.classBits
        }
    }

    /// The number of words of all rows so far.
    var wordCount: Int { wordNumbers.count }

    private mutating func take(
        _ place: EntryScanner.Place, _ key: Span<UInt8>, _ value: Span<UInt8>, row: UInt32
    ) {
        let role = roles[place.field]
        if let word = role.word, parts.contains(.words) { addWords(of: value, word) }
        if role.isLatitude { latitude = Self.number(value) }
        if role.isLongitude { longitude = Self.number(value) }
        guard parts.contains(.terms) else { return }
        if role.isIdentifier { return addIdentifier(key, value, row: row) }
        if role.isKeyed {
            let name = key.isEmpty ? "" : "." + String(decoding: bytes(key), as: UTF8.self)
            append(field: termField(named: names[place.field] + name), value, row: row)
        } else if let field = role.term {
            append(value, field: field, isReference: role.isReference, row: row)
        } else {
            for member in role.members where member.key.span.isEqual(to: key) {
                append(value, field: member.term, isReference: member.isReference, row: row)
            }
        }
    }

    private mutating func addWords(of value: Span<UInt8>, _ wordClass: WordClass) {
        folded.removeAll(keepingCapacity: true)
        NameFolding.fold(value, into: &folded)
        let text = folded
        var start = 0
        for index in 0...text.count where index == text.count || text[index] == 0x20 {
            if index > start {
                let number = words.number(of: text.span.extracting(start..<index))
                ownWords.append(UInt32(number) << Self.classBits | wordClass.rawValue)
            }
            start = index + 1
        }
    }

    private mutating func addIdentifier(
        _ authority: Span<UInt8>, _ value: Span<UInt8>, row: UInt32
    ) {
        let code = String(decoding: bytes(authority), as: UTF8.self)
        let text = EntryIndexing.canonical(
            String(decoding: bytes(value), as: UTF8.self), authority: code, authorities)
        let named = Array("\(code):\(text)".utf8)
        append(field: termField(named: "id"), named.span, row: row)
    }

    /// The form under which identifiers of an authority are equal.
    static func canonical(
        _ value: String, authority: String, _ authorities: AuthorityDirectory
    ) -> String {
        CodeRules(authorities).canonical(value, of: authority) ?? value
    }

    private mutating func append(
        _ value: Span<UInt8>, field: UInt8, isReference: Bool, row: UInt32
    ) {
        if isReference { return append(field: field, value, row: row) }
        folded.removeAll(keepingCapacity: true)
        NameFolding.fold(value, into: &folded)
        let text = folded
        append(field: field, text.span, row: row)
    }

    private mutating func append(field: UInt8, _ value: Span<UInt8>, row: UInt32) {
        term.removeAll(keepingCapacity: true)
        term.append(field)
        value.withUnsafeBufferPointer { term.append(contentsOf: $0) }
        let key = term
        termNumbers.append(UInt32(terms.number(of: key.span)))
        termRows.append(row)
    }

    private func bytes(_ span: Span<UInt8>) -> [UInt8] { span.withUnsafeBufferPointer(Array.init) }

    private static func number(_ text: Span<UInt8>) -> Double {
        Double(String(decoding: text.withUnsafeBufferPointer(Array.init), as: UTF8.self)) ?? .nan
    }
}

extension EntryIndexing {
    private mutating func termField(named name: String) -> UInt8 {
        if let known = termFields.firstIndex(of: name) { return UInt8(known) }
        // Hierarchies beyond those that a byte numbers share the last one, and are told apart by nobody.
        if termFields.count < 255 { termFields.append(name) }
        return UInt8(termFields.count - 1)
    }

    private mutating func role(of field: EntryField) -> Role {
        var role = Role()
        if field.isSearched {
            role.word = field.name == "name" ? .name : field.name == "alias" ? .alias : .other
        }
        role.isLatitude = field.name == "latitude"
        role.isLongitude = field.name == "longitude"
        switch field.form {
        case .identifiers: role.isIdentifier = true
        case .keyed(.reference): role.isKeyed = true
        case .reference, .list(.reference):
            role.term = termField(named: field.name)
            role.isReference = true
        case .list(.group(let members)):
            for member in members {
                let isReference = if case .reference = member.form { true } else { false }
                guard isReference || field.isAttribute && member.name == field.name else {
                    continue
                }
                let name = isReference ? "\(field.name).\(member.name)" : field.name
                role.members.append(
                    (Array(member.name.utf8), termField(named: name), isReference))
            }
        default:
            if field.isAttribute { role.term = termField(named: field.name) }
        }
        return role
    }
}
