internal import Foundation
package import RegistryModel
internal import RegistryStore

/// Takes a decision from a command: hands it to whoever writes, or writes where nobody does.
package struct DecisionJob {
    private let databaseURL: String
    private let node: RegistryNodeOptions

    /// Prepares decisions; `node` is how the command writes itself where no writer lives.
    package init(databaseURL: String, node: RegistryNodeOptions) {
        self.databaseURL = databaseURL
        self.node = node
    }

    /// Carries a decision out, or tells what it would do.
    ///
    /// - Throws: what the writer refuses; `unavailable` where none answered in time, and then nothing
    ///   was done.
    package func run(_ request: DecisionRequest) throws -> DecisionOutcome {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        let number = try session.addDecisionRequest(request)
        var writer: RegistryNode?
        defer { writer?.close() }
        let deadline = NodeState.now() + StoreLimits.decisionWaitMillisecondsMax * 1_000
        while NodeState.now() < deadline {
            if let answer = try session.decisionAnswer(number) { return try answer.get() }
            if writer?.status().role != .writer, try !session.lease().isAlive {
                writer?.close()
                writer = try RegistryNode.openWriter(databaseURL: databaseURL, options: node)
            }
            Thread.sleep(forTimeInterval: 0.01)
        }
        guard try session.withdrawDecisionRequest(number) else {
            guard let answer = try session.decisionAnswer(number) else {
                throw RegistryError(.internal, "the decision is gone")
            }
            return try answer.get()
        }
        throw RegistryError(.unavailable, "no writer answered; nothing was decided")
    }
}

extension RegistryNode {
    /// A node of this process that writes; nil where another was quicker.
    static func openWriter(
        databaseURL: String, options: RegistryNodeOptions
    ) throws -> RegistryNode? {
        var options = options
        options.role = .writer
        do {
            return try RegistryNode.open(databaseURL: databaseURL, options: options)
        } catch let error as RegistryError where error.code == .notWriter {
            return nil
        }
    }
}
