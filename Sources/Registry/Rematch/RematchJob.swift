internal import Foundation
package import Identity
package import Linkage
package import RegistryModel
internal import RegistryStore
internal import Synchronization

/// Links the whole index anew from a command: plans it, tells it, and hands it to whoever writes, or
/// writes where nobody does.
///
/// The plan is made in the command's own memory from one state of the database, and stored in one
/// transaction. The writer carries it out in bounded ones between live writes. So a rematch killed
/// before it is stored did nothing, and one killed later goes on where it was: by itself where a server
/// writes, else by the next command.
package struct RematchJob {
    let databaseURL: String
    private let node: RegistryNodeOptions

    /// Prepares rematches; `node` is how the command writes itself where no writer lives.
    package init(databaseURL: String, node: RegistryNodeOptions) {
        self.databaseURL = databaseURL
        self.node = node
    }

    /// The rematch, or the undo of one, that is not done; nil where there is none.
    package func unfinished() throws -> Rematch? {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        return try session.unfinishedRematch()?.rematch
    }

    /// Ends the rematch that is under way where it is; what it did can be taken back.
    ///
    /// - Throws: `conflict` where none is under way, or an undo that has begun.
    package func abandon() throws -> Rematch {
        var session = try RegistrySession(databaseURL: databaseURL)
        guard let rematch = try session.unfinishedRematch()?.rematch else {
            throw RegistryError(.conflict, "no rematch is under way")
        }
        guard try session.abandonRematch(rematch.rematch) else {
            throw RegistryError(
                .conflict, "an undo that has begun goes on to its end; give --resume")
        }
        return rematch
    }

    /// Plans a rematch; nothing is written.
    ///
    /// - Throws: `bad-request` for thresholds that make no sense.
    package func plan(
        _ request: RematchRequest, progress: @Sendable (RematchProgress) -> Void = { _ in }
    ) throws -> RematchPlan {
        try RegistrySession.migrate(databaseURL: databaseURL)
        var session = try RegistrySession(databaseURL: databaseURL)
        let inForce = try MatchingInForce.read(&session)?.model
        let snapshot = try RematchSnapshot.read(&session, threads: request.threads) {
            progress(.reading($0))
        }
        let model = try model(request, inForce, snapshot, progress)
        var planner = RematchPlanner(
            snapshot, model: model, modelInForce: inForce, threads: request.threads
        ) { progress(.linking($0)) }
        return try planner.makePlan { pairs in
            let contents = try session.contents(of: pairs.flatMap { [$0.left, $0.right] })
            return pairs.map { pair in
                guard let left = contents[pair.left], let right = contents[pair.right] else {
                    return nil
                }
                let explanation = MatchExplanation(left: left, right: right, model: model)
                return explanation.isVetoed ? nil : Double(explanation.total)
            }
        }
    }

    private func model(
        _ request: RematchRequest, _ inForce: LinkageModel?, _ snapshot: RematchSnapshot,
        _ progress: @Sendable (RematchProgress) -> Void
    ) throws -> LinkageModel {
        var model: LinkageModel
        switch request.model {
        case .named(let named): model = named
        case .trained:
            let trained = RegistryTraining.model(
                of: snapshot.population, snapshot.rules, threads: request.threads
            ) { progress(.linking($0)) }
            guard let trained else {
                throw RegistryError(
                    .conflict, "too few records belong together to teach a model; name one")
            }
            model = trained
        case .inForce:
            guard let shipped = inForce ?? node.firstModel else {
                throw RegistryError(.badRequest, "the registry has no model yet; name one")
            }
            model = shipped
        }
        if let threshold = request.automaticThreshold { model.automaticThreshold = threshold }
        if let threshold = request.reviewThreshold { model.reviewThreshold = threshold }
        model.fixed = []
        guard model.reviewThreshold <= model.automaticThreshold else {
            throw RegistryError(
                .badRequest,
                "the review threshold lies above the automatic one; give both, the lower for review"
            )
        }
        return model
    }

    /// What speaks for some changes of a plan.
    ///
    /// Two records of each, with the weights of the pair
    /// under the model in force and under the plan's. Nothing is told of restricted persons.
    package func explanations(
        of places: [Int], in plan: RematchPlan
    ) throws -> [Int: RematchExplanation] {
        var session = try RegistrySession(databaseURL: databaseURL)
        let evidence = places.compactMap { place in plan.evidence[place].map { (place, $0) } }
        let records = evidence.flatMap { [$0.1.left, $0.1.right] }
        let masked = try session.maskedRecords(among: records)
        let contents = try session.contents(of: records)
        let names = try session.names(of: records)
        var explanations: [Int: RematchExplanation] = [:]
        for (place, pair) in evidence where masked.isDisjoint(with: [pair.left, pair.right]) {
            guard let left = contents[pair.left], let right = contents[pair.right],
                let leftName = names[pair.left], let rightName = names[pair.right]
            else { continue }
            explanations[place] = RematchExplanation(
                left: leftName, right: rightName, isJoining: pair.isJoining,
                before: plan.modelInForce.map {
                    MatchExplanation(left: left, right: right, model: $0)
                },
                after: MatchExplanation(left: left, right: right, model: plan.model))
        }
        return explanations
    }

    /// The records of some changes as people know them.
    package func names(of changes: [RematchChange]) throws -> [Int64: LocalIdentifier] {
        var session = try RegistrySession(databaseURL: databaseURL)
        return try session.names(of: changes.flatMap { $0.members.map(\.record) })
    }

    /// Carries a plan out, to its end.
    ///
    /// - Throws: `conflict` where another rematch or a load is under way.
    package func apply(
        _ plan: RematchPlan, actor: String, reason: String,
        progress: (RematchProgress) -> Void = { _ in }
    ) throws -> Rematch {
        try SubmissionRules.check(reason: reason)
        var session = try RegistrySession(databaseURL: databaseURL)
        guard try !session.isLoading() else {
            throw RegistryError(
                .conflict, "a load is under way, which changes the links; wait until it is done")
        }
        let json = String(decoding: try plan.model.json(), as: UTF8.self)
        return try Self.tellingHowToGoOn {
            let number = try session.stage(
                plan.changes, plan.tasks, model: (plan.model.name, json), actor: actor,
                reason: reason)
            guard let number else { throw Self.isUnderWay }
            return try follow(number, &session, progress)
        }
    }

    /// Follows a rematch, or the undo of one, to its end, and does it where nobody else writes.
    package func follow(
        _ number: Int64, progress: (RematchProgress) -> Void = { _ in }
    ) throws -> Rematch {
        var session = try RegistrySession(databaseURL: databaseURL)
        return try Self.tellingHowToGoOn { try follow(number, &session, progress) }
    }

    /// Runs what follows a rematch; where the database is lost meanwhile, tells how to go on.
    static func tellingHowToGoOn<Value>(_ body: () throws -> Value) throws -> Value {
        try RegistryError.advising("run padron rematch --resume to go on", body)
    }

    static let isUnderWay = RegistryError(
        .conflict, "another rematch is under way; 'padron rematch --resume' follows it to its end")

    func follow(
        _ number: Int64, _ session: inout RegistrySession, _ progress: (RematchProgress) -> Void
    ) throws -> Rematch {
        var writer: RegistryNode?
        defer { writer?.close() }
        while true {
            let rematch = try session.rematch(number).rematch
            let done = rematch.counts.changes + (rematch.undoes == nil ? rematch.counts.skipped : 0)
            progress(.applying(done: Int(done), total: Int(rematch.changesPlanned)))
            if rematch.state == .done { return rematch }
            if let failure = writer?.state.loadFailure.withLock({ $0 }) {
                throw RegistryError(
                    .unavailable,
                    "the rematch stopped: \(failure); 'padron rematch --resume' goes on")
            }
            if writer?.status().role != .writer, try !session.lease().isAlive {
                writer?.close()
                writer = try RegistryNode.openWriter(databaseURL: databaseURL, options: node)
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }
}

/// Why two records come to be of one person, or cease to be.
package struct RematchExplanation: Sendable {
    package var left: LocalIdentifier
    package var right: LocalIdentifier
    /// Whether they come to be one person; else they cease to be.
    package var isJoining: Bool
    /// Under the model in force; nil where there is none.
    package var before: MatchExplanation?
    /// Under the model of the rematch.
    package var after: MatchExplanation
}

extension RegistrySession {
    /// What some records say now.
    mutating func contents(of records: [Int64]) throws -> [Int64: PersonRecord] {
        var contents: [Int64: PersonRecord] = [:]
        let wanted = Set(records).sorted()
        var next = 0
        while next < wanted.count {
            let end = min(next + RegistryLimits.rematchReadMax, wanted.count)
            try readRecords(in: 0..<0, and: Array(wanted[next..<end])) { record in
                contents[record.record] = PackedPerson.person(from: record.content.span)
            }
            next = end
        }
        return contents
    }
}
