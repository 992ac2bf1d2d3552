import Extracts
import Identity
import Linkage
import RegistryClient
import RegistryModel

/// A person whose records stand in three regions and are not alike, to be shown.
struct DemoExample {
    private let rows: [ExtractRow]
    private let model: LinkageModel

    /// Looks for such a person; nil where the clusters hold none.
    init?(
        clusters: [UInt32], recordIDs: [String], extractPath: String, model: LinkageModel
    ) throws {
        var members: [UInt32: [Int]] = [:]
        for (slot, cluster) in clusters.enumerated() { members[cluster, default: []].append(slot) }
        // Enough to choose from, few enough to be read again.
        let candidates = members.values.filter { $0.count == 3 }.sorted { $0[0] < $1[0] }
            .filter { slots in
                Set(slots.map { DemoExample.source(of: recordIDs[$0]) }).count == 3
                    && slots.allSatisfy { recordIDs[$0].hasPrefix("region-") }
            }
            .prefix(500)
        let wanted = Set(candidates.joined().map { recordIDs[$0] })
        var rowsByID: [String: ExtractRow] = [:]
        var reader = try ExtractReader(path: extractPath)
        while rowsByID.count < wanted.count, let batch = try reader.nextBatch(rowsMax: 8_192) {
            for row in batch.rows where wanted.contains(row.recordID) {
                rowsByID[row.recordID] = row
            }
        }
        let people = candidates.map { $0.compactMap { rowsByID[recordIDs[$0]] } }
        guard let person = people.max(by: { DemoExample.worth($0) < DemoExample.worth($1) }) else {
            return nil
        }
        rows = person
        self.model = model
    }

    private static func source(of recordID: String) -> Substring {
        recordID.prefix { !$0.isNumber }
    }

    /// How much there is to see: names written differently, and numbers that are missing.
    private static func worth(_ rows: [ExtractRow]) -> Int {
        let names = Set(rows.map { NameFolding.folded($0.person[.given] + $0.person[.family]) })
        let withNumber = rows.filter { !$0.person.identifiers.isEmpty }.count
        let complete = rows.filter { $0.person.has(.birthDate) && $0.person.has(.given) }.count
        return names.count * 4 + complete * 2 + (withNumber == 1 ? 5 : 0)
    }

    /// The records, the person that the node makes of them, and why two of them belong together.
    func lines(port: UInt16, token: String) throws -> [String] {
        var table = TextTable(["record", "given", "family", "mother's family", "born", "number"])
        for row in rows {
            table.add([
                row.recordID, row.person[.given], row.person[.family], row.person[.mothersFamily],
                row.person[.birthDate], row.person.identifiers.first?.value ?? "–",
            ])
        }
        var lines = table.lines
        var connection = try RegistryConnection.connect(host: "127.0.0.1", port: port)
        try connection.authenticate(token: token, purpose: "demonstration")
        let identifier = "\(rows[0].source):\(rows[0].localID)"
        lines += ["", "> GET patient \(identifier)"]
        lines += try text(of: connection.request("GET patient \(identifier)"))
        lines += ["> XREF \(identifier)"]
        lines += try text(of: connection.request("XREF \(identifier)"))
        lines += ["", "why \(rows[0].recordID) and \(rows[1].recordID) are one person, in bits:"]
        let explanation = MatchExplanation(
            left: rows[0].person, right: rows[1].person, model: model)
        lines += explanation.waterfall.split(separator: "\n").map(String.init)
        return lines
    }

    private func text(of reply: RegistryReply) throws -> [String] {
        reply.lines.map { String(decoding: $0, as: UTF8.self) }
    }
}
