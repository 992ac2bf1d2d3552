internal import Foundation
internal import Identity
package import RegistryModel
internal import RegistryStore

/// Brings a file into a catalog as a release: checked, compared with what the catalog says, staged, and
/// made live where that is agreed to.
///
/// The file is read once. Sound rows wait on the disk, some numbers of each in memory, until it is known
/// which codes are new, changed or closed; those alone are stored. Killed at any moment, it leaves a
/// release that nobody sees and that the next import of the catalog clears away.
package struct ImportJob {
    /// What reads a file: it hands on each row, in the order of the file.
    package typealias Entries = (
        _ body: (Result<StatedEntry, RefusedRow>) throws -> Void
    ) throws -> Void

    private let databaseURL: String
    private let request: ImportRequest

    /// Prepares an import.
    package init(databaseURL: String, request: ImportRequest) {
        self.databaseURL = databaseURL
        self.request = request
    }

    /// Checks and stages a file.
    ///
    /// - Parameters:
    ///   - entries: Reads the file.
    ///   - refused: Is told of each refused row; those refused for other rows come last.
    ///   - progress: Is told how far it is.
    ///   - afterwards: Is given the report while the release is staged and nobody can take it for left
    ///     over; here it is shown, asked about, and made live by a `ReleaseJob`.
    /// - Returns: the report.
    /// - Throws: what reading the file throws; `conflict` where another import was quicker.
    @discardableResult
    package func run(
        entries: Entries, refused: @escaping (RefusedRow) throws -> Void = { _ in },
        progress: @escaping (ImportProgress) -> Void = { _ in },
        afterwards: (ImportReport) throws -> Void = { _ in }
    ) throws -> ImportReport {
        try SubmissionRules.check(reason: request.reason)
        guard Source.isCode(request.catalog.authority) else {
            throw RegistryError(
                .badRequest, "an authority's code has lower-case letters, digits and hyphens")
        }
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        var report = ImportReport(catalog: request.catalog)
        if !request.isDryRun {
            report.abandoned = try session.abandonLeftovers(of: request.catalog)
        }
        let authorities = AuthorityDirectory(try session.authorities())
        let checking = EntryChecking(request.catalog, authorities)
        let comparedWith = try session.liveReleases(of: request.catalog)
        // Members are numbered by whom they are insured with, professions by their source.
        report.isOfUnknownAuthority =
            request.catalog.kind != .coverage && request.catalog.kind != .provider
            && comparedWith.isEmpty && authorities[request.catalog.authority] == nil
        var reading = try ImportReading(request.catalog, checking)
        progress(ImportProgress(phase: .comparing, done: 0))
        try readCatalog(comparedWith, into: &reading.table, &session)
        try reading.read(entries, refused: refused, progress: progress)
        report.rowsRead = reading.rowsRead
        report.refusals = reading.refusals
        report.linesWithoutCode = reading.linesWithoutCode
        let hierarchies = try ImportHierarchies(&reading.table, checking, &session)
        for row in hierarchies.refused {
            report.refusals[row.problem.category, default: 0] += 1
            try refused(row)
        }
        report.counts.refused = report.refusals.values.reduce(0, +)
        let difference = ImportDifference(
            reading.table, closesMissing: request.scope == .full && report.linesWithoutCode == 0)
        report.counts.new = difference.counts.new
        report.counts.changed = difference.counts.changed
        report.counts.closed = difference.counts.closed
        report.counts.unchanged = difference.counts.unchanged
        if request.catalog.kind != .coverage {
            report.samples = try difference.samples(reading.table, reading.spool, &session)
        }
        report.refusal = refusal(report)
        if !request.isDryRun, !report.isRefused, !report.changesNothing {
            report.release = try stage(
                difference, reading.table, reading.spool, after: comparedWith.last?.number ?? 0,
                report.counts, &session, progress)
            try checkReferences(&report, &session)
        }
        try afterwards(report)
        if let release = report.release { try session.endStaging(of: release) }
        return report
    }

    /// Why a file that was compared is not to be staged.
    ///
    /// An export that was cut short must not close a country's hospitals.
    private func refusal(_ report: ImportReport) -> ImportRefusal? {
        if request.isStrict, report.counts.refused > 0 { return .rows }
        if report.counts.closed > 0, report.rowsRead == 0 { return .noRows }
        if let most = request.closedMax, report.counts.closed > most { return .closures }
        return nil
    }

    /// Looks where the staged release's references lead; a strict import with one that leads nowhere
    /// keeps nothing.
    private func checkReferences(
        _ report: inout ImportReport, _ session: inout RegistrySession
    ) throws {
        guard let release = report.release else { return }
        let check = ReferenceCheck(on: request.effectiveDay)
        report.references = try check.run(release: release, databaseURL: databaseURL)
        guard request.isStrict, report.references.total > 0 else { return }
        try session.abandon(release)
        report.release = nil
        report.refusal = .references
    }

    /// Reads by which entries the catalog tells of each code, the last release first.
    private func readCatalog(
        _ releases: [CatalogRelease], into table: inout ImportTable,
        _ session: inout RegistrySession
    ) throws {
        for release in releases.reversed() {
            try session.readEntries(release: release.number) { code, period, json in
                table.takeKnown(
                    code, period, json, release: release.number, day: request.effectiveDay)
            }
        }
    }

    private func stage(
        _ difference: ImportDifference, _ table: ImportTable, _ spool: EntrySpool,
        after parent: Int64, _ counts: ReleaseCounts, _ session: inout RegistrySession,
        _ progress: (ImportProgress) -> Void
    ) throws -> Int64 {
        let release = try session.beginRelease(
            of: request.catalog, scope: request.scope, fileName: request.fileName,
            actor: request.actor, reason: request.reason, effectiveDay: request.effectiveDay)
        do {
            guard release.parent == parent else {
                throw RegistryError(
                    .conflict,
                    "release \(release.parent) of \(request.catalog.text) became live while the file"
                        + " was compared; import it again")
            }
            let staging = ImportStaging(
                databaseURL: databaseURL, release: release.number, table: table, spool: spool)
            try staging.copy(difference.stated, progress)
            try staging.close(difference.closed, on: request.effectiveDay, &session)
            try session.finishRelease(release.number, counts)
        } catch {
            try? session.abandon(release.number)
            throw error
        }
        return release.number
    }
}
