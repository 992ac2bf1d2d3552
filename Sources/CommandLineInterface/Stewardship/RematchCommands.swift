import Foundation
import Linkage
import PostgresClient
import Registry
import RegistryModel

/// `padron rematch`, and `padron undo` of one: the whole index linked anew.
enum RematchCommands {
    static let commands = [rematch, ModelCommand.command]

    private static let rematch = Command(
        specification: CommandSpecification(
            words: ["rematch"], summary: "link the whole index anew by another model or threshold",
            discussion: """
                Without --apply it tells what would change, and changes nothing: persons who would
                become one or part, review tasks that would open or close, what decisions hold
                back, and samples with the reasons. With --apply it tells the same, asks, unless
                --yes is given, and carries it out between other writes, by a living server where
                there is one, else by this command; killed at any moment, it goes on by itself
                where a server writes, else with --resume. The model comes into force when the
                first change is made. All of it is one operation, which 'padron undo' takes back.
                What decisions hold is never changed. It shows values of persons.
                """,
            options: [
                .flag("--dry-run", "tell what would change, as without --apply"),
                .flag("--apply", "carry it out"),
                .flag("--resume", "follow a rematch that is under way to its end"),
                .flag("--abandon", "end a rematch that is under way where it is"),
                .value("--model", "NAME|FILE", "the model to use instead of the one in force"),
                .flag("--train", "learn the model from the registry's own records"),
                .value("--threshold", "BITS", "link from this weight on"),
                .value("--review-threshold", "BITS", "ask a steward from this weight on"),
                .value("--limit", "N", "changes to list (default 20)"),
                .value("--after", "CHANGE", "list the changes behind this one"),
                .value("--samples", "N", "changes to explain (default 3)"),
                .value("--threads", "N", "threads to use (default all)"),
                .value("--reason", "TEXT", "why; it stands in the history"),
                .flag("--yes", "carry it out without being asked"),
                .flag("--json", "print one JSON object"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let options = try Options(arguments)
        let progress = Progress(context.console)
        defer { progress.finish() }
        try DatabaseAccess.with(arguments, context) { address in
            let job = job(address.connectionString, arguments, context)
            if arguments.has("--abandon") {
                let rematch = try job.abandon()
                context.console.note("rematch \(rematch.rematch) goes no further")
                return report(rematch, arguments, context)
            }
            if arguments.has("--resume") {
                guard let unfinished = try job.unfinished() else {
                    throw CommandFailure("no rematch is under way")
                }
                let done = try job.follow(unfinished.rematch, progress: progress.update)
                progress.finish()
                return report(done, arguments, context)
            }
            let plan = try job.plan(options.request, progress: progress.update)
            progress.finish()
            let text = try RematchText(
                plan, job: job, changes: options.changes(of: plan), samples: options.samples)
            guard arguments.has("--apply") else {
                return arguments.has("--json")
                    ? context.console.print(text.json)
                    : text.lines.forEach(context.console.print)
            }
            guard !plan.isEmpty else {
                throw CommandFailure("nothing would change; nothing was done")
            }
            if !arguments.has("--yes") {
                text.lines.forEach(context.console.note)
                guard try context.console.asksYes("carry it out?") else {
                    throw CommandFailure("nothing was done")
                }
            }
            let done = try job.apply(
                plan, actor: LoadCommands.userName(context),
                reason: try arguments.required("--reason"), progress: progress.update)
            progress.finish()
            report(done, arguments, context)
        }
    }

    static func job(
        _ databaseURL: String, _ arguments: ParsedArguments, _ context: CommandContext
    ) -> RematchJob {
        RematchJob(
            databaseURL: databaseURL,
            node: DatabaseAccess.nodeOptions("padron rematch", arguments, context))
    }

    private static func report(
        _ rematch: Rematch, _ arguments: ParsedArguments, _ context: CommandContext
    ) {
        if arguments.has("--json") {
            context.console.print(RematchText.json(rematch))
        } else {
            RematchText.lines(rematch).forEach(context.console.print)
        }
    }

    /// Takes a rematch back; false for an operation that is none, or that does not exist.
    static func undo(
        _ operation: Int64, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws -> Bool {
        let (console, reason) = (context.console, try arguments.required("--reason"))
        let progress = Progress(console)
        defer { progress.finish() }
        return try DatabaseAccess.with(arguments, context) { address in
            let job = job(address.connectionString, arguments, context)
            guard try job.kind(ofOperation: operation) == .rematch else { return false }
            if !arguments.has("--yes") || arguments.has("--preview") {
                let preview = try job.undoPreview(of: operation)
                let isLast = arguments.has("--preview")
                if isLast, arguments.has("--json") {
                    console.print(RematchText.json(preview))
                    return true
                }
                RematchText.lines(preview).forEach(isLast ? console.print : console.note)
                if isLast { return true }
                guard try console.asksYes("undo?") else {
                    throw CommandFailure("nothing was decided")
                }
            }
            let done = try job.undo(
                operation, actor: LoadCommands.userName(context), reason: reason,
                progress: progress.update)
            progress.finish()
            report(done, arguments, context)
            return true
        }
    }
}

extension RematchCommands {
    /// What the arguments ask for, checked before anything is read.
    private struct Options {
        let request: RematchRequest
        let samples: Int
        private let limit: Int
        private let after: Int

        init(_ arguments: ParsedArguments) throws {
            if arguments.has("--apply") {
                if arguments.has("--dry-run") {
                    throw UsageError("--dry-run and --apply exclude each other")
                }
                _ = try arguments.required("--reason")
            }
            guard !(arguments.has("--train") && arguments.has("--model")) else {
                throw UsageError("--train and --model exclude each other")
            }
            var model = RematchRequest.ModelChoice.inForce
            if let name = arguments.value("--model") {
                model = .named(try LinkCommand.model(name))
            } else if arguments.has("--train") {
                model = .trained
            }
            request = RematchRequest(
                model: model, automaticThreshold: try Self.bits(arguments, "--threshold"),
                reviewThreshold: try Self.bits(arguments, "--review-threshold"),
                threads: try arguments.integer("--threads", in: 1...256)
                    ?? ProcessInfo.processInfo.activeProcessorCount)
            limit = try arguments.integer("--limit", in: 0...1_000_000) ?? 20
            after = try arguments.integer("--after", in: 0...Int.max) ?? 0
            samples = try arguments.integer("--samples", in: 0...1_000) ?? 3
        }

        private static func bits(
            _ arguments: ParsedArguments, _ name: String
        ) throws(UsageError) -> Double? {
            guard let text = arguments.value(name) else { return nil }
            guard let bits = Double(text), (-100...100).contains(bits) else {
                throw UsageError("\(name) takes bits from -100 to 100, such as 6.5")
            }
            return bits
        }

        /// The places of the changes to list.
        func changes(of plan: RematchPlan) -> Range<Int> {
            let start = min(after, plan.changes.count)
            return start..<min(start + limit, plan.changes.count)
        }
    }

    /// Progress lines of the phases.
    private final class Progress: Sendable {
        private let console: Console
        private let records: ProgressLine
        private let changes: ProgressLine

        init(_ console: Console) {
            self.console = console
            records = ProgressLine(console: console, unit: "records")
            changes = ProgressLine(console: console, unit: "changes")
        }

        @Sendable func update(_ progress: RematchProgress) {
            switch progress {
            case .reading(let done): records.update(label: "reading", done: done, total: nil)
            case .linking(let linking):
                console.progress("\(linking.phase.rawValue) \(Int(linking.fraction * 100))%")
            case .applying(let done, let total):
                changes.update(label: "applying", done: done, total: total)
            }
        }

        func finish() { console.clearProgress() }
    }
}
