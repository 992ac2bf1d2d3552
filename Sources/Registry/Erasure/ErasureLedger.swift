internal import Foundation
internal import Identity
internal import RegistryModel
package import RegistryStore

/// What was erased, in a file outside the database, so that no older backup brings it back unnoticed.
///
/// A line of JSON for each erasure: which operation it was, when, under which basis, who asked and who
/// granted, and the names of the records as digests. The salt of the digests lies in the database and in
/// its backups alone: so the file tells of nobody, and still finds the records in a restored registry.
/// Lines are added and never changed.
package struct ErasureLedger: Sendable {
    /// What repeating erasures came to.
    package struct Repetition: Hashable, Sendable {
        /// The erasures of which the registry held a record still.
        package var erasures = 0
        /// The records that were erased again.
        package var records = 0
        /// The names of erased records that the registry does not hold, and that are refused from now on.
        package var names = 0

        /// Creates a repetition of nothing.
        package init() {}
    }

    package let path: String

    /// A ledger at a path, which need not exist yet.
    package init(path: String) { self.path = path }

    /// Whether there is one.
    package var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// The erasures in it.
    ///
    /// - Throws: `internal` for a line that is none; the last one may be cut short by a crash, and is then
    ///   written again by `update`.
    package func erasures() throws -> [DoneErasure] {
        guard exists else { return [] }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        return try lines.enumerated().compactMap { place, line in
            if let erasure = (try? JSONParser.parse(Array(line))).flatMap(DoneErasure.init(json:)) {
                return erasure
            }
            if place == lines.count - 1, bytes.last != UInt8(ascii: "\n") { return nil }
            throw RegistryError(.internal, "line \(place + 1) of \(path) is no erasure")
        }
    }

    /// Adds what a registry has erased and the ledger does not hold yet; how many there are now.
    @discardableResult
    package func update(_ session: inout RegistrySession) throws -> Int {
        let known = try erasures()
        let missing = try session.doneErasures().filter { !known.contains($0) }
        guard !missing.isEmpty else { return known.count }
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true)
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw failure }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var bytes = Data()
        // A line that a crash has cut short is left behind as what it is.
        if try file.seekToEnd() > 0 {
            try file.seek(toOffset: file.seekToEnd() - 1)
            if try file.read(upToCount: 1) != Data("\n".utf8) { bytes.append(0x0A) }
        }
        for erasure in missing { bytes.append(contentsOf: erasure.line) }
        try file.write(contentsOf: bytes)
        try file.synchronize()
        return known.count + missing.count
    }

    /// Erases again what a registry holds that was restored from a backup of before, in the names of those
    /// who had asked and granted.
    ///
    /// A record of the ledger that came after the backup is not there to be erased; its source is
    /// refused all the same when it sends it again.
    package func repeatErasures(
        in databaseURL: String, node: RegistryNodeOptions
    ) throws -> Repetition {
        var session = try RegistrySession(databaseURL: databaseURL)
        let known = try session.doneErasures()
        let missing = try erasures().filter { !known.contains($0) }
        var repetition = Repetition()
        guard !missing.isEmpty else { return repetition }
        let job = DecisionJob(databaseURL: databaseURL, node: node)
        // What a steward has allowed again since is a new record.
        let named = missing.reduce(into: Set<[UInt8]>()) { $0.formUnion($1.digests) }
        let wanted = named.subtracting(try session.allowedErasedNames())
        var left = try session.records(named: wanted)
        repetition.names = try session.refuseErasedNames(wanted.subtracting(left.keys))
        var erased: Set<Int64> = []
        for erasure in missing {
            var records: [EnterpriseIdentifier: Set<Int64>] = [:]
            for digest in erasure.digests {
                guard let found = left.removeValue(forKey: digest) else { continue }
                if erased.insert(found.record).inserted {
                    records[found.person, default: []].insert(found.record)
                }
            }
            for (person, records) in records.sorted(by: { $0.key < $1.key }) {
                let request = try session.requestErasure(
                    of: records.sorted(), person, isWhole: false, basis: erasure.basis,
                    actor: erasure.requestedBy)
                _ = try job.run(
                    DecisionRequest(.erase(request: request.number), actor: erasure.decidedBy))
                repetition.records += records.count
            }
            if !records.isEmpty { repetition.erasures += 1 }
        }
        if repetition.records > 0 { try session.cleanAfterErasure() }
        return repetition
    }

    private var failure: RegistryError {
        RegistryError(.unavailable, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}

extension DoneErasure {
    /// The erasure as a line of the ledger.
    fileprivate var line: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("operation")
        writer.integer(operation)
        writer.key("at")
        writer.string(Timestamp.text(of: decidedAt))
        writer.key("basis")
        writer.string(basis)
        writer.key("requested_by")
        writer.string(requestedBy)
        writer.key("decided_by")
        writer.string(decidedBy)
        writer.key("names")
        writer.beginArray()
        for digest in digests.map({ Data($0).base64EncodedString() }).sorted() {
            writer.string(digest)
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    fileprivate init?(json: JSONValue) {
        guard let operation = json["operation"]?.integer,
            let decidedAt = json["at"]?.string.flatMap(Timestamp.microseconds(of:)),
            let basis = json["basis"]?.string, let requestedBy = json["requested_by"]?.string,
            let decidedBy = json["decided_by"]?.string, let names = json["names"]?.array
        else { return nil }
        self.init(
            operation: operation, decidedAt: decidedAt, basis: basis, requestedBy: requestedBy,
            decidedBy: decidedBy,
            digests: Set(
                names.compactMap { name in
                    name.string.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
                }))
    }
}
