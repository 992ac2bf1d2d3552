internal import Identity
internal import RegistryModel
internal import RegistryStore

/// Looks whether what entries name is there: the place and services of a facility, the facility of an
/// affiliation, what replaces a code that is no more.
///
/// Entries that count on the day, or later, are looked at. A release that is staged can be looked at beside
/// what is live, as if it were live already.
///
/// Contents are gone through byte by byte, and of what they name codes and days alone are read, when an
/// authority is named for the first time.
package struct ReferenceCheck {
    private let day: Int32

    /// Prepares a check for a day.
    package init(on day: Int32) { self.day = day }

    /// Checks all that is live.
    package func run(databaseURL: String) throws -> ReferenceFindings {
        try RegistrySession.migrate(databaseURL: databaseURL)
        return try inOneState(databaseURL) { session, other in
            let live = try session.liveReleases()
            var reading = ReferenceReading(day: day, releases: live)
            for release in live.reversed() { try reading.read(release, &session, &other) }
            reading.findings.insurers = try unknownInsurers(live, &session)
            return reading.findings
        }
    }

    /// The insurers that patients name and nobody knows, by a code or a name; none are told where no
    /// insurer is known at all.
    ///
    /// Known are authorities of insurers, and whoever has a catalog of members. Who need not say the
    /// country says `fonasa` for `cl-fonasa`, and a tier or plan may stand behind: `FONASA B`.
    private func unknownInsurers(
        _ releases: [CatalogRelease], _ session: inout RegistrySession
    ) throws -> [ReferenceFindings.UnknownInsurer] {
        var names = releases.filter { $0.catalog.kind == .coverage }.map(\.catalog.authority)
        for authority in try session.authorities() where authority.kind == .insurer {
            names += [authority.code] + authority.names.values
        }
        guard !names.isEmpty else { return [] }
        var known: Set<String> = []
        for name in names.map({ $0.lowercased() }) {
            known.insert(name)
            if let local = name.split(separator: "-", maxSplits: 1).last {
                known.insert(String(local))
            }
        }
        return try session.insurersOfPatients().filter { insurer in
            let name = insurer.name.lowercased()
            return !known.contains { name == $0 || name.hasPrefix($0 + " ") }
        }.map { ReferenceFindings.UnknownInsurer(name: $0.name, records: $0.records) }
    }

    /// Checks what a staged release says, and what others say of codes that it closes, beside what is live.
    package func run(release number: Int64, databaseURL: String) throws -> ReferenceFindings {
        try inOneState(databaseURL) { session, other in
            let release = try session.release(number)
            let live = try session.liveReleases().filter { $0.number != number }
            var reading = ReferenceReading(day: day, releases: live + [release])
            try reading.read(release, &session, &other)
            let closed = try reading.closed(by: release, &other)
            guard !closed.isEmpty else { return reading.findings }
            for release in live.reversed() {
                try reading.read(release, onlyNaming: number, &session, &other)
            }
            if release.catalog.kind == .place {
                reading.findings.patients = try session.patients(inMunicipalities: closed)
            }
            return reading.findings
        }
    }

    /// Runs a closure with two sessions that see one state: one reads what names, the other meanwhile what
    /// is named.
    private func inOneState(
        _ databaseURL: String,
        _ body: (inout RegistrySession, inout RegistrySession) throws -> ReferenceFindings
    ) throws -> ReferenceFindings {
        var session = try RegistrySession(databaseURL: databaseURL)
        var other = try RegistrySession(databaseURL: databaseURL)
        return try session.snapshot { session in
            let exported = try session.exportSnapshot()
            return try other.snapshot(of: exported) { try body(&session, &$0) }
        }
    }
}

/// A check on its way through releases, the last one first.
private struct ReferenceReading {
    /// What is told of a code: by which release, and whether it counts on the day or later.
    private struct Said {
        var release: Int64
        var counts: Bool
    }

    /// The codes of a catalog.
    private struct Codes {
        var numbers = CodeTable()
        var said: [Said] = []

        func said(of code: String) -> Said? { numbers.find(code).map { said[$0] } }

        /// Takes what an entry says of a code, of which any may count.
        mutating func take(_ code: String, _ new: Said) {
            let number = numbers.number(of: code)
            if number == said.count {
                said.append(new)
            } else {
                said[number].counts = said[number].counts || new.counts
            }
        }
    }

    private let day: Int32
    private let releases: [CatalogRelease]
    /// The catalogs that were named, each with its codes; nil where there is no such catalog and no entry
    /// states an identifier of its authority.
    private var named: [(key: CatalogKey, codes: Codes?)] = []
    private var places: [CatalogKey: Int] = [:]
    /// The place of the catalog that was named last, which is often named next.
    private var lastPlace = 0
    /// The identifiers that entries state, by their authority, of the kinds of which they were asked for.
    private var stated: [CatalogKind: [String: Codes]] = [:]
    /// Codes that later releases tell of, where a catalog has several.
    private var seen: [CatalogKey: CodeTable] = [:]
    var findings = ReferenceFindings()

    /// Prepares to read releases, of which all that count are told in ascending order.
    init(day: Int32, releases: [CatalogRelease]) {
        self.day = day
        self.releases = releases
    }

    /// Looks at what a release says; with `onlyNaming` at what it names of that release alone.
    mutating func read(
        _ release: CatalogRelease, onlyNaming only: Int64? = nil,
        _ session: inout RegistrySession, _ other: inout RegistrySession
    ) throws {
        let key = release.catalog
        guard !key.kind.schema.references.isEmpty else { return }
        var scanner = ReferenceScanner(key.kind.schema)
        let isAlone = releases.count { $0.catalog == key } == 1
        let day = day
        let later = seen.removeValue(forKey: key) ?? CodeTable()
        var own = later
        var failure: (any Error)?
        try session.readEntries(release: release.number) { code, period, json in
            if !isAlone {
                guard later.find(code) == nil else { return }
                _ = own.number(of: code)
            }
            guard let period, period.through.map({ $0 >= day }) ?? true else { return }
            scanner.scan(json.span) { name, kind, reference in
                do {
                    let named = CatalogKey(kind, reference.authority)
                    try take(reference, of: named, onlyNaming: only, &other) { problem in
                        DanglingReference(
                            catalog: key, code: code, field: name(), reference: reference,
                            problem: problem)
                    }
                } catch { failure = failure ?? error }
            }
            if let failure { throw failure }
        }
        seen[key] = own
    }

    private mutating func take(
        _ reference: EntryReference, of key: CatalogKey, onlyNaming only: Int64?,
        _ other: inout RegistrySession,
        _ dangling: (DanglingReference.Problem) -> DanglingReference
    ) throws {
        let place = try place(of: key, &other)
        let said = named[place].codes?.said(of: reference.code)
        if let only, said?.release != only { return }
        findings.checked += 1
        if let said {
            if !said.counts { findings.add(dangling(.closed)) }
        } else {
            findings.add(dangling(named[place].codes == nil ? .unregistered : .unknown))
        }
    }

    /// The codes that a release says are over.
    mutating func closed(
        by release: CatalogRelease, _ other: inout RegistrySession
    ) throws -> [String] {
        guard let known = named[try place(of: release.catalog, &other)].codes else { return [] }
        return known.said.indices.filter {
            known.said[$0].release == release.number && !known.said[$0].counts
        }.map { known.numbers[$0] }
    }

    /// The place of a catalog among those named, of which the codes are read the first time.
    private mutating func place(
        of key: CatalogKey, _ other: inout RegistrySession
    ) throws -> Int {
        if lastPlace < named.count, named[lastPlace].key == key { return lastPlace }
        if let place = places[key] {
            lastPlace = place
            return place
        }
        var known: Codes?
        for release in releases.reversed() where release.catalog == key {
            var codes = known ?? Codes()
            known = nil
            try other.readCodes(release: release.number, on: day) { code, counts in
                // A later release has said all of a code that it has.
                guard codes.said(of: code).map({ $0.release == release.number }) ?? true else {
                    return
                }
                codes.take(code, Said(release: release.number, counts: counts))
            }
            known = codes
        }
        if known == nil { known = try identifiers(of: key, &other) }
        lastPlace = named.count
        places[key] = lastPlace
        named.append((key, known))
        return lastPlace
    }

    /// The identifiers of an authority that entries of a kind state, where no catalog has its codes: so a
    /// place of one system is found under its number in another one.
    private mutating func identifiers(
        of key: CatalogKey, _ other: inout RegistrySession
    ) throws -> Codes? {
        if let read = stated[key.kind] { return read[key.authority] }
        var read: [String: Codes] = [:]
        var later: [CatalogKey: CodeTable] = [:]
        var scanner = IdentifierScanner(key.kind.schema)
        for release in releases.reversed() where release.catalog.kind == key.kind {
            let told = later[release.catalog] ?? CodeTable()
            var own = told
            try other.readEntries(release: release.number) { code, period, json in
                _ = own.number(of: code)
                guard told.find(code) == nil, let period else { return }
                let counts = period.through.map { $0 >= day } ?? true
                scanner.scan(json.span) { authority, value in
                    read[authority, default: Codes()].take(
                        value, Said(release: release.number, counts: counts))
                }
            }
            later[release.catalog] = own
        }
        stated[key.kind] = read
        return read[key.authority]
    }
}
