package import Identity

/// A system that feeds records.
package struct Source: Hashable, Sendable {
    /// Lower case letters, digits and hyphens, for example `hospital-arica`.
    package var code: String
    package var name: String
    /// The authority of its `national_id` where a row does not name one; empty where unknown.
    package var defaultAuthority: String
    /// Region or health service it belongs to; free text.
    package var territory: String
    /// Whether one person has at most one record in it.
    package var isOnePerPerson: Bool
    package var rules: SourceRules
    /// Whom its records are of; it never changes.
    package var realm: Realm

    /// Creates a source.
    package init(
        code: String, name: String = "", defaultAuthority: String = "", territory: String = "",
        isOnePerPerson: Bool = false, rules: SourceRules = SourceRules(), realm: Realm = .patient
    ) {
        self.code = code
        self.name = name.isEmpty ? code : name
        self.defaultAuthority = defaultAuthority
        self.territory = territory
        self.isOnePerPerson = isOnePerPerson
        self.rules = rules
        self.realm = realm
    }

    /// Whether a text can be a source's or an authority's code.
    package static func isCode(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }
}
