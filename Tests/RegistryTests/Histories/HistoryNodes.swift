import Foundation
import PostgresClient
import Registry
import RegistryModel
import RegistryStore
import Testing

/// The nodes of a history, each behind a relay of its own: one writes, others follow.
final class HistoryNodes {
    private struct Member {
        /// The name under which it takes the lease.
        let name: String
        let node: RegistryNode
        let relay: ServerRelay
    }

    static let followersMax = 2

    private let url: String
    private var members: [Member] = []
    private(set) var takeovers = 0
    private var opened = 0
    private(set) var openedFromSnapshots = 0
    /// Where the nodes keep snapshots, as nodes of one machine do.
    private let folder = NSTemporaryDirectory() + "history-\(UUID().uuidString)"
    private var session: RegistrySession

    init(_ url: String) throws {
        self.url = url
        session = try RegistrySession(DatabaseAddress(url))
    }

    /// All nodes.
    var all: [RegistryNode] { members.map(\.node) }

    /// How many follow.
    var followers: Int { members.count { !writes($0) } }

    /// Opens one more, which writes where nobody does.
    func open() throws {
        let relay = try ServerRelay(of: url, isOfWriter: true)
        opened += 1
        let name = "node \(opened)"
        var options = TestRegistry.options(name, role: .either)
        options.snapshotFolder = folder
        let node = try RegistryNode.open(databaseURL: relay.url, options: options)
        if node.wasOpenedFromSnapshot { openedFromSnapshots += 1 }
        members.append(Member(name: name, node: node, relay: relay))
    }

    /// The node that writes, with its relay.
    func writer() throws -> (node: RegistryNode, relay: ServerRelay) {
        let deadline = Date(timeIntervalSinceNow: 90)
        while Date() < deadline {
            if let member = members.first(where: writes) { return (member.node, member.relay) }
            usleep(2_000)
        }
        throw RegistryError(.internal, "no node writes")
    }

    /// Has another node take over from one that lost its database, which then finds it again.
    func takeOver() throws {
        takeovers += 1
        let (lost, others) = (
            members.filter(\.relay.isIsolated), members.filter { !$0.relay.isIsolated }
        )
        if others.isEmpty { try open() }
        let deadline = Date(timeIntervalSinceNow: 90)
        while !members.contains(where: { !$0.relay.isIsolated && writes($0) }) {
            try #require(Date() < deadline, "nobody takes over")
            usleep(2_000)
        }
        for member in lost { member.relay.heal() }
    }

    /// Whether a node has the lease; one that was replaced may not know it yet.
    private func writes(_ member: Member) -> Bool {
        guard member.node.status().role == .writer, let lease = try? session.lease() else {
            return false
        }
        return lease.holder == member.name && lease.isAlive
    }

    /// Closes a node, the writer or one that follows; another one goes on, opened where there is
    /// none.
    func closeOne(writer: Bool) throws {
        guard let place = members.firstIndex(where: { writes($0) == writer }) else { return }
        close(members.remove(at: place))
        if members.isEmpty { try open() }
    }

    /// Waits until all nodes have read as far as the log goes.
    func catchUp(to sequence: Int64) throws {
        let deadline = Date(timeIntervalSinceNow: 90)
        while members.contains(where: { $0.node.status().position.sequence < sequence }) {
            try #require(Date() < deadline, "a node does not follow")
            usleep(2_000)
        }
    }

    func closeAll() {
        for member in members.reversed() { close(member) }
        members = []
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func close(_ member: Member) {
        member.node.close()
        member.relay.close()
    }
}
