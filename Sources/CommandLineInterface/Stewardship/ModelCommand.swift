import Foundation
import Linkage
import RegistryModel
import RegistryStore

/// `padron model`: by which linkage model the registry links, and by which it did.
enum ModelCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["model"], summary: "show the linkage models that were put in force",
            discussion: """
                The first line is the model in force. 'padron rematch --model' puts another one in
                force; shipped are \(ShippedModels.names.joined(separator: ", ")).
                """,
            options: [
                .flag("--save", "print the model in force as a model file"),
                .flag("--json", "one JSON object a line"),
            ] + DatabaseAccess.options)
    ) { arguments, context in
        try DatabaseAccess.withSession(arguments, context) { session in
            guard let active = try session.activeModel() else {
                throw CommandFailure("the registry has no model yet; the first load gives it one")
            }
            if arguments.has("--save") { return context.console.print(active.json) }
            let models = try session.activatedModels()
            if arguments.has("--json") {
                return models.forEach { context.console.print(json($0)) }
            }
            let model = try LinkageModel(json: Data(active.json.utf8))
            var table = TextTable(["model", "name", "since (UTC)", "by", "operation"])
            for model in models {
                table.add([
                    "\(model.number)", model.name, RecordText.time(model.activatedAt), model.actor,
                    model.operation.map(String.init) ?? "",
                ])
            }
            table.lines.forEach(context.console.print)
            context.console.print(RematchText.thresholds(model))
        }
    }

    private static func json(_ model: ActivatedModel) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("model")
        writer.integer(model.number)
        writer.key("name")
        writer.string(model.name)
        writer.key("activated_at")
        writer.string(RecordText.time(model.activatedAt))
        writer.key("actor")
        writer.string(model.actor)
        if let operation = model.operation {
            writer.key("operation")
            writer.integer(operation)
        }
        writer.endObject()
        return writer.text
    }
}
