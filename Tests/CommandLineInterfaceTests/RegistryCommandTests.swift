import Foundation
import PostgresClient
import RegistryModel
import Testing

/// A registry is set up, filled and looked at by commands alone.
///
/// Method: the built program over a database of a throw-away cluster; figures are literal.
@Suite(.timeLimit(.minutes(10))) struct RegistryCommandTests {
    /// The object in a line of JSON.
    private func object(_ line: String?) throws -> JSONValue {
        try JSONParser.parse(try #require(line))
    }

    @Test func aNewDatabaseIsMigratedOnceAndVerified() throws {
        try RegistryRun.with { registry in
            let applied = try registry.lines("db", "migrate")
            #expect(applied.first?.hasPrefix("applied 0001") == true)
            #expect(try registry.lines("db", "migrate") == ["up to date"])
            #expect(try registry.lines("db", "verify") == ["nothing found"])
        }
    }

    @Test func sourcesAndClientsAreAddedListedAndRevoked() throws {
        try RegistryRun.with { registry in
            #expect(try registry.lines("source", "add", "north") == ["source north added"])
            #expect(try registry.lines("source", "list").count == 2)
            let token = try registry.lines(
                "client", "add", "hospital", "--role", "feeder", "--source", "north")
            #expect(token.count == 1 && token[0].count >= 32)
            var client = try object(registry.lines("client", "list", "--json").first)
            #expect(client["client"]?.string == "hospital")
            #expect(client["role"]?.string == "feeder")
            #expect(client["sources"] == .array([.string("north")]))
            #expect(client["revoked"] == .boolean(false))
            #expect(
                try registry.lines("client", "revoke", "hospital") == ["client hospital revoked"])
            client = try object(registry.lines("client", "list", "--json").first)
            #expect(client["revoked"] == .boolean(true))
            #expect(try registry.count("SELECT count(*) FROM padron.client") == 1)
        }
    }

    @Test func anExtractIsLoadedOnce() throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(Self.rows, to: "e.csv")
            let first = try object(
                registry.lines("load", extract, "--create-sources", "--json").first)
            for (key, value) in [
                ("load", 1), ("read", 5), ("rejected", 1), ("linked", 1), ("updated", 0),
                ("unchanged", 0), ("persons", 3),
            ] as [(String, Int64)] {
                #expect(first[key]?.integer == value, "\(key)")
            }
            let rejects = try String(contentsOfFile: extract + ".rejects.csv", encoding: .utf8)
            #expect(rejects.contains("6,"))
            let state = try registry.endState()
            let again = try object(registry.lines("load", extract, "--json").first)
            #expect(again["unchanged"]?.integer == 4)
            #expect(again["persons"]?.integer == 0)
            #expect(try registry.endState() == state)
            #expect(try registry.lines("load", "list").count == 3)
            let shown = try object(registry.lines("load", "show", "1").first)
            #expect(shown["state"]?.string == "done")
            #expect(shown["rows"]?.integer == 4)
            #expect(try registry.lines("db", "verify") == ["nothing found"])
        }
    }

    @Test func aChangedRowIsANewVersion() throws {
        try RegistryRun.with { registry in
            let extract = try registry.folder.write(Self.rows, to: "e.csv")
            try registry.lines("load", extract, "--create-sources")
            let changed = try registry.folder.write(
                Self.rows.replacing("ana@example.org", with: "soto@example.org"), to: "f.csv")
            let again = try object(registry.lines("load", changed, "--json").first)
            #expect(again["updated"]?.integer == 1)
            #expect(again["unchanged"]?.integer == 3)
            #expect(try registry.count("SELECT count(*) FROM padron.source_record_version") == 5)
            #expect(try registry.lines("db", "verify") == ["nothing found"])
        }
    }

    private static let rows = """
        record_id,source,given,family,mothers_family,birth_date,sex,run,email
        1,north,Ana,Soto,Rojas,1980-02-29,F,5.126.663-3,ana@example.org
        2,north,Luis,Carrasco,Fuentes,1975-11-30,M,,
        1,south,ANA,SOTO,ROJAS,29/02/1980,F,51266633,
        2,south,Marta,Ibarra,Lagos,1991-07-04,F,,
        3,south,Marta

        """
}
