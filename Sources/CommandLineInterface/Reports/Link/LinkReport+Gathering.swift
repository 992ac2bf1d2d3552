import Extracts
import Foundation
import Linkage

extension LinkReport {
    /// Gathers a report from a run and a second reading of its extracts.
    init(
        _ summary: LinkSummary, of records: ExtractPopulation, review: ExtractReview,
        forecast: LinkageForecast?, threads: Int, modelName: String?, date: Date,
        asked: ScoredPair?
    ) throws {
        self.init(
            date: LinkReport.text(of: date), summary: summary, threads: threads,
            modelName: modelName ?? "trained on these records", forecast: forecast)
        let diagnostics = summary.outcome.diagnostics
        var groups = diagnostics.map(LinkReport.groups) ?? []
        if let asked { groups.insert(("The pair that was asked for", [asked]), at: 0) }
        let (profile, rows) = try LinkReport.read(
            review, records.population,
            rowsOf: Set(groups.flatMap(\.pairs).flatMap { [Int($0.left), Int($0.right)] }))
        let model = summary.outcome.model
        extracts = review.paths.map { path in
            let unused = records.unrecognisedColumns.first { $0.path == path }
            return Extract(path: path, unusedColumns: unused?.columns ?? [])
        }
        (fields, emptyFields) = LinkReport.fields(of: model, profile.total)
        if let diagnostics {
            weights = diagnostics.weights
            errorCurve = diagnostics.errorCurve
            rules = diagnostics.rules
        }
        self.profile = profile
        samples = groups.map { title, pairs in
            Sample(title: title, pairs: pairs.compactMap { SampledPair($0, rows, model) })
        }
    }

    /// The samples of the thresholds; thresholds that are one have one sample.
    private static func groups(
        _ diagnostics: LinkageDiagnostics
    ) -> [(title: String, pairs: [ScoredPair])] {
        let samples = [
            ("automatic", diagnostics.automatic), ("link", diagnostics.link),
            ("review", diagnostics.review),
        ]
        var groups: [(title: String, pairs: [ScoredPair])] = []
        var seen: Set<Double> = []
        for (name, sample) in samples where seen.insert(sample.threshold).inserted {
            let weight = Figures.signed(sample.threshold, places: 1)
            groups.append(("Near the \(name) threshold, \(weight) bits", sample.pairs))
        }
        return groups
    }

    private static func read(
        _ review: ExtractReview, _ population: Population, rowsOf slots: Set<Int>
    ) throws -> (DataProfile, [Int: ExtractRow]) {
        var profile = DataProfile()
        var rows: [Int: ExtractRow] = [:]
        try review.forEach { slot, row in
            profile.add(row, slot: slot, of: population)
            if slots.contains(slot) { rows[slot] = row }
        }
        return (profile, rows)
    }

    /// A moment for people.
    static func text(of date: Date) -> String {
        let text = ISO8601DateFormatter().string(from: date)
        return "\(text.prefix(10)), \(text.dropFirst(11).prefix(5)) UTC"
    }
}

extension LinkReport {
    /// The weights of all levels of the fields that the records have, and the fields they lack.
    private static func fields(
        of model: LinkageModel, _ total: DataProfile.Source
    ) -> (fields: [Field], empty: [String]) {
        var fields: [Field] = []
        var empty: [String] = []
        for field in ComparisonField.allCases {
            guard field.columns.contains(where: { (total.filled($0)) > 1 }) else {
                empty.append(field.title)
                continue
            }
            var levels: [Level] = []
            for (level, name) in field.levelNames.enumerated() where level > 0 {
                func probability(_ hypothesis: Hypothesis) -> Double {
                    max(model.probability(field, level: level, hypothesis), 1e-12)
                }
                let found = Level(
                    name: name, match: probability(.match), chance: probability(.random),
                    kin: probability(.kin), siblings: probability(.sibling))
                // A level that follows from another field's says nothing of its own.
                if found.match < 1 || found.chance < 1 { levels.append(found) }
            }
            fields.append(Field(name: field.title, levels: levels))
        }
        return (fields, empty)
    }
}

extension LinkReport.SampledPair {
    /// A pair as its sources wrote it; nil where one of its rows is not there.
    fileprivate init?(_ pair: ScoredPair, _ rows: [Int: ExtractRow], _ model: LinkageModel) {
        guard let left = rows[Int(pair.left)], let right = rows[Int(pair.right)] else { return nil }
        leftID = left.recordID
        rightID = right.recordID
        decision = pair.decision
        explanation = MatchExplanation(left: left.person, right: right.person, model: model)
    }
}

extension ComparisonField {
    /// The field's name for people.
    var title: String {
        switch self {
        case .given: "Given names"
        case .family: "Family name"
        case .mothersFamily: "Mother’s family name"
        case .birthDate: "Birth date"
        case .sex: "Sex"
        case .identifier: "National identifier"
        case .otherIdentifier: "Other identifier"
        case .phone: "Phone"
        case .email: "Email"
        case .residence: "Residence"
        case .motherGiven: "Mother’s given name"
        case .fatherGiven: "Father’s given name"
        case .birthPlace: "Place of birth"
        case .birthOrder: "Order in a multiple birth"
        }
    }

    /// The columns that a field is compared in; empty for identifiers, which have columns of their own.
    fileprivate var columns: [String] {
        switch self {
        case .identifier, .otherIdentifier: [DataProfile.Source.anyIdentifier]
        case .residence: ["address", "municipality", "postal_code"]
        default: [name]
        }
    }
}

extension DataProfile.Source {
    fileprivate static let anyIdentifier = "id"

    /// Records that have a value in a column, or any identifier.
    fileprivate func filled(_ name: String) -> Int {
        name == Self.anyIdentifier
            ? identifiers.values.reduce(0) { $0 + $1.filled } : column(name)?.filled ?? 0
    }
}
