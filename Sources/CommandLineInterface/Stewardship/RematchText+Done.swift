import Identity
import Registry
import RegistryModel

// What a rematch did, and what taking one back does.
extension RematchText {
    /// What a finished rematch, or the undo of one, did.
    static func lines(_ rematch: Rematch) -> [String] {
        let counts = rematch.counts
        func figure(_ value: Int64) -> String { Figures.grouped(Int(value)) }
        let operation = rematch.operation.map { "operation \($0): " } ?? ""
        guard rematch.undoes == nil else {
            return [
                operation + "rematch taken back, \(figure(counts.moved)) records returned,"
                    + " \(figure(counts.skipped)) stay; \(figure(counts.tasksClosed)) review tasks"
                    + " closed, \(figure(counts.tasksOpened)) open again"
            ] + StayText.lines(rematch.stays, of: Int(counts.skipped))
        }
        var lines = [
            operation + "rematch with model \(rematch.modelName), \(figure(counts.moved)) records"
                + " moved in \(figure(counts.changes)) changes; \(figure(counts.tasksClosed))"
                + " review tasks closed, \(figure(counts.tasksOpened)) opened"
        ]
        if counts.skipped > 0 {
            lines.append(
                "\(figure(counts.skipped)) changes left out, overtaken by what came meanwhile;"
                    + " 'padron rematch' tells what is left")
        }
        return lines
    }

    /// What taking a rematch back would do.
    static func lines(_ preview: RematchUndoPreview) -> [String] {
        [
            "rematch would be taken back: \(Figures.grouped(preview.returned)) records would return,"
                + " \(Figures.grouped(preview.stayed)) stay;"
                + " \(Figures.grouped(preview.tasksClosed)) review tasks would close,"
                + " \(Figures.grouped(preview.tasksReopened)) be open again"
        ] + StayText.lines(preview.stays, of: preview.stayed)
    }

    /// What a finished rematch, or the undo of one, did, as JSON.
    static func json(_ rematch: Rematch) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        if let operation = rematch.operation {
            writer.key("operation")
            writer.integer(operation)
        }
        if let undoes = rematch.undoes {
            writer.key("undoes")
            writer.integer(undoes)
        } else {
            writer.key("model")
            writer.string(rematch.modelName)
        }
        let counts = rematch.counts
        for (key, count) in [
            ("changes", counts.changes), ("moved", counts.moved), ("skipped", counts.skipped),
            ("tasks_opened", counts.tasksOpened), ("tasks_closed", counts.tasksClosed),
        ] as [(StaticString, Int64)] {
            writer.key(key)
            writer.integer(count)
        }
        RecordStay.write(rematch.stays, to: &writer)
        writer.endObject()
        return writer.text
    }

    /// What taking a rematch back would do, as JSON.
    static func json(_ preview: RematchUndoPreview) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        for (key, count) in [
            ("moved", preview.returned), ("skipped", preview.stayed),
            ("tasks_opened", preview.tasksReopened), ("tasks_closed", preview.tasksClosed),
        ] as [(StaticString, Int)] {
            writer.key(key)
            writer.integer(Int64(count))
        }
        RecordStay.write(preview.stays, to: &writer)
        writer.endObject()
        return writer.text
    }
}
