package import Identity
package import RegistryModel

/// Writes entries to a file that reads back the same.
///
/// The file appears whole or not at all, when ``finish()`` is called.
package struct EntryFileWriter: ~Copyable {
    private var table: EntryTableWriter?
    private var resources: ResourceWriter?

    /// Opens the file, or standard output for `-`; a format that is only read is `notWritten`.
    ///
    /// The directory tells which systems the identifiers of authorities have in FHIR.
    package init(
        path: String, kind: CatalogKind, authority: String, format: EntryFormat,
        directory: AuthorityDirectory = .shipped
    ) throws(ExtractError) {
        let catalog = CatalogKey(kind, authority)
        switch format {
        case .csv: table = EntryTableWriter(path: path, schema: kind.schema)
        case .fhir:
            resources = try ResourceWriter(path: path, catalog: catalog, directory: directory)
        case .bdpm, .renipress, .deis, .finess: throw .notWritten(format: format.rawValue)
        }
    }

    /// Writes one entry.
    package mutating func write(_ entry: CatalogEntry) throws(ExtractError) {
        try table?.write(entry)
        try resources?.write(entry)
    }

    /// Makes the file appear.
    package mutating func finish() throws(ExtractError) {
        try table?.finish()
        try resources?.finish()
    }
}
