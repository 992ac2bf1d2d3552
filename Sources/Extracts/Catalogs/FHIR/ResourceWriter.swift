internal import Identity
internal import RegistryModel

/// Writes entries as resources of FHIR R4, one in a line.
struct ResourceWriter: ~Copyable {
    private var file: OutputFile
    private var buffer: [UInt8] = []
    private let mapping: ResourceMapping

    init(
        path: String, catalog: CatalogKey, directory: AuthorityDirectory
    ) throws(ExtractError) {
        file = try OutputFile(path: path)
        mapping = ResourceMapping(catalog: catalog, systems: ResourceSystems(directory))
    }

    mutating func write(_ entry: CatalogEntry) throws(ExtractError) {
        for resource in mapping.resources(entry, rest: mapping.rest(of: entry)) {
            var json = JSONWriter()
            json.value(resource)
            buffer += json.bytes
            buffer.append(0x0A)
        }
        if buffer.count > ExtractLimits.writeBytesMax { try flush() }
    }

    mutating func finish() throws(ExtractError) {
        try flush()
        try file.finish()
    }

    private mutating func flush() throws(ExtractError) {
        try file.write(buffer.span)
        buffer.removeAll(keepingCapacity: true)
    }
}

extension ResourceMapping {
    /// What the elements of an entry's resources would not give back as it is.
    ///
    /// They are read as a reader of the file would read them; null takes away what it would find and the
    /// entry does not say.
    func rest(of entry: CatalogEntry) -> [JSONMember] {
        var read = StatedEntry(line: 0, code: entry.code, period: entry.period, members: [])
        for resource in resources(entry, rest: []) {
            guard let type = resource["resourceType"]?.string else { continue }
            read.join(
                StatedEntry(
                    line: 0, code: entry.code, period: entry.period,
                    members: members(of: resource, type: type)))
        }
        var rest: [JSONMember] = []
        for field in catalog.kind.schema.fields {
            let stated = entry.content[field.name]
            guard let found = read[field.name] else {
                if let stated { rest.append(JSONMember(field.name, stated)) }
                continue
            }
            // What is required matters for an entry as a whole alone.
            var field = field
            field.isRequired = false
            let content = try? EntryContent(
                [JSONMember(field.name, found)], schema: EntrySchema([field]))
            if content?[field.name] != stated {
                rest.append(JSONMember(field.name, stated ?? .null))
            }
        }
        return rest
    }
}
