internal import Extracts
package import RegistryModel
package import RegistryStore

/// What an export of a catalog is asked for.
package struct CatalogExportRequest: Hashable, Sendable {
    package var catalog: CatalogKey
    /// Whether resources of FHIR are wanted, and no table.
    package var asResources: Bool
    /// The day whose entries are wanted; nil for those of all days.
    package var day: Int32?
    /// The file, `-` for standard output.
    package var path: String

    /// Creates a request.
    package init(catalog: CatalogKey, asResources: Bool, day: Int32? = nil, path: String) {
        self.catalog = catalog
        self.asResources = asResources
        self.day = day
        self.path = path
    }
}

/// What a catalog says, in a file: one state of it, streamed, whoever writes meanwhile.
///
/// Of a code it is what the last live release that has it says; the codes are in order. The file appears
/// whole or not at all, and an import of it changes nothing.
package struct CatalogExport {
    private let request: CatalogExportRequest

    /// Prepares an export.
    package init(_ request: CatalogExportRequest) { self.request = request }

    /// Writes the file and tells how many entries are in it; `progress` is told those so far.
    ///
    /// - Throws: `not-found` where there is no such catalog, an `ExtractError` where the file cannot be
    ///   written.
    package func run(
        _ session: inout RegistrySession, progress: (_ done: Int) -> Void
    ) throws -> Int {
        try session.snapshot { session in try write(&session, progress) }
    }

    private func write(
        _ session: inout RegistrySession, _ progress: (_ done: Int) -> Void
    ) throws -> Int {
        let releases = try session.liveReleases(of: request.catalog).map(\.number)
        guard !releases.isEmpty else {
            throw RegistryError(.notFound, "there is no catalog \(request.catalog.text)")
        }
        var writer = try EntryFileWriter(
            path: request.path, kind: request.catalog.kind, authority: request.catalog.authority,
            format: request.asResources ? .fhir : .csv,
            directory: try session.authorityDirectory())
        var count = 0
        try session.readEntriesInOrder(of: releases) { code, period, content in
            guard let period, request.day.map(period.contains) ?? true else { return }
            try writer.write(
                CatalogEntry(
                    code: code, period: period, content: try EntryContent(stored: content)))
            count += 1
            if count % 10_000 == 0 { progress(count) }
        }
        try writer.finish()
        return count
    }
}
