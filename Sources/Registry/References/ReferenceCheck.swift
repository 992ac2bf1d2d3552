internal import RegistryModel
internal import RegistryStore

/// Looks whether what entries name is there: the place and services of a facility, the facility of an
/// affiliation, what replaces a code that is no more.
///
/// Entries that count on the day, or later, are looked at. A release that is staged can be looked at beside
/// what is live, as if it were live already.
package struct ReferenceCheck {
    /// What a catalog says of a code.
    private struct Said {
        var release: Int64
        var isValid: Bool
    }

    private let day: Int32
    private var codes: [CatalogKey: [String: Said]] = [:]

    /// Prepares a check for a day.
    package init(on day: Int32) { self.day = day }

    /// Checks all that is live.
    package mutating func run(databaseURL: String) throws -> ReferenceFindings {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        return try session.snapshot { try checkAll(&$0, try $0.liveReleases()) }
    }

    /// Checks what a staged release says, and what others say of codes that it closes, beside what is live.
    package mutating func run(
        release number: Int64, databaseURL: String
    ) throws -> ReferenceFindings {
        var session = try RegistrySession(databaseURL: databaseURL)
        return try session.snapshot { session in
            let release = try session.release(number)
            let live = try session.liveReleases().filter { $0.number != number }
            var findings = try checkAll(&session, live + [release], only: number)
            let closed = codes[release.catalog, default: [:]].filter {
                $0.value.release == number && !$0.value.isValid
            }.map(\.key)
            if release.catalog.kind == .place, !closed.isEmpty {
                findings.patients = try session.patients(inMunicipalities: closed)
            }
            return findings
        }
    }

    /// Whether a release closes anything that others may name.
    private func closes(_ number: Int64) -> Bool {
        codes.values.contains { known in
            known.values.contains { $0.release == number && !$0.isValid }
        }
    }

    private mutating func checkAll(
        _ session: inout RegistrySession, _ releases: [CatalogRelease], only: Int64? = nil
    ) throws -> ReferenceFindings {
        let targets = Set(CatalogKind.allCases.flatMap { $0.schema.references.map(\.kind) })
        for release in releases.reversed() where targets.contains(release.catalog.kind) {
            try takeCodes(of: release, &session)
        }
        var findings = ReferenceFindings()
        var seen: [CatalogKey: [String: Int64]] = [:]
        let looksAround = only.map(closes) ?? true
        for release in releases.reversed() where looksAround || release.number == only {
            let fields = release.catalog.kind.schema.references
            if fields.isEmpty { continue }
            try session.readEntries(release: release.number) { code, period, json in
                let said = seen[release.catalog, default: [:]][code]
                if let said, said != release.number { return }
                if said == nil { seen[release.catalog, default: [:]][code] = release.number }
                guard let period, period.through.map({ $0 >= day }) ?? true else { return }
                let content = try EntryContent(stored: json)
                for (field, reference) in content.references(of: fields) {
                    let kind = fields.first { field.hasPrefix($0.path.joined(separator: ".")) }?
                        .kind
                    guard let kind else { continue }
                    if let only, release.number != only,
                        codes[CatalogKey(kind, reference.authority)]?[reference.code]?.release
                            != only
                    {
                        continue
                    }
                    findings.checked += 1
                    if let problem = problem(of: reference, kind) {
                        findings.add(
                            DanglingReference(
                                catalog: release.catalog, code: code, field: field,
                                reference: reference, problem: problem))
                    }
                }
            }
        }
        return findings
    }

    private mutating func takeCodes(
        of release: CatalogRelease, _ session: inout RegistrySession
    ) throws {
        var known = codes.removeValue(forKey: release.catalog) ?? [:]
        try session.readEntries(release: release.number) { code, period, _ in
            let isValid = period.map { $0.through.map { $0 >= day } ?? true } ?? false
            if let said = known[code] {
                // A later release has said all of it; of one release any entry may be valid.
                guard said.release == release.number else { return }
                known[code] = Said(release: said.release, isValid: said.isValid || isValid)
            } else {
                known[code] = Said(release: release.number, isValid: isValid)
            }
        }
        codes[release.catalog] = known
    }

    private func problem(
        of reference: EntryReference, _ kind: CatalogKind
    ) -> DanglingReference.Problem? {
        guard let known = codes[CatalogKey(kind, reference.authority)] else { return .unregistered }
        guard let said = known[reference.code] else { return .unknown }
        return said.isValid ? nil : .closed
    }
}
