package import Identity

/// One value of a record that a new version changed.
package struct FieldChange: Hashable, Sendable {
    /// The canonical column name; `id.AUTHORITY` for identifiers.
    package var field: String
    /// The value before, empty where there was none; several stand with `; ` between them.
    package var before: String
    /// The value after, empty where there is none.
    package var after: String

    /// Creates a change.
    package init(field: String, before: String, after: String) {
        self.field = field
        self.before = before
        self.after = after
    }

    /// What differs between two versions, in the order of the canonical columns.
    package static func changes(
        from before: PersonRecord, to after: PersonRecord
    ) -> [FieldChange] {
        let (old, new) = (values(of: before), values(of: after))
        var changes: [FieldChange] = []
        for (field, value) in new {
            let earlier = old.first { $0.field == field }?.value ?? ""
            if earlier != value {
                changes.append(FieldChange(field: field, before: earlier, after: value))
            }
        }
        for (field, value) in old where !new.contains(where: { $0.field == field }) {
            changes.append(FieldChange(field: field, before: value, after: ""))
        }
        return changes
    }

    /// The values of a record by canonical column name, identifiers by `id.AUTHORITY`, further names
    /// by `name.USE`, for people to read; where stated with status and validity.
    package static func values(of person: PersonRecord) -> [(field: String, value: String)] {
        var values: [(field: String, value: String)] = []
        for field in DemographicField.allCases where person.has(field) {
            let text = person.values(of: field).joined(separator: "; ")
            values.append((field.name.description, text))
        }
        var authorities: [String] = []
        for identifier in person.identifiers where !authorities.contains(identifier.authority) {
            authorities.append(identifier.authority)
        }
        for authority in authorities {
            let numbers = person.identifiers.filter { $0.authority == authority }.map(\.readable)
            values.append(("id." + authority, numbers.joined(separator: "; ")))
        }
        for use in NameUse.allCases {
            let names = person.names.filter { $0.use == use }.map(\.readable)
            if names.isEmpty { continue }
            values.append(("name.\(use.name)", names.joined(separator: "; ")))
        }
        return values
    }
}

extension LocalIdentifier {
    /// The value, and where stated its status and validity, for people to read.
    package var readable: String {
        if isPlain { return value }
        let status = status == .current ? [] : [status.name.description]
        return "\(value) (\((status + validity.words).joined(separator: ", ")))"
    }
}

extension FurtherName {
    /// The name, and where stated its validity, for people to read.
    package var readable: String {
        validity.isUnstated ? text : "\(text) (\(validity.words.joined(separator: ", ")))"
    }
}

extension ValidityPeriod {
    /// What is stated, as words.
    fileprivate var words: [String] {
        switch (from?.text, to?.text) {
        case (let from?, let to?): ["\(from) to \(to)"]
        case (let from?, nil): ["from \(from)"]
        case (nil, let to?): ["to \(to)"]
        case (nil, nil): []
        }
    }
}
