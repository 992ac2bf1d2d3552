import Identity
import PostgresClient
import Registry
import RegistryModel

/// `padron check references`: what catalogs name and nobody has.
enum CheckCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["check", "references"],
            summary: "list references between catalogs that lead nowhere",
            discussion: """
                Looks at every entry that is valid now or later: the place and services of a
                facility, the facility of an affiliation, what stands in the place of a code; and
                at the insurers that patients name, where any insurer is known. Of each sort the
                number is told, and the first ten.
                """,
            options: [.flag("--json", "one JSON object a line")] + DatabaseAccess.options)
    ) { arguments, context in
        let findings = try DatabaseAccess.with(arguments, context) { database in
            let check = ReferenceCheck(on: CalendarDate.todayNumber)
            return try check.run(databaseURL: database.connectionString)
        }
        ReferenceText.lines(findings, asJSON: arguments.has("--json"))
            .forEach(context.console.print)
    }
}

/// References that lead nowhere, as text.
enum ReferenceText {
    /// A line for each sort, with the first of it; or one object for each sort.
    static func lines(_ findings: ReferenceFindings, asJSON: Bool = false) -> [String] {
        if asJSON {
            return findings.sorts.map { json($0, findings) } + findings.insurers.map(json)
        }
        guard !findings.isEmpty else {
            return ["\(Figures.counted(findings.checked, "reference")): all lead somewhere"]
        }
        let checked = Figures.counted(findings.checked, "reference")
        var lines = [
            findings.total == 0
                ? "\(checked): all lead somewhere, but"
                : "\(Figures.grouped(findings.total)) of \(checked) lead nowhere:"
        ]
        for sort in findings.sorts {
            let samples = findings.samples[sort] ?? []
            let named = samples.prefix(3).map { "\($0.code) names \($0.reference.text)" }
            lines.append(
                "  \(sort.catalog.text) \(sort.field), \(word(sort.problem)): "
                    + "\(Figures.grouped(findings.counts[sort] ?? 0)); "
                    + VisibleText.of(named.joined(separator: ", ")))
        }
        if findings.patients > 0 {
            lines.append(
                "  \(Figures.counted(findings.patients, "patient record")) in places that are closed"
            )
        }
        if !findings.insurers.isEmpty {
            let records = findings.insurers.reduce(0) { $0 + $1.records }
            let named = findings.insurers.prefix(ReferenceFindings.samplesMax).map {
                "\($0.name) (\(Figures.grouped($0.records)))"
            }
            lines.append(
                "  \(Figures.counted(records, "patient record")) with an insurer that nobody knows: "
                    + VisibleText.of(named.joined(separator: ", ")))
        }
        return lines
    }

    private static func json(_ insurer: ReferenceFindings.UnknownInsurer) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("catalog")
        writer.string("patients")
        writer.key("field")
        writer.string("insurer")
        writer.key("problem")
        writer.string(DanglingReference.Problem.unknown.rawValue)
        writer.key("count")
        writer.integer(Int64(insurer.records))
        writer.key("names")
        writer.string(insurer.name)
        writer.endObject()
        return writer.text
    }

    private static func word(_ problem: DanglingReference.Problem) -> String {
        switch problem {
        case .unknown: "no such code"
        case .closed: "closed"
        case .unregistered: "no such catalog"
        }
    }

    private static func json(
        _ sort: ReferenceFindings.Sort, _ findings: ReferenceFindings
    ) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("catalog")
        writer.string(sort.catalog.text)
        writer.key("field")
        writer.string(sort.field)
        writer.key("problem")
        writer.string(sort.problem.rawValue)
        writer.key("count")
        writer.integer(Int64(findings.counts[sort] ?? 0))
        writer.key("samples")
        writer.beginArray()
        for found in findings.samples[sort] ?? [] {
            writer.beginObject()
            writer.key("code")
            writer.string(found.code)
            writer.key("names")
            writer.string(found.reference.text)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.text
    }
}
