import FaultTesting
import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import SeededTesting
import Synchronization
import Testing

/// A node that was opened from its snapshot is the node that the database makes.
///
/// Method: a node keeps snapshots at random moments of random histories (registrations, updates,
/// decisions, renumberings, undos, a load); readers opened from the snapshot and its log's tail, and from
/// the database alone, must answer every name, number, EUID and match alike. Then files that do not
/// fit: cut short, changed, of another history, of another program, left behind by a killed writer.
@Suite(.timeLimit(.minutes(10))) struct SnapshotTests {
    @Test(arguments: PropertySeeds.few) func answersAsTheDatabaseDoes(seed: UInt64) throws {
        try SnapshotScene.with { scene in
            try DecisionRegistry.addSource(scene.url)
            let sequence = try DecisionSequence(scene.url, seed: seed)
            defer { sequence.registry.node.close() }
            let keeper = try scene.reader()
            defer { keeper.close() }
            var random = SeededGenerator(seed: seed)
            for _ in 0..<4 {
                for _ in 0..<Int.random(in: 5..<40, using: &random) { try sequence.step() }
                if Bool.random(using: &random) { keeper.learnContents() }
                try keeper.saveSnapshot()
                for _ in 0..<Int.random(in: 0..<20, using: &random) { try sequence.step() }
                try scene.expectLikeness(isSnapshotUsed: true, "seed \(seed)")
            }
        }
    }

    @Test func takesWhatALoadBringsAfterIt() throws {
        try SnapshotScene.with { scene in
            let extract = try TestRegistry.extract(persons: 600, seed: 3)
            let later = try TestRegistry.extract(persons: 60, seed: 4)
            defer {
                try? FileManager.default.removeItem(atPath: extract)
                try? FileManager.default.removeItem(atPath: later)
            }
            _ = try TestRegistry.load(extract, into: scene.url)
            try scene.reader { try $0.saveSnapshot() }
            try scene.expectLikeness(isSnapshotUsed: true)
            _ = try TestRegistry.load(later, into: scene.url)
            try scene.expectLikeness(isSnapshotUsed: true)
        }
    }

    /// More versions of a record than its row has room for, as a broken extract makes them.
    @Test func knowsHowManyVersionsWereTakenBack() throws {
        try SnapshotScene.with { scene in
            let said = "Huenchullán,Quispe,1984-03-17,F,"
            try RevertedLoads.load(
                ["hospital,77,Bruno,Ñancupil,Lobos,1961-05-04,M,", "clinic,1,Rayén,\(said)"],
                into: scene.url)
            let load = try RevertedLoads.load(
                (0..<300).map { "clinic,1,Rayén \($0),\(said)" }, into: scene.url)
            try RevertedLoads.revert(load.load, in: scene.url)
            try scene.reader { try $0.saveSnapshot() }
            try scene.expectLikeness(isSnapshotUsed: true)
            try scene.reader { try $0.saveSnapshot() }
            var options = TestRegistry.options()
            options.snapshotFolder = scene.folder
            let node = try RegistryNode.open(databaseURL: scene.url, options: options)
            defer { node.close() }
            #expect(node.wasOpenedFromSnapshot)
            // The record moves, and is written with the version that the node knows.
            let other = LocalIdentifier(authority: "hospital", value: "77")
            try DecisionRegistry(node, scene.url, count: 0).decide(
                .link(
                    LocalIdentifier(authority: "clinic", value: "1"),
                    to: try node.patient(.identifier(other)).enterpriseIdentifier))
            var connection = try PostgresConnection(DatabaseAddress(scene.url))
            let row = try connection.query(
                "SELECT version || ' of ' || versions FROM padron.source_record WHERE record = 2"
            ).single
            #expect(try row.text(0) == "1 of 301")
            #expect(try TestRegistry.findings(in: scene.url) == [])
        }
    }

    @Test func isNotUsedWhereItIsDamaged() throws {
        try SnapshotScene.withSnapshot { scene in
            let whole = try Data(contentsOf: scene.file())
            var random = SeededGenerator(seed: 5)
            for _ in 0..<12 {
                var flipped = whole
                let place = Int.random(in: 8..<whole.count, using: &random)
                flipped[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                try scene.replaceFile(by: flipped)
                try scene.expectLikeness(isSnapshotUsed: false, "byte \(place) flipped")
                try scene.replaceFile(
                    by: whole.prefix(Int.random(in: 0..<whole.count, using: &random)))
                try scene.expectLikeness(isSnapshotUsed: false, "cut short")
            }
            try scene.replaceFile(by: whole)
            try scene.expectLikeness(isSnapshotUsed: true)
        }
    }

    @Test func isNotUsedForAnotherHistory() throws {
        try SnapshotScene.withSnapshot { scene in
            let file = try Data(contentsOf: scene.file())
            try SnapshotScene.withSnapshot(in: scene.folder, seed: 9) { other in
                try other.replaceFile(by: file)
                try other.expectLikeness(isSnapshotUsed: false)
            }
            // The log loses its last event, as by a restore, and gets another one in its place.
            var connection = try PostgresConnection(DatabaseAddress(scene.url))
            try connection.query(
                """
                UPDATE padron.event SET occurred_at = occurred_at + interval '1 second'
                WHERE sequence = (SELECT sequence FROM padron.lease)
                """)
            try scene.replaceFile(by: file)
            try scene.expectLikeness(isSnapshotUsed: false)
        }
    }

    @Test func isForItsOwnerAloneAndLeavesNothingUnfinished() throws {
        try SnapshotScene.withSnapshot { scene in
            let manager = FileManager.default
            let file = try scene.file()
            #expect(
                try manager.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
            #expect(
                try manager.attributesOfItem(atPath: scene.folder)[.posixPermissions] as? Int
                    == 0o700)
            let unfinished = file.path + "-of-a-killed-one.part"
            try Data("Anatolia".utf8).write(to: URL(fileURLWithPath: unfinished))
            try scene.expectLikeness(isSnapshotUsed: true)
            #expect(try manager.contentsOfDirectory(atPath: scene.folder).count == 1)
            try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
            try scene.expectLikeness(isSnapshotUsed: false)
        }
    }

    @Test func whatCannotBeKeptIsTold() throws {
        try SnapshotScene.with { scene in
            try Data().write(to: URL(fileURLWithPath: scene.folder))
            var options = TestRegistry.options("keeper", role: .reader)
            options.snapshotFolder = scene.folder + "/snapshot"
            let notes = Mutex<[String]>([])
            options.note = { note in notes.withLock { $0.append(note) } }
            let node = try RegistryNode.open(databaseURL: scene.url, options: options)
            defer { node.close() }
            #expect(throws: (any Error).self) { try node.saveSnapshot() }
            let told = notes.withLock { $0 }
            #expect(
                told == [
                    "the snapshot of the index was not kept: its folder \(scene.folder)/snapshot"
                        + " cannot be made; without it the next start reads the database"
                ])
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting takes root"))
    func aFullDiskKeepsTheLastOne() throws {
        try SnapshotScene.withSnapshot { scene in
            let before = try Data(contentsOf: scene.file())
            let disk = try SmallDisk(bytes: before.count + before.count / 2)
            defer { disk.remove() }
            let name = try scene.file().lastPathComponent
            let full = SnapshotScene(url: scene.url, folder: disk.path + "/snapshot")
            try FileManager.default.createDirectory(
                atPath: full.folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let last = URL(fileURLWithPath: full.folder + "/" + name)
            try before.write(to: last)
            #expect(chmod(last.path, 0o600) == 0)
            var options = TestRegistry.options("keeper", role: .reader)
            options.snapshotFolder = full.folder
            let notes = Mutex<[String]>([])
            options.note = { note in notes.withLock { $0.append(note) } }
            let node = try RegistryNode.open(databaseURL: scene.url, options: options)
            defer { node.close() }
            #expect(node.wasOpenedFromSnapshot)
            #expect(throws: (any Error).self) { try node.saveSnapshot() }
            #expect(
                notes.withLock { $0 } == [
                    "the snapshot of the index was not kept: it cannot be written: no space left on"
                        + " device; without it the next start reads the database"
                ])
            // What was begun is gone, and the last one is whole.
            #expect(try FileManager.default.contentsOfDirectory(atPath: full.folder) == [name])
            #expect(try Data(contentsOf: last) == before)
            try full.expectLikeness(isSnapshotUsed: true)
        }
    }

    @Test func isRefusedGentlyWhereItsFormIsAnother() throws {
        try SnapshotScene.withSnapshot { scene in
            var older = try Data(contentsOf: scene.file())
            older.replaceSubrange(older.count - 1..<older.count, with: Data("1".utf8))
            try scene.replaceFile(by: older)
            try scene.reader { node in
                #expect(!node.wasOpenedFromSnapshot)
                #expect(
                    node.openingNote
                        == "the snapshot was not used, since it is another program's;"
                        + " the database was read instead")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder) == [])
        }
    }

    @Test func erasureLeavesNoneBehind() throws {
        try SnapshotScene.withSnapshot { scene in
            var options = TestRegistry.options()
            options.snapshotFolder = scene.folder
            let writer = try RegistryNode.open(databaseURL: scene.url, options: options)
            defer { writer.close() }
            let keeper = try scene.reader()
            defer { keeper.close() }
            let person = TestRegistry.person(
                [.given: "Anatolia", .family: "Sotomayorga", .birthDate: "1980-02-29"])
            let receipt = try TestRegistry.submit(writer, "clinic", "K-2001", person)
            while keeper.status().position < receipt.position { usleep(10_000) }
            try keeper.saveSnapshot()
            #expect(try Data(contentsOf: scene.file()).range(of: Data("Sotomayorga".utf8)) != nil)
            var session = try RegistrySession(DatabaseAddress(scene.url))
            let erasure = try ErasureRequest.make(
                of: .person(receipt.enterpriseIdentifier), basis: "order 7", actor: "os:adam",
                &session)
            let answer = Promised<DecisionOutcome>()
            writer.decide(
                DecisionRequest(
                    .erase(request: erasure.number), actor: "os:eva", reason: "")
            ) { answer.set($0) }
            let position = try #require(try answer.wait().get().position)
            while keeper.status().position < position { usleep(10_000) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder) == [])
            try keeper.saveSnapshot()
            let bytes = try Data(contentsOf: scene.file())
            for text in ["Sotomayorga", "sotomayorga", "Anatolia", "anatolia", "K-2001"] {
                #expect(bytes.range(of: Data(text.utf8)) == nil)
            }
            try scene.expectLikeness(isSnapshotUsed: true)
        }
    }
}

/// A registry whose nodes keep snapshots in a folder.
struct SnapshotScene {
    let url: String
    let folder: String

    static func with<Value>(_ body: (SnapshotScene) throws -> Value) throws -> Value {
        let folder = NSTemporaryDirectory() + "snapshot-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try TestRegistry.withDatabase {
            try body(SnapshotScene(url: $0, folder: folder))
        }
    }

    /// A registry of a small extract and some records of a clinic, with a snapshot of it.
    static func withSnapshot(
        in folder: String? = nil, seed: UInt64 = 3, _ body: (SnapshotScene) throws -> Void
    ) throws {
        try with { made in
            let scene = SnapshotScene(url: made.url, folder: folder ?? made.folder)
            let extract = try TestRegistry.extract(persons: 200, seed: seed)
            defer { try? FileManager.default.removeItem(atPath: extract) }
            _ = try TestRegistry.load(extract, into: scene.url)
            try DecisionRegistry.addSource(scene.url)
            try scene.reader { try $0.saveSnapshot() }
            try body(scene)
        }
    }

    /// A node that follows and keeps snapshots.
    func reader() throws -> RegistryNode {
        var options = TestRegistry.options("keeper", role: .reader)
        options.snapshotFolder = folder
        return try RegistryNode.open(databaseURL: url, options: options)
    }

    func reader<Value>(_ body: (RegistryNode) throws -> Value) throws -> Value {
        let node = try reader()
        defer { node.close() }
        return try body(node)
    }

    /// The only file of the folder.
    func file() throws -> URL {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return URL(fileURLWithPath: folder + "/" + (try #require(names.first)))
    }

    /// Puts other bytes in the place of this registry's snapshot.
    func replaceFile(by data: Data) throws {
        try reader { try $0.saveSnapshot() }
        var session = try RegistrySession(DatabaseAddress(url))
        let lineage = try session.lineage()
        let path = "\(folder)/\(UInt64(bitPattern: lineage.system))-\(lineage.database).index"
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: data)
        try file.close()
    }

    /// Compares what a node of the folder answers with what one without it does.
    func expectLikeness(
        isSnapshotUsed: Bool, _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try RegistryNode.open(
            databaseURL: url, options: TestRegistry.options("plain", role: .reader))
        defer { expected.close() }
        try reader { node in
            #expect(
                node.wasOpenedFromSnapshot == isSnapshotUsed, comment,
                sourceLocation: sourceLocation)
            #expect(
                (node.openingNote == nil) == isSnapshotUsed, comment,
                sourceLocation: sourceLocation)
            let (mine, its) = (try answers(of: node), try answers(of: expected))
            #expect(mine.count == its.count, comment, sourceLocation: sourceLocation)
            for (left, right) in zip(mine, its) where left != right {
                Issue.record(
                    "\(left.question) is answered otherwise", sourceLocation: sourceLocation)
                break
            }
        }
    }

    private struct Answer: Hashable {
        var question: String
        var patient: PatientAnswer?
        var refusal: RegistryErrorCode?
        var references: [LocalIdentifier] = []
        var candidates: [MatchCandidate] = []
    }

    /// What a node answers to all names and EUIDs that the database knows.
    private func answers(of node: RegistryNode) throws -> [Answer] {
        var connection = try PostgresConnection(DatabaseAddress(url))
        let names = try connection.query(
            """
            SELECT s.code, n.local_id FROM padron.source s JOIN (
                SELECT source, local_id FROM padron.source_record
                UNION SELECT source, local_id FROM padron.former_local_id) n USING (source)
            ORDER BY 1, 2
            """
        ).map { LocalIdentifier(authority: try $0.text(0), value: try $0.text(1)) }
        let persons = try connection.query(
            """
            SELECT euid FROM padron.source_record UNION SELECT euid FROM padron.retired_person
            ORDER BY 1
            """
        ).map { EnterpriseIdentifier(bits: UInt64(try $0.int64(0))) }
        let status = node.status()
        var answers = [
            Answer(
                question: "status \(status.records) \(status.persons) \(status.reviewTasks)"
                    + " \(status.position)")
        ]
        for (place, name) in names.enumerated() {
            var answer = answer("\(name.authority):\(place)") {
                try node.patient(.identifier(name))
            }
            answer.references = (try? node.crossReferences(of: name, to: [])) ?? []
            if place % 7 == 0, let person = answer.patient?.person {
                answer.candidates = try node.match(person, limit: 10, grade: .possible)
            }
            answers.append(answer)
            for number in answer.patient?.person.identifiers ?? [] {
                answers.append(
                    self.answer(number.authority) { try node.patient(.identifier(number)) })
            }
        }
        for person in persons {
            answers.append(
                answer("\(person)") { try node.patient(.enterpriseIdentifier(person)) })
        }
        return answers
    }

    private func answer(_ question: String, _ body: () throws -> PatientAnswer) -> Answer {
        do {
            return Answer(question: question, patient: try body())
        } catch {
            return Answer(question: question, refusal: (error as? RegistryError)?.code)
        }
    }
}
