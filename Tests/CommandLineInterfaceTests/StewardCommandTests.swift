import Foundation
import RegistryModel
import Testing

/// A steward looks at persons, pairs, the past and the queue from a terminal, without a server.
///
/// Method: the built program over a small registry of a throw-away cluster; literal lines, in which
/// EUIDs and times are replaced by what they are.
@Suite(.timeLimit(.minutes(10))) struct StewardCommandTests {
    /// Calls a closure with a registry of four records: two of Ana Soto, one each of two others.
    private func withRegistry(_ body: (RegistryRun, String) throws -> Void) throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(Self.rows, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            let shown = try registry.lines("show", "north:1", "--json")
            let euid = try JSONParser.parse(shown[0])["euid"]?.string
            try body(registry, try #require(euid))
        }
    }

    /// A line with its EUIDs, times and runs of spaces replaced.
    private func plain(_ line: String) -> String {
        line.replacing(/[0-9A-Z]{14}/, with: "EUID")
            .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, with: "TIME")
            .replacing(/os:\w+/, with: "USER").replacing(#/ +/#, with: " ")
    }

    @Test func showPutsRecordsSideBySide() throws {
        try withRegistry { registry, euid in
            let lines = try registry.lines("show", euid)
            #expect(try registry.lines("show", "south:1") == lines)
            #expect(lines[0] == "\(euid)  2 records, version 1")
            #expect(plain(lines[1]) == "record version recorded linked by weight")
            #expect(plain(lines[2]) == "north:1 1 TIME founder")
            #expect(plain(lines[3]).hasPrefix("south:1 1 TIME automatic "))
            #expect(plain(lines[4]) == "field golden north:1 south:1")
            #expect(lines.map(plain).contains("email ana@example.org ="))
            #expect(lines.map(plain).contains("sex F = ="))
            let object = try JSONParser.parse(
                try #require(registry.lines("show", euid, "--json").first))
            #expect(object["records"]?.array?.count == 2)
            #expect(object["golden"]?["email"]?.string == "ana@example.org")
        }
    }

    @Test func compareExplainsTheWeight() throws {
        try withRegistry { registry, euid in
            let lines = try registry.lines("compare", "north:1", "south:1").map(plain)
            #expect(lines[0] == "field north:1 south:1")
            #expect(lines.contains("given Ana ≠ ANA"))
            #expect(lines.contains("sex F = F"))
            #expect(lines.contains("north:1 and south:1:"))
            #expect(lines.contains { $0.hasPrefix("match weight +") })
            #expect(lines.last?.hasSuffix("; one person now") == true)
            let object = try JSONParser.parse(
                try #require(registry.lines("compare", "north:1", "south:1", "--json").first))
            #expect(object["records"] == .array([.string("north:1"), .string("south:1")]))
            #expect(object["one_person"] == .boolean(true))
            #expect(object["steps"]?.array?.first?["step"]?.string == "prior")
            let apart = try registry.lines("compare", euid, "north:2").map(plain)
            #expect(apart[0] == "field euid:EUID north:2")
            #expect(apart.contains { $0.hasPrefix("match weight −") })
            #expect(apart.last?.hasSuffix("too little to be asked about; two persons now") == true)
        }
    }

    @Test func historyTellsAndShowsThePast() throws {
        try withRegistry { registry, euid in
            let changed = try registry.folder.write(
                Self.rows.replacing("ana@example.org", with: "soto@example.org"), to: "f.csv")
            try registry.lines("load", changed)
            try registry.lines("unlink", "south:1", "--reason", "another card", "--yes")
            let lines = try registry.lines("history", euid).map(plain)
            #expect(lines[0] == "EUID")
            #expect(lines[1] == "time (UTC) position by record what operation")
            #expect(lines[2] == "TIME 1:1 USER north:1 version 1, of EUID 1 load")
            #expect(lines.contains("TIME 2:2 USER north:1 version 2 2 load"))
            #expect(lines.contains(" email: ana@example.org → soto@example.org"))
            #expect(lines.contains("TIME 3:3 USER south:1 EUID → EUID 3 unlink"))
            #expect(lines.contains(" because: another card"))
            let past = try registry.lines("history", euid, "--as-of", "1:1").map(plain)
            #expect(past[0] == "EUID 2 records, version 1")
            #expect(past.contains("email ana@example.org ="))
            let now = try registry.lines("history", euid, "--as-of", "now").map(plain)
            #expect(now[0] == "EUID 1 record, version 3")
            let object = try JSONParser.parse(
                try #require(registry.lines("history", euid, "--json").first))
            #expect(object["change"]?.string == "registered")
        }
    }

    @Test func queueListsAndCounts() throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 1_500)
            try registry.lines("load", extract, "--create-sources")
            let all = try registry.lines("queue", "--limit", "1000", "--json")
            let lines = try registry.lines("queue", "--limit", "2").map(plain)
            #expect(
                lines[0] == "task realm kind reason prio weight due assignee record of record of")
            #expect(lines.count == 5)
            #expect(lines[3].hasPrefix("\(all.count) open tasks: "))
            let second = try JSONParser.parse(all[1])["task"]?.integer
            #expect(lines[4] == "more behind them: --after \(try #require(second))")
            let third = try registry.lines(
                "queue", "--limit", "1", "--after", "\(try #require(second))", "--json")
            #expect(third[0] == all[2])
        }
    }

    @Test func tasksAreGivenToAStewardAndCounted() throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 1_500)
            try registry.lines("load", extract, "--create-sources")
            let first = try #require(registry.lines("queue", "--limit", "1", "--json").first)
            let task = try #require(try JSONParser.parse(first)["task"]?.integer)
            try registry.lines(
                "queue", "assign", "\(task)", "--to", "ines", "--due", "2020-01-01")
            let overdue = try registry.lines("queue", "--overdue", "--assignee", "ines", "--json")
            #expect(overdue.count == 1)
            let counted = try JSONParser.parse(overdue[0])
            #expect(counted["task"]?.integer == task)
            #expect(counted["due"]?.string?.hasPrefix("2020-01-01T23:59:59") == true)
            let summary = try registry.lines("queue", "--summary", "--by", "assignee").map(plain)
            #expect(summary[0] == "assignee open unassigned overdue oldest")
            #expect(summary.contains { $0.hasPrefix("ines 1 0 1 ") })
            let refused = try registry.run("queue", "assign", "999999", "--to", "ines")
            #expect(refused.status == 1)
        }
    }

    @Test func whoWorksOnTheDatabaseIsAudited() throws {
        try withRegistry { registry, euid in
            try registry.lines("show", euid)
            let journal = registry.folder.path("home/audit-commands/audit-00000001.log")
            let entries = try String(contentsOfFile: journal, encoding: .utf8)
            // The registry was made with a `show` of its own.
            let own = entries.split(separator: "\n").filter {
                $0.contains(#""verb":"padron show""#) && $0.contains(euid)
            }.suffix(2)
            #expect(own.count == 2)
            #expect(own.first?.contains(#""outcome":"begun""#) == true)
            #expect(own.last?.contains(#""outcome":"ok""#) == true)
            #expect(!entries.contains("Soto"))
        }
    }

    @Test func whatCannotBeShownIsSaidInOneLine() throws {
        try withRegistry { registry, euid in
            let nobody = EnterpriseIdentifier(bits: 1).description
            for (arguments, status, message) in [
                (["show", nobody], 1, "no such person; look at the 14 characters again"),
                (["show", "north:9"], 1, "the source has no such record"),
                (["show", "west:1"], 1, "no such source; padron source list has them"),
                (["history", "north"], 2, "neither an EUID nor a SOURCE:LOCAL_ID"),
                (["history", euid, "--as-of", "0:0"], 1, "the person was not known then"),
                (["history", euid, "--as-of", "x"], 2, "--as-of takes a day"),
                (["compare", euid, euid], 1, "the two to compare are the same"),
                (["queue", "--kind", "x"], 2, "unknown kind 'x'"),
            ] as [([String], Int32, String)] {
                let run = try ProgramRun(
                    arguments, environment: registry.environment, in: registry.folder)
                #expect(run.status == status, "\(arguments)")
                #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1)
            }
        }
    }

    private static let rows = """
        record_id,source,given,family,mothers_family,birth_date,sex,run,email
        1,north,Ana,Soto,Rojas,1980-02-29,F,5.126.663-3,ana@example.org
        2,north,Luis,Carrasco,Fuentes,1975-11-30,M,,
        1,south,ANA,SOTO,ROJAS,29/02/1980,F,51266633,
        2,south,Marta,Ibarra,Lagos,1991-07-04,F,,

        """
}
