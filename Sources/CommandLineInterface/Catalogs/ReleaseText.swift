import Registry
import RegistryModel

/// Releases for people and programs.
enum ReleaseText {
    /// A release as an object.
    static func json(_ release: CatalogRelease) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("release")
        writer.integer(release.number)
        for (key, text) in [
            ("catalog", release.catalog.text), ("state", release.state.rawValue),
            ("scope", release.scope.rawValue), ("file", release.fileName),
            ("actor", release.actor), ("reason", release.reason),
            ("effective", EntryPeriod.text(release.effectiveDay)),
        ] as [(StaticString, String)] where !text.isEmpty {
            writer.key(key)
            writer.string(text)
        }
        if release.parent != 0 {
            writer.key("parent")
            writer.integer(release.parent)
        }
        if let operation = release.operation {
            writer.key("operation")
            writer.integer(operation)
        }
        write(release.counts, to: &writer)
        writer.endObject()
        return writer.text
    }

    /// Writes counts as members of an object.
    static func write(_ counts: ReleaseCounts, to writer: inout JSONWriter) {
        for (key, count) in [
            ("new", counts.new), ("changed", counts.changed), ("closed", counts.closed),
            ("unchanged", counts.unchanged), ("refused", counts.refused),
        ] as [(StaticString, Int64)] {
            writer.key(key)
            writer.integer(count)
        }
    }

    /// Releases as a table.
    static func table(_ releases: [CatalogRelease]) -> [String] {
        var table = TextTable([
            "release", "catalog", "state", "scope", "new", "changed", "closed", "refused", "file",
        ])
        for release in releases {
            let counts = release.counts
            table.add(
                ["\(release.number)", release.catalog.text, release.state.rawValue]
                    + [release.scope.rawValue]
                    + [counts.new, counts.changed, counts.closed, counts.refused].map {
                        Figures.grouped(Int($0))
                    } + [release.fileName])
        }
        return table.lines
    }

    /// What became of an import that is not live and that nobody is at work on.
    static func line(ofLeftover release: CatalogRelease) -> String {
        let number = release.number
        let rest = "'padron release abandon \(number)' or the next import clears it away"
        return release.state == .staged
            ? "release \(number) is staged: 'padron release activate \(number)' makes it live, \(rest)"
            : "release \(number) is of an import that died: \(rest)"
    }

    /// What taking a release back would do.
    static func lines(_ preview: ReleaseRevertPreview) -> [String] {
        let release = preview.release
        let counts = release.counts
        func figure(_ value: Int64) -> String { Figures.grouped(Int(value)) }
        var lines = [
            "release \(release.number) of \(release.catalog.text) would be taken back:"
                + " \(Figures.counted(Int(counts.new), "code")) would be gone,"
                + " \(figure(counts.changed + counts.closed)) be as they were before"
        ]
        if let refusal = preview.refusal { lines.append("refused: \(refusal)") }
        for dependent in preview.dependents {
            lines.append(
                "refused: \(dependent.catalog.authority):\(dependent.code) names"
                    + " \(release.catalog.authority):\(dependent.vanishing) in \(dependent.field)")
        }
        return lines
    }
}
