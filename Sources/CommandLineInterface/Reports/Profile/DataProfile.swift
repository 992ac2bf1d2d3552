import Extracts
import Identity
import Linkage

/// What the columns of extracts hold, by source.
struct DataProfile {
    /// What one column holds.
    struct Column {
        /// Values by what can be made of them, in the order of `ValueCondition`.
        private(set) var counts = [Int](repeating: 0, count: ValueCondition.allCases.count)
        var distinct = DistinctCount()

        /// Records that have a value.
        var filled: Int { counts.reduce(0, +) - self[.absent] }
        /// Values of no full use.
        var doubtful: Int {
            ValueCondition.allCases.filter(\.isDoubtful).reduce(0) { $0 + self[$1] }
        }

        subscript(condition: ValueCondition) -> Int {
            get { counts[condition.rawValue] }
            set { counts[condition.rawValue] = newValue }
        }

        /// Takes one value.
        fileprivate mutating func take(_ condition: ValueCondition, _ hash: UInt64) {
            counts[condition.rawValue] += 1
            if condition != .absent { distinct.insert(hash) }
        }

        /// Adds what another column holds.
        mutating func add(_ other: Column) {
            for index in counts.indices { counts[index] += other.counts[index] }
            distinct.formUnion(other.distinct)
        }
    }

    /// The columns of one source.
    struct Source {
        var name: String
        var records = 0
        /// The columns of fields, by the fields' raw values.
        fileprivate(set) var fields = [Column](repeating: Column(), count: DemographicField.count)
        /// The columns of identifiers by their names.
        fileprivate(set) var identifiers: [String: Column] = [:]

        /// The column of a name; nil where the source fills none.
        func column(_ name: String) -> Column? {
            guard let field = DemographicField(name: name) else { return identifiers[name] }
            let column = fields[Int(field.rawValue)]
            return column.filled == 0 ? nil : column
        }
    }

    /// Sources that have columns of their own; the records of later ones are counted together.
    static let sourcesMax = 24
    /// Identifiers' authorities that are told apart.
    static let authoritiesMax = 24
    static let otherSources = "further sources"

    private(set) var sources: [Source] = []
    private var places: [String: Int] = [:]
    private var authorities: [String: (name: String, rule: AssigningAuthority)] = [:]

    /// Takes a record.
    mutating func add(_ row: ExtractRow, slot: Int, of population: Population) {
        let place = place(of: row.source)
        sources[place].records += 1
        for field in DemographicField.allCases where row.person.has(field) {
            let condition = population.condition(of: field, slot: slot, record: row.person)
            let hash = row.person.withBytes(of: field) { DistinctCount.hash($0) }
            sources[place].fields[Int(field.rawValue)].take(condition, hash)
        }
        for identifier in row.person.identifiers {
            let (name, rule) = authority(identifier.authority)
            let bytes = identifier.value.utf8.span
            sources[place].identifiers[name, default: Column()].take(
                Self.condition(rule.assess(identifier.value).finding), DistinctCount.hash(bytes))
        }
    }

    /// All sources together.
    var total: Source {
        var total = Source(name: "all")
        for source in sources {
            total.records += source.records
            for index in total.fields.indices { total.fields[index].add(source.fields[index]) }
            for (name, column) in source.identifiers {
                total.identifiers[name, default: Column()].add(column)
            }
        }
        return total
    }

    /// The names of the columns that hold anything, fields in their order, then identifiers.
    var columnNames: [String] {
        let total = total
        let fields = DemographicField.allCases.map(\.name.description)
        return fields.filter { total.column($0) != nil } + total.identifiers.keys.sorted()
    }

    private mutating func place(of source: String) -> Int {
        if let place = places[source] { return place }
        let isFull = sources.count >= Self.sourcesMax
        if !isFull || sources.last?.name != Self.otherSources {
            sources.append(Source(name: isFull ? Self.otherSources : source))
        }
        places[source] = sources.count - 1
        return sources.count - 1
    }

    private mutating func authority(_ code: String) -> (name: String, rule: AssigningAuthority) {
        if let known = authorities[code] { return known }
        let isFull = authorities.count >= Self.authoritiesMax
        let label = isFull ? "other" : code.isEmpty ? "unnamed" : code
        let known = (
            name: "id " + label, rule: AssigningAuthority.shipped(code: code) ?? .unknown
        )
        if !isFull { authorities[code] = known }
        return known
    }

    private static func condition(_ finding: IdentifierFinding) -> ValueCondition {
        switch finding {
        case .valid: .usable
        case .badCheck, .badFormat: .refused
        case .placeholder: .placeholder
        case .empty: .absent
        }
    }
}
