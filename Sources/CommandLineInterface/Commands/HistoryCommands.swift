import Foundation
import Identity
import Linkage
import Registry
import RegistryModel
import RegistryStore

/// `padron show compare history`: persons and records as a steward looks at them.
///
/// They read the database alone: no server need run, and no index is loaded.
enum HistoryCommands {
    static let commands = [show, compare, history]

    private static let subject =
        "a person by EUID, or the one of a record by SOURCE:LOCAL_ID"

    private static let show = Command(
        specification: CommandSpecification(
            words: ["show"], summary: "show a person: golden record and records side by side",
            discussion: """
                '=' stands where a record says what the golden record says. The version is what
                --if-version of a decision takes. Of a restricted person no value is shown.
                """,
            operands: [OperandSpecification(name: "EUID", summary: subject)],
            options: [
                .flag("--provenance", "tell which record and rule each value comes from"),
                RestrictedAccess.option, .flag("--json", "print the person as JSON"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let access = try RestrictedAccess(arguments, context)
        let subject = try named(arguments.operands[0])
        let (archive, person) = try DatabaseAccess.withSession(arguments, context) { session in
            try session.snapshot { session in
                let archive = try ArchiveReader.archive(of: subject, &session)
                return (archive, PersonSnapshot(archive, policy: try session.survivorship()))
            }
        }
        guard let person else { throw CommandFailure("the person has no records") }
        let withValues = try access.mayShow([person.person], isRestricted: person.isRestricted)
        if arguments.has("--json") { return context.console.print(json(person, withValues)) }
        if arguments.has("--provenance") {
            guard withValues else { throw CommandFailure(RestrictedAccess.refusal) }
            let names = Dictionary(
                uniqueKeysWithValues: person.records.map { ($0.record, $0.name) })
            let text = ProvenanceText(person.derivation) { record in
                names[record].map { "\($0.authority):\($0.value)" } ?? ""
            }
            return text.lines.forEach(context.console.print)
        }
        PersonText(person, archive, withValues: withValues).lines.forEach(context.console.print)
    }

    private static let history = Command(
        specification: CommandSpecification(
            words: ["history"],
            summary: "tell every change of a person, or the person as known then",
            discussion: """
                Changes come in the order of the log, each with who made it, as part of which
                operation and why. --as-of shows the records that were linked to the person then, with
                the versions that were current, and the golden record that they made. Of a restricted
                person no value is shown.
                """,
            operands: [OperandSpecification(name: "EUID", summary: subject)],
            options: [
                .value("--as-of", "TIME", "a day (its end), a time, EPOCH:SEQ, or now"),
                RestrictedAccess.option, .flag("--json", "one JSON object a line"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let access = try RestrictedAccess(arguments, context)
        let question = HistoryQuestion(
            try named(arguments.operands[0]), asOf: try time(arguments))
        let (answer, archive) = try DatabaseAccess.withSession(arguments, context) { session in
            try session.snapshot { session in
                (
                    try ArchiveReader.answer(
                        question, policy: try session.survivorship(), &session),
                    try ArchiveReader.archive(of: question.subject, &session)
                )
            }
        }
        let console = context.console
        let withValues = try access.mayShow([answer.person], isRestricted: answer.isRestricted)
        switch answer {
        case .snapshot(let person):
            if arguments.has("--json") { return console.print(json(person, withValues)) }
            PersonText(person, archive, isPast: true, withValues: withValues)
                .lines.forEach(console.print)
        case .changes(let history, let entries, _):
            guard arguments.has("--json") else {
                return HistoryText.lines(history, entries, withValues: withValues)
                    .forEach(console.print)
            }
            for entry in entries {
                var writer = JSONWriter()
                entry.write(to: &writer, withValues: withValues)
                console.print(writer.text)
            }
        }
    }

    private static let compare = Command(
        specification: CommandSpecification(
            words: ["compare"],
            summary: "show two persons or records side by side, and their weight",
            discussion: """
                Of two persons the pair of records with the highest weight is explained. Bits above 0
                speak for one person, bits below against it. A restricted person is refused.
                """,
            operands: [
                OperandSpecification(name: "A", summary: "an EUID, or a record as SOURCE:LOCAL_ID"),
                OperandSpecification(name: "B", summary: "the other one"),
            ],
            options: [RestrictedAccess.option, .flag("--json", "print the comparison as JSON")]
                + DatabaseAccess.options)
    ) { arguments, context in
        let access = try RestrictedAccess(arguments, context)
        let (left, right) = (
            try named(arguments.operands[0]), try named(arguments.operands[1])
        )
        let comparison = try DatabaseAccess.withSession(arguments, context) { session in
            try session.snapshot { session in
                guard let stored = try session.activeModel() else {
                    throw CommandFailure("the registry is empty; load an extract first")
                }
                let policy = try session.survivorship()
                return try ArchiveReader.comparison(
                    of: left, right, model: try LinkageModel(json: Data(stored.json.utf8)),
                    policy: policy, &session)
            }
        }
        let records = comparison.left.records + comparison.right.records
        let persons = Set(records.map(\.link.person)).sorted()
        guard try access.mayShow(persons, isRestricted: comparison.isRestricted) else {
            throw CommandFailure(RestrictedAccess.refusal)
        }
        if arguments.has("--json") {
            var writer = JSONWriter()
            comparison.write(to: &writer)
            return context.console.print(writer.text)
        }
        ComparisonText(comparison).lines.forEach(context.console.print)
    }

    private static func named(_ text: String) throws(UsageError) -> DecisionSubject {
        guard let subject = DecisionSubject(text) else {
            throw UsageError(
                "'\(text)' is neither an EUID nor a SOURCE:LOCAL_ID; look at its characters again")
        }
        return subject
    }

    private static func time(_ arguments: ParsedArguments) throws(UsageError) -> KnownTime? {
        guard let text = arguments.value("--as-of") else { return nil }
        guard let time = KnownTime(text) else {
            throw UsageError(
                "--as-of takes a day as YYYY-MM-DD, a time as YYYY-MM-DDTHH:MM:SSZ, EPOCH:SEQ or now"
            )
        }
        return time
    }

    private static func json(_ person: PersonSnapshot, _ withValues: Bool) -> String {
        var writer = JSONWriter()
        person.write(to: &writer, withValues: withValues)
        return writer.text
    }
}
