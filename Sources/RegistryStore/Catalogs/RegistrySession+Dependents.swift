internal import PostgresClient
package import RegistryModel

// What would be left behind if a release were taken back.
extension RegistrySession {
    /// Streams the codes that a release has and no earlier live release of its catalog.
    package mutating func readVanishingCodes(
        of release: CatalogRelease, _ body: (String) throws -> Void
    ) throws {
        let earlier = try liveReleases(of: release.catalog).map(\.number)
            .filter { $0 < release.number }
        let list = earlier.map(String.init).joined(separator: ",")
        try connection.copyOut(
            unsafeSQL: """
                SELECT DISTINCT e.code FROM padron.catalog_entry e
                WHERE e.release = \(release.number) AND NOT EXISTS (
                    SELECT FROM padron.catalog_entry o
                    WHERE o.release = ANY ('{\(list)}'::bigint[]) AND o.code = e.code)
                """
        ) { row in try body(try row.text()) }
    }

    /// Streams the entries of a release in which codes of an authority are named.
    package mutating func readEntries(
        release: Int64, naming authority: String,
        _ body: (_ code: String, _ content: [UInt8]) throws -> Void
    ) throws {
        precondition(Source.isCode(authority), "an authority's code has no quotes")
        try connection.copyOut(
            unsafeSQL: """
                SELECT code, content FROM padron.catalog_entry
                WHERE release = \(release) AND strpos(content, '"\(authority):') > 0
                """
        ) { row in
            let code = try row.text()
            guard let content = try row.optionalBytes() else {
                throw StoreError.damaged("an entry without content")
            }
            try body(code, content)
        }
    }
}
