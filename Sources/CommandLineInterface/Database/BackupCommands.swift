import Foundation
import PostgresClient
import Registry
import RegistryStore

/// `padron db backup|restore`: the registry in an archive, and back.
enum BackupCommands {
    static let commands = [backup, restore]

    private static let jobs = OptionSpecification.value(
        "--jobs", "N", "processes side by side, of a folder (default 2)")

    private static let backup = Command(
        specification: CommandSpecification(
            words: ["db", "backup"], summary: "write the registry to an archive",
            discussion: """
                One state of the registry, whoever writes meanwhile, by PostgreSQL's pg_dump: one
                file, or a folder where PATH ends in '/'. It appears whole or not at all, and only
                its owner can read it. It holds the patients: keep it as you keep them. The audit
                journal lies in $PADRON_HOME and is not in it.
                """,
            operands: [OperandSpecification(name: "PATH", summary: "what to write")],
            options: [jobs] + DatabaseAccess.options)
    ) { arguments, context in
        let archive = DatabaseArchive(path: arguments.operands[0])
        let jobs = try arguments.integer("--jobs", in: 1...64) ?? 2
        let progress = ProgressLine(console: context.console, unit: "bytes")
        let start = ContinuousClock.now
        let ledger = try ErasureCommands.ledger(arguments, context)
        let (summary, erasures) = try DatabaseAccess.with(arguments, context) { address in
            defer { progress.finish() }
            let summary = try RegistryBackup.write(address, to: archive, jobs: jobs) { byteCount in
                progress.update(label: "writing", done: byteCount, total: nil)
            }
            var session = try RegistrySession(address)
            return (summary, try ledger.update(&session))
        }
        context.console.print(
            "\(Figures.grouped(summary.records)) records as of \(summary.position),"
                + " \(Figures.grouped(summary.byteCount)) bytes,"
                + " \(Figures.clock(seconds: (ContinuousClock.now - start).seconds))")
        if erasures > 0 {
            context.console.note(
                "\(Figures.counted(erasures, "erasure")) in \(ledger.path); keep a copy apart from"
                    + " the backups, 'db restore' needs it")
        }
    }

    private static let restore = Command(
        specification: CommandSpecification(
            words: ["db", "restore"], summary: "make a registry from an archive, and verify it",
            discussion: """
                Into a database without a registry. Its log goes on where the backup ends, under a
                new epoch: a node that wrote before cannot write there, and positions of WATCH up to
                the backup stay valid. A node that goes on running reads it anew. What was erased after
                the backup is erased again, by the ledger that 'padron erase' keeps in $PADRON_HOME.
                Ends with 1 where 'padron db verify' finds anything.
                """,
            operands: [OperandSpecification(name: "PATH", summary: "what 'db backup' wrote")],
            options: [
                jobs, .flag("--no-verify", "do not verify what was restored"),
                ErasureCommands.ledgerOption,
            ] + DatabaseAccess.options)
    ) { arguments, context in
        let archive = DatabaseArchive(path: arguments.operands[0])
        let jobs = try arguments.integer("--jobs", in: 1...64) ?? 2
        let console = context.console
        let ledger = try ErasureCommands.ledger(arguments, context)
        // One that cannot be read is told before anything is restored.
        _ = try ledger.erasures()
        try DatabaseAccess.with(arguments, context) { address in
            let start = ContinuousClock.now
            console.progress("restoring")
            defer { console.clearProgress() }
            let summary = try RegistryBackup.restore(archive, into: address, jobs: jobs) {}
            console.clearProgress()
            console.print(
                "\(Figures.grouped(summary.records)) records as of \(summary.position),"
                    + " \(Figures.clock(seconds: (ContinuousClock.now - start).seconds))")
            for migration in summary.migrations { console.print("applied \(migration)") }
            if ledger.exists {
                try ErasureCommands.repeatErasures(
                    ledger, address,
                    DatabaseAccess.nodeOptions("padron erase", arguments, context), console)
            } else {
                console.note(
                    "no ledger of erasures at \(ledger.path); if anybody was erased after the backup,"
                        + " run 'padron erase repeat --ledger FILE'")
            }
            guard !arguments.has("--no-verify") else { return }
            var session = try RegistrySession(address)
            let findings = try DatabaseCommands.verify(&session, console)
            for finding in findings { console.print("\(finding)") }
            guard findings.isEmpty else {
                throw CommandFailure("\(Figures.grouped(findings.count)) findings; do not serve it")
            }
            console.print("nothing found")
        }
    }
}
