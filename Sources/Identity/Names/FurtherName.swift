/// What a further name is to a person.
package enum NameUse: UInt8, CaseIterable, Hashable, Sendable {
    /// What the person is called by, whatever the register says: Chile's nombre social.
    case social = 0
    /// What the person was called before, a name of birth or of a former marriage among them.
    case former = 1
    /// A nickname, or a name under which the person is known beside.
    case alias = 2

    /// The word by which people and JSON know it.
    package var name: StaticString {
        switch self {
        case .social: "social"
        case .former: "former"
        case .alias: "alias"
        }
    }

    /// The use that a word means.
    package init?(name: String) {
        let known = Self.allCases.first { $0.name.description == name }
        guard let known else { return nil }
        self = known
    }
}

/// A name that a person has or had beside the one in the fields of its record, as written.
package struct FurtherName: Hashable, Sendable {
    package var use: NameUse
    package var given: String
    package var family: String
    package var mothersFamily: String
    /// When it was in use, as stated.
    package var validity: ValidityPeriod

    /// Creates a name.
    package init(
        use: NameUse, given: String = "", family: String = "", mothersFamily: String = "",
        validity: ValidityPeriod = .unstated
    ) {
        self.use = use
        self.given = given
        self.family = family
        self.mothersFamily = mothersFamily
        self.validity = validity
    }

    /// Whether it names nobody.
    package var isEmpty: Bool { given.isEmpty && family.isEmpty && mothersFamily.isEmpty }

    /// The parts that are stated, in one text.
    package var text: String {
        [given, family, mothersFamily].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension FurtherName: CustomStringConvertible {
    /// The use alone: a name is personal data and never reaches a log.
    package var description: String { "\(use.name) name" }
}

/// A part of a further name that has a column and an argument of its own.
///
/// A flat row says one social and one former name; who has more to say sends the whole record.
package enum FurtherNameField: UInt8, CaseIterable, Hashable, Sendable {
    case socialGiven, formerGiven, formerFamily

    /// The canonical column name, which is also the key in the line protocol.
    package var name: StaticString {
        switch self {
        case .socialGiven: "social_given"
        case .formerGiven: "former_given"
        case .formerFamily: "former_family"
        }
    }

    /// The field with a canonical column name.
    package init?(name: String) {
        let known = Self.allCases.first { $0.name.description == name }
        guard let known else { return nil }
        self = known
    }

    var use: NameUse { self == .socialGiven ? .social : .former }

    var part: WritableKeyPath<FurtherName, String> {
        self == .formerFamily ? \.family : \.given
    }
}

extension PersonRecord {
    /// What stands in a column of a further name: the part of the first name of its use.
    package subscript(field: FurtherNameField) -> String {
        names.first { $0.use == field.use }?[keyPath: field.part] ?? ""
    }

    /// Sets a part of the first name of its use; text is cut like that of any other field.
    package mutating func set(_ field: FurtherNameField, to text: String) {
        guard !text.isEmpty else { return }
        let value = PersonRecord.bounded(text)
        if let place = names.firstIndex(where: { $0.use == field.use }) {
            names[place][keyPath: field.part] = value
        } else {
            var name = FurtherName(use: field.use)
            name[keyPath: field.part] = value
            names.append(name)
        }
    }
}
