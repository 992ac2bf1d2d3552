internal import Extracts
internal import Identity
package import RegistryModel
package import RegistryStore

/// What an export of patients is asked for.
package struct PatientExportRequest: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        /// One row a person: the golden record.
        case persons
        /// One row a source record: its current version.
        case records
    }

    package enum Format: String, CaseIterable, Hashable, Sendable {
        /// The canonical columns; `padron load` reads it back.
        case csv
        /// One JSON object a line; of a golden record with its provenance.
        case ndjson
    }

    package var subject: Subject
    package var format: Format
    /// The code of the source that is wanted; nil for all.
    package var source: String?
    /// The territory whose sources are wanted; nil for all.
    package var territory: String?
    /// Whether restricted persons are wanted too.
    package var withRestricted: Bool
    /// The file, `-` for standard output.
    package var path: String

    /// Creates a request.
    package init(
        subject: Subject, format: Format, source: String? = nil, territory: String? = nil,
        withRestricted: Bool = false, path: String
    ) {
        self.subject = subject
        self.format = format
        self.source = source
        self.territory = territory
        self.withRestricted = withRestricted
        self.path = path
    }
}

/// What an export gave away.
package struct PatientExportSummary: Hashable, Sendable {
    /// The state of the registry that they show.
    package var position: LogPosition
    /// The rows that were written.
    package var rows = 0
    /// The source records behind them.
    package var records = 0
    /// The restricted persons who were met, given away where they were asked for.
    package var restrictedPersons: Set<EnterpriseIdentifier> = []
}

/// All patients in a file: one state of the registry, streamed, whoever writes meanwhile.
///
/// What does not count is left out: withdrawn and reverted records, retired persons, and erased ones; so are
/// restricted persons, unless they are asked for.
/// The file appears whole or not at all.
package struct PatientExport {
    private let request: PatientExportRequest

    /// Prepares an export.
    package init(_ request: PatientExportRequest) { self.request = request }

    private var order: ExportOrder { request.subject == .persons ? .byPerson : .byRecord }

    /// Writes the file; `progress` is told the records read and those there are.
    ///
    /// - Throws: `unknown-source` for a source or a territory that nobody has, an `ExtractError` where
    ///   the file cannot be written.
    package func run(
        _ session: inout RegistrySession, progress: (_ done: Int, _ total: Int) -> Void
    ) throws -> PatientExportSummary {
        try session.snapshot { session in try write(&session, progress) }
    }

    private func write(
        _ session: inout RegistrySession, _ progress: (Int, Int) -> Void
    ) throws -> PatientExportSummary {
        let sources = try session.sources()
        let names = Dictionary(
            uniqueKeysWithValues: sources.map { ($0.number, $0.source.code) })
        let wanted = try wanted(sources)
        let policy = try session.survivorship()
        let pins = request.subject == .persons ? try session.standingPinsByPerson() : [:]
        let total = try session.exportedCount(of: wanted, order)
        let authorities =
            request.format == .csv ? try session.exportedAuthorities(of: wanted, order) : []
        var file = try ExportFile(request, authorities: authorities)
        var summary = PatientExportSummary(position: try session.counters().position)
        var person: [ExportedRecord] = []
        func write(_ person: [ExportedRecord]) throws {
            guard let first = person.first else { return }
            try file.write(
                person, pins: PersonPins(pins[first.person] ?? []), policy: policy, names: names)
        }
        try session.exportRecords(of: wanted, order) { record in
            if record.isRestricted {
                summary.restrictedPersons.insert(record.person)
                guard request.withRestricted else { return }
            }
            if request.subject == .records {
                try file.write(record, source: names[record.source] ?? "")
            } else {
                if let first = person.first, first.person != record.person {
                    try write(person)
                    person.removeAll(keepingCapacity: true)
                }
                person.append(record)
            }
            summary.records += 1
            if summary.records % 1_024 == 0 { progress(summary.records, total) }
        }
        try write(person)
        summary.rows = file.rows
        try file.finish()
        return summary
    }

    /// The numbers of the sources that are wanted; nil for all.
    private func wanted(_ sources: [NumberedSource]) throws -> [Int32]? {
        guard request.source != nil || request.territory != nil else { return nil }
        let wanted = sources.filter { source in
            source.source.realm == .patient
                && (request.source == nil || source.source.code == request.source)
                && (request.territory == nil || source.source.territory == request.territory)
        }
        guard !wanted.isEmpty else {
            throw RegistryError(
                .unknownSource,
                request.territory == nil
                    ? "no such source of patients; padron source list has them"
                    : "no source of patients of this territory; padron source list has them")
        }
        return wanted.map(\.number)
    }
}
