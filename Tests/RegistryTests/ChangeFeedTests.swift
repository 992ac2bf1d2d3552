import Foundation
import Identity
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// The change feed tells every event once, whoever starts again in the middle.
///
/// Method: loads, updates and decisions over nodes that are closed and opened between them, read in
/// small parts by askers that remember nothing but `next`; the same parts asked for again after
/// later moves must be equal.
@Suite struct ChangeFeedTests {
    private func feed(
        _ node: RegistryNode, since: LogPosition, limit: Int = 2
    ) throws -> FeedPage {
        let answer = Promised<FeedPage>()
        node.feed(FeedQuestion(since: since, limit: limit)) { answer.set($0) }
        return try answer.wait().get()
    }

    /// Reads to the end of what a node knows.
    private func rest(_ node: RegistryNode, since: LogPosition) throws -> [FeedEvent] {
        var (events, position): ([FeedEvent], LogPosition) = ([], since)
        while true {
            let page = try feed(node, since: position)
            if page.events.isEmpty { return events }
            events += page.events
            position = page.next
        }
    }

    @Test func noGapAndNoRepeatAcrossRestarts() throws {
        let path = try TestRegistry.extract(persons: 300, seed: 3)
        try TestRegistry.withDatabase { url in
            _ = try TestRegistry.load(path, into: url)
            try DecisionRegistry.addSource(url)
            var (told, since): ([FeedEvent], LogPosition) = ([], .origin)
            var merge: DecisionOutcome?
            for round in 0..<3 {
                let node = try RegistryNode.open(
                    databaseURL: url, options: TestRegistry.options())
                defer { node.close() }
                if round == 0 { #expect(try feed(node, since: since, limit: 9).events.count == 1) }
                let part = try feed(node, since: since)
                told += part.events
                since = part.next
                let registry = try DecisionRegistry(node, url, count: 2)
                switch round {
                case 1:
                    let (a, b) = registry.two
                    merge = try registry.decide(.merge(retired: a, survivor: b))
                case 2: try registry.undo(try #require(merge))
                default: break
                }
                let more = try rest(node, since: since)
                told += more
                since = more.last?.position ?? since
            }
            let node = try RegistryNode.open(databaseURL: url, options: TestRegistry.options())
            defer { node.close() }
            #expect(told.map(\.position.sequence) == Array(1...Int64(told.count)))
            #expect(since.sequence == node.status().position.sequence)
            #expect(try rest(node, since: .origin) == told)
            #expect(told[0].kind == .loadChunk && told[0].operation == 1)
            var connection = try PostgresConnection(DatabaseAddress(url))
            let loaded = try connection.query(
                "SELECT count(DISTINCT euid) FROM padron.source_record WHERE sequence = 1"
            ).single.int(0)
            #expect(told[0].persons.count == loaded)
            let decisions = told.filter { $0.kind == .decision }
            #expect(decisions.count == 2)
            #expect(decisions[0].persons.count == 2)
            #expect(decisions[0].persons == decisions[1].persons)
        }
    }

    @Test func bothPersonsAreToldOfWhatHoldsThemApart() throws {
        try TestRegistry.withNode { node, url in
            let registry = try DecisionRegistry(node, url, count: 2)
            let (a, b) = registry.two
            let since = node.status().position
            let distinct = try registry.decide(.distinct(.person(a), .person(b)))
            try registry.undo(distinct)
            let told = try rest(node, since: since).map(\.persons)
            #expect(told == [[a, b].sorted(), [a, b].sorted()])
        }
    }

    @Test func aPositionOfAnotherLogIsRefused() throws {
        try TestRegistry.withNode { node, url in
            _ = try DecisionRegistry(node, url, count: 3)
            let end = node.status().position
            func refusal(_ epoch: Int64, _ sequence: Int64) -> RegistryErrorCode? {
                let position = LogPosition(epoch: epoch, sequence: sequence)
                let error = #expect(throws: RegistryError.self) {
                    try feed(node, since: position)
                }
                return error?.code
            }
            #expect(refusal(end.epoch, 99) == .unavailable)
            #expect(refusal(end.epoch + 1, 2) == .conflict)
            #expect(refusal(0, 2) == .conflict)
            #expect(try feed(node, since: end).next == end)
        }
    }
}
