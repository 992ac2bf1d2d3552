import Registry
import RegistryClient
import RegistryModel
import RegistryServer
import Synchronization
import Testing

/// Catalogs are asked over TCP like patients: by role, audited, with one line for what is not there.
///
/// Method: real sockets over catalogs in memory, answers compared with literal text.
@Suite(.timeLimit(.minutes(10))) struct CatalogSessionTests {
    private static let facilities = CatalogKey(.facility, "ir-sites")

    private func fixture() throws -> ServerFixture {
        let fixture = try ServerFixture()
        let year = try #require(EntryPeriod(from: 19_723, through: 20_088))
        let entries: [(String, EntryPeriod, String)] = [
            ("1", .always, #"{"name":{"fa":"بیمارستان کودکان"},"id":{"siam":["77"]},"level":"A"}"#),
            ("2", .always, #"{"name":{"fa":"داروخانه بیمارستان"},"id":{"siam":["77"]}}"#),
            ("3", year, #"{"name":{"es":"Clínica Añañuca"},"level":"III-1"}"#),
        ]
        fixture.service.catalogs.withLock { tables in
            tables.take(release: 1, of: Self.facilities) { take in
                for (code, period, content) in entries {
                    take(code, period, Array(content.utf8))
                }
            }
        }
        return fixture
    }

    private func codes(_ reply: RegistryReply) throws -> [String?] {
        try reply.objects().map { $0["code"]?.string }
    }

    @Test func aCodeAnswersItsEntryAndAnIdentifierAllOfTheirs() throws {
        let fixture = try fixture()
        defer { fixture.server.stop() }
        var reader = try fixture.connect(as: fixture.reader)
        let one = try reader.request("GET facility ir-sites:3")
        #expect(one.count == 1)
        #expect(
            try one.objects().first?["valid_from"] == .string("2024-01-01")
                && one.objects().first?["valid_to"] == .string("2024-12-31")
                && one.objects().first?["name"]?["es"] == .string("Clínica Añañuca"))
        #expect(try codes(reader.request("GET facility siam:77")) == ["1", "2"])
        #expect(
            try fixture.journalEntries().filter { $0.contains(#""verb":"GET""#) }.count == 2)
    }

    @Test func whatIsNotThereIsSaidInOneLine() throws {
        let fixture = try fixture()
        defer { fixture.server.stop() }
        var reader = try fixture.connect(as: fixture.reader)
        for (line, expected) in [
            ("GET facility ir-sites:9", RegistryError(.notFound, "no such facility")),
            (
                "GET facility nobody:9",
                RegistryError(
                    .unknownAuthority, "no facility has a code or an identifier of nobody")
            ),
            (
                "GET facility ir-sites:3 at=2025-01-01",
                RegistryError(
                    .notFound, "not valid on 2025-01-01, but from 2024-01-01 to 2024-12-31")
            ),
            (
                "FIND facility catalog=nobody",
                RegistryError(.unknownAuthority, "there is no catalog facility/nobody")
            ),
        ] {
            #expect(throws: RegistryConnectionError.refused(expected)) {
                try reader.request(line)
            }
        }
    }

    @Test func searchesArePagedAndKnowScripts() throws {
        let fixture = try fixture()
        defer { fixture.server.stop() }
        var reader = try fixture.connect(as: fixture.reader)
        // The Arabic letters of another keyboard, and a word begun.
        let first = try reader.request("FIND facility text=بيمارستان limit=1")
        #expect(try codes(first) == ["1"])
        #expect(first.fields == ["next": "0:ir-sites:1"])
        let second = try reader.request("FIND facility text=بيمارستان limit=1 after=0:ir-sites:1")
        #expect(try codes(second) == ["2"] && second.fields.isEmpty)
        #expect(try codes(reader.request("FIND facility text=ananuca level=iii-1")) == ["3"])
        #expect(try codes(reader.request("FIND facility text=clinca")) == ["3"])
        #expect(try reader.request("FIND facility level=B").count == 0)
    }
}
