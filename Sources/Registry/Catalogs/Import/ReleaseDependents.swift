package import RegistryModel
internal import RegistryStore

/// An entry that refers to a code which would be gone if a release were taken back.
package struct ReleaseDependent: Hashable, Sendable {
    package var catalog: CatalogKey
    /// The code of the entry that refers.
    package var code: String
    /// The field by which it refers.
    package var field: String
    /// The code that would be gone.
    package var vanishing: String
}

/// What refers to codes that only one release has.
struct ReleaseDependents {
    /// The codes that would be gone.
    private(set) var vanishing: Set<String> = []
    /// The first references to them, at most so many as were asked for.
    private(set) var sample: [ReleaseDependent] = []

    /// Looks for references in all other live releases, until there are enough.
    init(
        of release: CatalogRelease, sampleMax: Int, _ session: inout RegistrySession
    ) throws {
        let kind = release.catalog.kind
        let referring = CatalogKind.allCases.filter { !$0.schema.references(to: kind).isEmpty }
        guard !referring.isEmpty else { return }
        var codes: Set<String> = []
        try session.readVanishingCodes(of: release) { codes.insert($0) }
        vanishing = codes
        guard !codes.isEmpty else { return }
        let others = try session.liveReleases().filter {
            $0.number != release.number && referring.contains($0.catalog.kind)
        }
        for other in others.reversed() where sample.count < sampleMax {
            let found = try references(in: other, to: release.catalog, &session)
            sample += try standing(found, in: other, &session).prefix(sampleMax - sample.count)
        }
    }

    /// The references of a release to codes that would be gone, some more than are told.
    private func references(
        in other: CatalogRelease, to catalog: CatalogKey, _ session: inout RegistrySession
    ) throws -> [ReleaseDependent] {
        let fields = other.catalog.kind.schema.references(to: catalog.kind)
        var found: [ReleaseDependent] = []
        try session.readEntries(release: other.number, naming: catalog.authority) { code, json in
            guard found.count < RegistryLimits.dependentsReadMax else { return }
            let content = try EntryContent(stored: json)
            for (field, reference) in content.references(of: fields)
            where reference.authority == catalog.authority && vanishing.contains(reference.code) {
                found.append(
                    ReleaseDependent(
                        catalog: other.catalog, code: code, field: field,
                        vanishing: reference.code))
            }
        }
        return found
    }

    /// Those whose catalog says so still: no later release of it has the code.
    private func standing(
        _ found: [ReleaseDependent], in other: CatalogRelease, _ session: inout RegistrySession
    ) throws -> [ReleaseDependent] {
        guard !found.isEmpty else { return [] }
        var said: [String: Int64] = [:]
        let codes = Array(Set(found.map(\.code))).sorted()
        try session.readEntries(catalog: other.catalog, codes: codes) { release, code, _, _ in
            said[code] = release
        }
        return found.filter { said[$0.code] == other.number }
    }
}
