/// Why a search cannot be carried out, in one line.
package struct SearchProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    /// Creates a problem.
    package init(_ description: String) { self.description = description }
}

extension EntrySearch {
    /// One thing that a search may be asked for by a key, for parsers and help.
    package struct Argument: Hashable, Sendable {
        package var key: String
        package var placeholder: String
        package var meaning: String
        package var isRepeated: Bool

        fileprivate init(
            _ key: String, _ placeholder: String, _ meaning: String, isRepeated: Bool = false
        ) {
            self.key = key
            self.placeholder = placeholder
            self.meaning = meaning
            self.isRepeated = isRepeated
        }
    }

    /// The keys that do not stand for a field.
    package static let arguments: [Argument] = [
        Argument(
            "text", "WORDS",
            "words that all must stand in names, aliases or the like, in any order, begun or "
                + "misspelt"),
        Argument("catalog", "AUTHORITY", "the catalog of this authority alone"),
        Argument("code", "PREFIX", "what the code begins with"),
        Argument("near", "LAT,LON", "a point, nearest first; with `within`"),
        Argument("within", "KM", "the largest distance from `near`"),
        Argument("place", "AUTHORITY:CODE", "in this place or in one below it"),
        Argument("service", "AUTHORITY:CODE", "offers this service", isRepeated: true),
        Argument("parent", "AUTHORITY:CODE", "below this entry, at any depth"),
        Argument("substitutes", "AUTHORITY:CODE", "drugs that may stand in for this one"),
        Argument(
            "open", "TIME",
            "active, and open at `HH:MM` of the day where hours are stated"),
        Argument("at", "DATE", "as valid on this day, else today"),
        Argument(
            "limit", "N", "the most entries, 1 to \(limitMax), else \(limitDefault)"),
        Argument("after", "PLACE", "the entries behind this one: `next` of the answer before"),
    ]

    /// The fields by which some kind is selected, in the order of the kinds and their schemas.
    package static let attributes: [String] = {
        var names: [String] = []
        for kind in kinds {
            for field in kind.schema.fields
            where field.isAttribute && !names.contains(field.name)
                && !arguments.contains(where: { $0.key == field.name })
            {
                names.append(field.name)
            }
        }
        return names
    }()

    /// Takes a condition stated as text; `near` and `within` are told together by `setNearness`.
    ///
    /// - Throws: what is wrong with the key for this kind, or with the form of the value.
    package mutating func set(_ key: String, _ value: String) throws(SearchProblem) {
        switch key {
        case "text": text = value
        case "catalog":
            guard Source.isCode(value) else {
                throw SearchProblem("catalog is an authority's code")
            }
            catalog = value
        case "code": codePrefix = value
        case "place": places.append(try reference(key, value))
        case "service": services.append(try reference(key, value))
        case "parent": ancestors.append(Ancestor(hierarchy: "", entry: try reference(key, value)))
        case "substitutes": substituted = try reference(key, value)
        case "open":
            guard let minute = OpeningHours.minute(value) else {
                throw SearchProblem("open is a time of the day, HH:MM")
            }
            openMinute = minute
        case "at":
            guard let day = EntryPeriod.day(value) else {
                throw SearchProblem("at is a day, YYYY-MM-DD")
            }
            self.day = day
        case "limit":
            guard let number = Int(value), (1...Self.limitMax).contains(number) else {
                throw SearchProblem("limit is a number from 1 to \(Self.limitMax)")
            }
            limit = number
        case "after":
            guard let place = SearchPlace(value) else {
                throw SearchProblem("after is what an answer before called next")
            }
            after = place
        case _ where key.hasPrefix("parent."):
            let hierarchy = String(key.dropFirst("parent.".count))
            ancestors.append(Ancestor(hierarchy: hierarchy, entry: try reference(key, value)))
        default: try setCondition(key, value)
        }
    }

    /// Takes a point and a distance, of which none or both are given.
    package mutating func setNearness(
        near: String?, within: String?
    ) throws(SearchProblem) {
        guard near != nil || within != nil else { return }
        guard let near, let within else {
            throw SearchProblem("near and within go together")
        }
        guard let point = GeographicPoint(near) else {
            throw SearchProblem("near is LAT,LON in decimal degrees, for example -33.45,-70.66")
        }
        guard let kilometres = Double(within), kilometres > 0, kilometres <= Self.kilometresMax
        else {
            throw SearchProblem("within is a number of kilometres up to \(Int(Self.kilometresMax))")
        }
        nearness = Nearness(point: point, kilometres: kilometres)
    }

    /// Refuses what the kind has no field for.
    ///
    /// - Throws: what is wrong, in one line.
    package func check() throws(SearchProblem) {
        let schema = kind.schema
        guard Self.kinds.contains(kind) else {
            throw SearchProblem("\(kind.plural) are persons: they are matched, not searched")
        }
        if !places.isEmpty, kind != .place, schema.field(named: "place") == nil {
            throw SearchProblem("a \(kind.rawValue) has no place")
        }
        if !services.isEmpty, schema.field(named: "service") == nil {
            throw SearchProblem("a \(kind.rawValue) offers no services")
        }
        if !ancestors.isEmpty {
            guard let field = schema.field(named: "parent") else {
                throw SearchProblem("a \(kind.rawValue) has no parent")
            }
            let isKeyed = if case .keyed = field.form { true } else { false }
            if !isKeyed, ancestors.contains(where: { !$0.hierarchy.isEmpty }) {
                throw SearchProblem("a \(kind.rawValue) has one parent: parent=AUTHORITY:CODE")
            }
        }
        if substituted != nil, kind != .drug {
            throw SearchProblem("drugs alone have substitutes")
        }
        if openMinute != nil, schema.field(named: "opening_hours") == nil {
            throw SearchProblem("a \(kind.rawValue) has no opening hours")
        }
        if nearness != nil, schema.field(named: "latitude") == nil {
            throw SearchProblem("a \(kind.rawValue) has no position")
        }
    }

    private mutating func setCondition(_ key: String, _ value: String) throws(SearchProblem) {
        guard let field = kind.schema.field(named: key), field.isAttribute else {
            throw SearchProblem("'\(key)' is nothing by which a \(kind.rawValue) is found")
        }
        conditions.append(Condition(field: key, value: value))
    }

    private func reference(_ key: String, _ value: String) throws(SearchProblem) -> EntryReference {
        guard let reference = EntryReference(value) else {
            throw SearchProblem("\(key) is written AUTHORITY:CODE")
        }
        return reference
    }
}
