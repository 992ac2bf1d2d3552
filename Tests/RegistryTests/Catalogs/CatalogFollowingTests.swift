import Foundation
import Identity
import Registry
import RegistryModel
import RegistryStore
import Testing

/// Every node that serves catalogs says what the live releases say, after each activation and revert, and
/// nearness is answered by the database as memory knows it.
///
/// Method: a writer and a reader over one database; files imported and taken back by jobs of commands, as
/// the program has them; each node is asked once it says that it follows so far.
@Suite(.timeLimit(.minutes(10)))
struct CatalogFollowingTests {
    private static let key = CatalogKey(.facility, "test-sites")

    @Test func nodesFollowReleasesAndReverts() throws {
        try TestRegistry.withDatabase { url in
            try Self.release(["100": "Posta", "200": "Hospital"], in: url)
            let writer = try RegistryNode.open(databaseURL: url, options: Self.options(.writer))
            defer { writer.close() }
            let reader = try RegistryNode.open(databaseURL: url, options: Self.options(.reader))
            defer { reader.close() }
            let nodes = [writer, reader]
            for node in nodes { #expect(Self.names(node) == ["Posta", "Hospital"]) }

            let (second, position) = try Self.release(
                ["100": "Posta Rural", "300": "Consultorio"], in: url)
            for node in nodes {
                Self.wait(for: position, at: node)
                #expect(Self.names(node) == ["Posta Rural", "Hospital", "Consultorio"])
                #expect(try node.find(Self.search("rurl")).entries.map(\.code) == ["100"])
            }
            let undone = try ReleaseJob(databaseURL: url).revert(
                second, actor: "test", reason: "wrong file")
            for node in nodes {
                Self.wait(for: try #require(undone.position), at: node)
                #expect(Self.names(node) == ["Posta", "Hospital"])
                #expect(try node.find(Self.search("consultorio")).entries.isEmpty)
            }
            let events = try Self.feed(writer)
            #expect(events.map(\.release?.number) == [1, 2, 2])
            #expect(events.map(\.release?.isLive) == [true, true, false])
            #expect(events.allSatisfy { $0.release?.catalog == Self.key })
        }
    }

    @Test func nearestComeFirstAndPagesGoOn() throws {
        try TestRegistry.withDatabase { url in
            let codes = (100..<160).map { ("\($0)", "Posta \($0)") }
            try Self.release(Dictionary(uniqueKeysWithValues: codes), in: url)
            let node = try RegistryNode.open(databaseURL: url, options: Self.options(.writer))
            defer { node.close() }
            var search = EntrySearch(.facility, limit: 100)
            try search.setNearness(near: "-33.0,-70.0", within: "25")
            let whole = try node.find(search)
            // A hundredth of a degree is 1.11 km, and each code lies one further south.
            #expect(whole.entries.map(\.code) == (100..<123).map(String.init))
            #expect(abs((whole.entries[1].kilometres ?? 0) - 1.1119) < 0.001)
            search.limit = 5
            var paged: [FoundEntry] = []
            while true {
                let page = try node.find(search)
                paged += page.entries
                guard let next = page.next else { break }
                search.after = SearchPlace(next.description)
            }
            #expect(paged == whole.entries)
            search.after = nil
            search.text = "posta 117"
            #expect(try node.find(search).entries.map(\.code) == ["117"])
        }
    }

    @Test func aCommandReadsACodeWithoutAnIndex() throws {
        try TestRegistry.withDatabase { url in
            try Self.release(["100": "Posta"], in: url)
            let found = try CatalogReading.entries(
                .facility, EntryReference(authority: "test-sites", code: "100"),
                on: 20_000, databaseURL: url)
            #expect(found.map(\.code) == ["100"])
            #expect(throws: RegistryError(.notFound, "no such facility")) {
                try CatalogReading.entries(
                    .facility, EntryReference(authority: "test-sites", code: "9"), on: 20_000,
                    databaseURL: url)
            }
        }
    }

    // MARK: - What nodes are asked

    private static func options(_ role: WantedRole) -> RegistryNodeOptions {
        var options = TestRegistry.options("\(role)", role: role)
        options.servesCatalogs = true
        return options
    }

    private static func names(_ node: RegistryNode) -> [String] {
        ["100", "200", "300"].compactMap { code in
            let question = EntryQuestion(
                .facility, EntryReference(authority: key.authority, code: code))
            guard let entry = try? node.entries(question).first else { return nil }
            return (try? EntryContent(stored: entry.contentJSON))?["name"]?["und"]?.string
        }
    }

    private static func search(_ text: String) -> EntrySearch {
        var search = EntrySearch(.facility)
        search.text = text
        return search
    }

    private static func wait(for position: LogPosition, at node: RegistryNode) {
        let done = DispatchSemaphore(value: 0)
        node.whenCatalogsRead(position, millisecondsMax: 60_000) { done.signal() }
        done.wait()
        #expect(node.catalogPosition() >= position)
    }

    private static func feed(_ node: RegistryNode) throws -> [FeedEvent] {
        let answer = Promised<FeedPage>()
        let start = LogPosition(epoch: 0, sequence: 0)
        node.feed(FeedQuestion(since: start, limit: 100)) { answer.set($0) }
        return try answer.wait().get().events
    }

    // MARK: - Releases

    /// Imports names by code as a partial file, and makes them live.
    @discardableResult
    private static func release(
        _ names: [String: String], in url: String
    ) throws -> (number: Int64, position: LogPosition) {
        let job = ImportJob(
            databaseURL: url,
            request: ImportRequest(
                catalog: key, scope: .partial, fileName: "sites.csv", effectiveDay: 19_000,
                actor: "test"))
        let report = try job.run { body in
            for (line, site) in names.sorted(by: { $0.key < $1.key }).enumerated() {
                let south = Double(Int(site.key) ?? 0) - 100
                try body(
                    .success(
                        StatedEntry(
                            line: line + 1, code: site.key, period: .always,
                            members: [
                                JSONMember("name", .string(site.value)),
                                JSONMember("latitude", .string("\(-33 - south / 100)")),
                                JSONMember("longitude", .string("-70.0")),
                            ])))
            }
        }
        let number = try #require(report.release)
        let outcome = try ReleaseJob(databaseURL: url).activate(
            number, actor: "test", reason: "first")
        return (number, try #require(outcome.position))
    }
}
