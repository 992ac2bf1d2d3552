import Extracts
import Foundation
import Linkage

/// Everything that `padron evaluate` finds.
struct EvaluationReport {
    /// Errors of one kind, with some pairs to look at.
    struct ErrorGroup {
        /// A pair of records, field by field.
        struct Example {
            var leftID: String
            var rightID: String
            var comparison: RecordComparison
        }

        var kind: String
        var count = 0
        var examples: [Example] = []
    }

    /// Pairs of a kind that are shown.
    static let examplesMax = 2
    private static let defaultThresholds: [Float] = [-3, 0, 3, 6, 9, 12, 15, 20, 25, 30]

    let evaluation: Evaluation
    let errors: ClusteringErrors
    let curve: PrecisionRecallCurve?
    let thresholds: [Float]
    /// Errors by kind, commonest first; nil where no extract was given.
    private(set) var falseLinks: [ErrorGroup]?
    private(set) var missedLinks: [ErrorGroup]?
    let date: String

    /// Reads the files that the arguments name.
    init(_ arguments: ParsedArguments) throws {
        try OutputPaths.check(
            arguments, outputs: ["--report"],
            inputs: ["--clusters", "--truth", "--pairs", "--extract"])
        let truth = try LabelledRecords(path: arguments.required("--truth"), column: "person_id")
        let clustersPath = try arguments.required("--clusters")
        let clusters = try LabelledRecords(path: clustersPath, column: "cluster_id")
        let clusterNumbers = try truth.ids.map { id in
            guard let cluster = clusters.numbers[id] else {
                throw CommandFailure("\(clustersPath): a record of the truth has no cluster")
            }
            return cluster
        }
        let persons = truth.ids.map { truth.numbers[$0] ?? 0 }
        evaluation = Evaluation(clusters: clusterNumbers, persons: persons)
        errors = ClusteringErrors(clusters: clusterNumbers, persons: persons)
        thresholds = try Self.thresholds(arguments.value("--thresholds"))
        curve = try arguments.value("--pairs").map { path in
            PrecisionRecallCurve(
                try PairFile.read(path, truth: truth), persons: persons, clusters: clusterNumbers)
        }
        date = LinkReport.text(of: Date())
        if let path = arguments.value("--extract") {
            let columns = try ColumnOverrides(parsing: arguments.value("--columns") ?? "")
            try group(errors, of: truth.ids, in: path, columns)
        }
    }

    private static func thresholds(_ text: String?) throws(UsageError) -> [Float] {
        guard let text else { return defaultThresholds }
        var thresholds: [Float] = []
        for part in text.split(separator: ",") {
            guard let weight = Float(part), weight.isFinite else {
                throw UsageError("--thresholds takes weights in bits, for example 0,3.5,6")
            }
            thresholds.append(weight)
        }
        return thresholds.sorted()
    }

    /// Tells the errors by kind, from the records that are in any of them.
    private mutating func group(
        _ errors: ClusteringErrors, of ids: [String], in path: String, _ columns: ColumnOverrides
    ) throws {
        let wanted = Set(
            (errors.falseLinks + errors.missedLinks).flatMap { [ids[$0.left], ids[$0.right]] })
        var rows: [String: ExtractRow] = [:]
        var reader = try ExtractReader(path: path, columns: columns)
        while let batch = try reader.nextBatch(rowsMax: 8_192) {
            for row in batch.rows where wanted.contains(row.recordID) {
                if rows[row.recordID] == nil { rows[row.recordID] = row }
            }
        }
        func grouped(
            _ pairs: [ClusteringErrors.Pair], _ kind: (RecordComparison) -> String
        ) -> [ErrorGroup] {
            var groups: [String: ErrorGroup] = [:]
            for pair in pairs {
                let (left, right) = (ids[pair.left], ids[pair.right])
                guard let first = rows[left], let second = rows[right] else { continue }
                let comparison = RecordComparison(left: first.person, right: second.person)
                let name = kind(comparison)
                groups[name, default: ErrorGroup(kind: name)].add(
                    ErrorGroup.Example(leftID: left, rightID: right, comparison: comparison))
            }
            return groups.values.sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
        }
        falseLinks = grouped(errors.falseLinks) { FalseLinkKind($0).name }
        missedLinks = grouped(errors.missedLinks) { MissedLinkKind($0).name }
    }
}

extension EvaluationReport.ErrorGroup {
    fileprivate init(kind: String) { self.kind = kind }

    fileprivate mutating func add(_ example: Example) {
        count += 1
        if examples.count < EvaluationReport.examplesMax { examples.append(example) }
    }
}
