import Foundation
import LineProtocol
import RegistryClient
import RegistryModel
import RegistryServer
import Testing

/// The audit journal loses no entry whose reply left, and shows every entry that was tampered with.
///
/// Method: journals in temporary directories, changed byte by byte; a child process that kills
/// itself after its last reply.
@Suite(.timeLimit(.minutes(10))) struct AuditJournalTests {
    private func append(
        _ count: Int, to journal: AuditJournal, from start: Int = 0
    ) throws {
        for index in start..<start + count {
            var batch = AuditBatch()
            batch.setTime(Int64(index))
            for _ in 0...index % 3 {
                batch.append(
                    client: "ehr \"one\"", verb: .get, purpose: "treatment",
                    persons: [EnterpriseIdentifier(bits: UInt64(index))], outcome: "ok")
            }
            try journal.append(batch)
        }
    }

    private func verify(
        _ directory: TemporaryDirectory, publishedHead: AuditHead? = nil
    ) throws -> AuditSummary {
        try AuditJournal.verify(
            directory: directory.journal.directory, keyFile: directory.journal.keyFile,
            publishedHead: publishedHead)
    }

    private func file(_ directory: TemporaryDirectory, _ number: Int) -> URL {
        URL(filePath: directory.journal.directory)
            .appending(path: "audit-0000000\(number).log")
    }

    @Test func entryHoldsWhatItMust() throws {
        var batch = AuditBatch()
        batch.setTime(951_827_415_250_000)
        batch.append(
            client: "ehr \"one\"", verb: .match, purpose: "",
            persons: [EnterpriseIdentifier(bits: 1), EnterpriseIdentifier(bits: 2)],
            outcome: "ok")
        let first = EnterpriseIdentifier(bits: 1)
        let second = EnterpriseIdentifier(bits: 2)
        let expected =
            #"{"time":"2000-02-29T12:30:15.250000Z","client":"ehr \"one\"","verb":"MATCH","#
            + #""purpose":"","euids":["\#(first)","\#(second)"],"outcome":"ok"}"# + "\n"
        #expect(String(decoding: batch.bytes, as: UTF8.self) == expected)
    }

    @Test func continuesAcrossFilesAndRestarts() throws {
        let directory = try TemporaryDirectory()
        var options = directory.journal
        options.fileBytesMax = 2000
        for round in 0..<3 {
            let journal = try AuditJournal(options)
            try append(10, to: journal, from: round * 10)
            let head = journal.head
            journal.close()
            #expect(try verify(directory).head == head)
        }
        let summary = try verify(directory)
        #expect(summary.filesCount > 2)
        #expect(summary.head.entriesCount == 60)
        let attributes = try FileManager.default.attributesOfItem(atPath: options.keyFile)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func tamperingShows() throws {
        let directory = try TemporaryDirectory()
        let journal = try AuditJournal(directory.journal)
        try append(4, to: journal)
        let published = journal.head
        try append(4, to: journal, from: 4)
        journal.close()
        let url = file(directory, 1)
        let whole = try Data(contentsOf: url)
        let lines = whole.split(separator: 0x0A).map { Data($0) + [0x0A] }
        func fails(_ changed: [Data]) throws -> Bool {
            try changed.reduce(Data(), +).write(to: url)
            defer { try? whole.write(to: url) }
            do {
                return try verify(directory).tornBytesCount > 0
            } catch {
                return error is AuditJournalError
            }
        }
        #expect(try verify(directory, publishedHead: published).head.entriesCount == 15)
        for index in lines.indices {
            var removed = lines
            removed.remove(at: index)
            #expect(try fails(removed), "line \(index) removed")
            var doubled = lines
            doubled.insert(lines[index], at: index)
            #expect(try fails(doubled), "line \(index) doubled")
            var changed = lines
            changed[index][changed[index].startIndex + 12] ^= 1
            #expect(try fails(changed), "line \(index) changed")
            guard index > 0, lines[index] != lines[index - 1] else { continue }
            var moved = lines
            moved.swapAt(index, index - 1)
            #expect(try fails(moved), "line \(index) moved")
        }
        // A cut at the end of a batch shows against a published head alone.
        try lines.prefix(3).reduce(Data(), +).write(to: url)
        #expect(try verify(directory).head.entriesCount == 1)
        #expect(throws: AuditJournalError.headNotReached) {
            try verify(directory, publishedHead: published)
        }
    }

    @Test func missingFileShows() throws {
        let directory = try TemporaryDirectory()
        var options = directory.journal
        options.fileBytesMax = 500
        let journal = try AuditJournal(options)
        try append(10, to: journal)
        journal.close()
        try FileManager.default.removeItem(at: file(directory, 2))
        #expect(throws: AuditJournalError.fileMissing(name: "audit-00000002.log")) {
            try verify(directory)
        }
    }

    @Test func tornTailIsCutOff() throws {
        let directory = try TemporaryDirectory()
        let journal = try AuditJournal(directory.journal)
        try append(3, to: journal)
        let head = journal.head
        journal.close()
        let url = file(directory, 1)
        let whole = try Data(contentsOf: url)
        for torn in [#"{"time":"#, "{\"time\":\"\"}\n#9", "{\"time\":\"\"}\n"] {
            try (whole + Data(torn.utf8) + Data(repeating: 0, count: 5000)).write(to: url)
            #expect(try verify(directory).tornBytesCount == torn.utf8.count)
            let reopened = try AuditJournal(directory.journal)
            #expect(reopened.head == head)
            reopened.close()
            #expect(try Data(contentsOf: url) == whole)
        }
        let reopened = try AuditJournal(directory.journal)
        try append(3, to: reopened)
        reopened.close()
        #expect(try verify(directory).head.entriesCount == 12)
    }

    @Test func lostKeyIsNotReplaced() throws {
        let directory = try TemporaryDirectory()
        let journal = try AuditJournal(directory.journal)
        try append(1, to: journal)
        journal.close()
        try FileManager.default.removeItem(atPath: directory.journal.keyFile)
        #expect(throws: AuditJournalError.keyMissing(path: directory.journal.keyFile)) {
            _ = try AuditJournal(directory.journal)
        }
    }

    @Test func oneWriterAtATime() throws {
        let directory = try TemporaryDirectory()
        let journal = try AuditJournal(directory.journal)
        let path = directory.journal.directory
        #expect(throws: AuditJournalError.inUse(directory: path)) {
            _ = try AuditJournal(directory.journal)
        }
        journal.close()
        try AuditJournal(directory.journal).close()
    }

    @Test func limitOfSize() throws {
        let directory = try TemporaryDirectory()
        var options = directory.journal
        options.bytesMax = 1000
        let journal = try AuditJournal(options)
        while journal.isAvailable { try append(1, to: journal) }
        // What was performed before the limit showed is still written.
        try append(1, to: journal)
        journal.close()
        #expect(try verify(directory).head == journal.head)
    }

    @Test func killedProcessLosesNoEntryOfAReplyThatLeft() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            try await serveAndDie(path)
        }
        let text = try String(contentsOfFile: path + "/replies", encoding: .utf8)
        let replies = try #require(UInt64(text))
        #expect(replies == 300)
        let summary = try verify(directory)
        // Each reply, and the AUTH before them.
        #expect(summary.head.entriesCount == replies + 1)
        let journal = try AuditJournal(directory.journal)
        try append(1, to: journal)
        journal.close()
        #expect(try verify(directory).head.entriesCount == replies + 2)
    }
}

/// Serves itself 300 requests, notes how many replies came, and is killed.
private func serveAndDie(_ path: String) async throws {
    let fixture = try ServerFixture(in: TemporaryDirectory(existing: path))
    var reader = try fixture.connect(as: fixture.reader)
    var replies = 0
    for _ in 0..<10 {
        for _ in 0..<30 { try reader.send("GET patient a:1") }
        for _ in 0..<30 {
            _ = try? reader.receive()
            replies += 1
        }
    }
    try "\(replies)".write(toFile: path + "/replies", atomically: true, encoding: .utf8)
    kill(getpid(), SIGKILL)
}
