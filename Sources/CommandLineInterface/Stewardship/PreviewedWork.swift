import Registry
import RegistryModel

/// Work of a command that is shown before it is done.
///
/// `--preview` shows it and does nothing; `--yes` does it unasked; else it is shown and asked about.
struct PreviewedWork<Outcome> {
    var question: String
    /// What the command fails with where the answer is no.
    var refusal: String
    /// What would be done, for people.
    var lines: (Outcome) -> [String]
    var preview: () throws -> Outcome
    var work: () throws -> Outcome

    /// Does the work, or tells what it would do.
    func run(_ arguments: ParsedArguments, _ console: Console) throws -> Outcome {
        guard !arguments.has("--yes") || arguments.has("--preview") else { return try work() }
        let preview = try preview()
        if arguments.has("--preview") { return preview }
        lines(preview).forEach(console.note)
        guard try console.asksYes(question) else { throw CommandFailure(refusal) }
        return try work()
    }
}

extension PreviewedWork<DecisionOutcome> {
    /// A steward's decision; `beforehand` is done once it is agreed, `afterwards` once it is durable.
    init(
        _ request: DecisionRequest, by job: DecisionJob, question: String, refusal: String,
        beforehand: @escaping () throws -> Void = {},
        afterwards: @escaping () throws -> Void = {}
    ) {
        var previewed = request
        previewed.isPreview = true
        self.init(
            question: question, refusal: refusal, lines: { DecisionText($0).lines },
            preview: { [previewed] in try job.run(previewed) },
            work: {
                try beforehand()
                let outcome = try job.run(request)
                try afterwards()
                return outcome
            })
    }
}

extension Console {
    /// Prints what a decision did, or would do.
    func print(_ outcome: DecisionOutcome, asJSON: Bool) {
        guard asJSON else { return DecisionText(outcome).lines.forEach { print($0) } }
        var writer = JSONWriter()
        outcome.write(to: &writer)
        print(writer.text)
    }
}
