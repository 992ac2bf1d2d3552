package import RegistryModel

extension Command {
    /// Writes the object that `HELP` lists for the command, with arguments and example if detailed.
    package func writeHelp(to writer: inout JSONWriter, isDetailed: Bool) {
        writer.beginObject()
        writer.key("verb")
        writer.string(verb.rawValue)
        writer.key("usage")
        writer.string(usage)
        writer.key("summary")
        writer.string(summary)
        writer.key("roles")
        writer.beginArray()
        for role in Role.allCases where roles.contains(role) { writer.string(role.rawValue) }
        writer.endArray()
        if isDetailed {
            writer.key("arguments")
            writer.beginArray()
            for argument in allArguments { argument.writeHelp(to: &writer) }
            writer.endArray()
            writer.key("example")
            writer.beginArray()
            for line in example { writer.string(line) }
            writer.endArray()
        }
        writer.endObject()
    }

    /// The command's own arguments and, where it takes them, those of a person.
    package var allArguments: [CommandArgument] {
        takesPerson ? arguments + PersonArguments.all : arguments
    }
}

extension CommandArgument {
    fileprivate func writeHelp(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("meaning")
        writer.string(meaning)
        if isRequired {
            writer.key("required")
            writer.boolean(true)
        }
        if isRepeated {
            writer.key("repeated")
            writer.boolean(true)
        }
        writer.endObject()
    }
}
