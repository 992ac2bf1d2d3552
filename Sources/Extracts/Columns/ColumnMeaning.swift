package import Identity

/// A part of a date that stands in three columns.
package enum BirthDatePart: Int, CaseIterable, Hashable, Sendable {
    case year, month, day

    var name: String { "\(self)" }
}

/// What the values of a column are.
package enum ColumnMeaning: Hashable, Sendable {
    case recordID
    case source
    case localID
    case recordedAt
    /// The national identifier; the column's name may tell its authority, else it is empty.
    case nationalID(authority: String)
    case nationalIDAuthority
    case field(DemographicField)
    /// A part of a social or a former name.
    case furtherName(FurtherNameField)
    /// A date that is written month, day, year.
    case monthFirstDate(DemographicField)
    /// A part of the birth date.
    case birthDatePart(BirthDatePart)
    /// Given names and surnames in one text, where persons have one surname or two, and which stand
    /// first unless the words tell.
    case fullName(surnames: Int, isFamilyFirst: Bool = false)
    /// A further identifier, `id.AUTHORITY`.
    case identifier(authority: String)

    /// The canonical name.
    package var name: String {
        switch self {
        case .recordID: "record_id"
        case .source: "source"
        case .localID: "local_id"
        case .recordedAt: "recorded_at"
        case .nationalID: "national_id"
        case .nationalIDAuthority: "national_id_authority"
        case .field(let field), .monthFirstDate(let field): field.name.description
        case .furtherName(let field): field.name.description
        case .birthDatePart(let part): "birth_" + part.name
        case .fullName: "full_name"
        case .identifier(let authority): "id." + authority
        }
    }

    /// The canonical name, and whose numbers they are.
    package var title: String {
        if case .nationalID(let authority) = self, !authority.isEmpty {
            "\(name) of \(authority)"
        } else {
            name
        }
    }

    /// The meaning with a canonical name.
    package init?(name: String) {
        if name.hasPrefix("id.") {
            let authority = String(name.dropFirst(3)).lowercased()
            guard !authority.isEmpty, authority.utf8.count <= 64,
                authority.utf8.allSatisfy({
                    $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D
                })
            else { return nil }
            self = .identifier(authority: authority)
            return
        }
        if let field = DemographicField(name: name) {
            self = .field(field)
            return
        }
        if let field = FurtherNameField(name: name) {
            self = .furtherName(field)
            return
        }
        if let part = BirthDatePart.allCases.first(where: { "birth_" + $0.name == name }) {
            self = .birthDatePart(part)
            return
        }
        let others: [ColumnMeaning] = [
            .recordID, .source, .localID, .recordedAt, .nationalID(authority: ""),
            .nationalIDAuthority, .fullName(surnames: 1),
        ]
        guard let meaning = others.first(where: { $0.name == name }) else { return nil }
        self = meaning
    }

    /// What stands between the values of several columns; nil where there must be only one.
    var joiner: UInt8? {
        switch self {
        case .field(.given), .field(.address): 0x20
        case .field(.phone), .field(.email): PersonRecord.valueSeparator
        default: nil
        }
    }

    /// Whether the column says something of the person.
    var isUsable: Bool {
        switch self {
        case .field, .monthFirstDate, .birthDatePart, .nationalID, .identifier, .fullName,
            .furtherName:
            true
        case .recordID, .source, .localID, .recordedAt, .nationalIDAuthority: false
        }
    }
}
