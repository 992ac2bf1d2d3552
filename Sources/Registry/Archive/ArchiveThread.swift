internal import Foundation
internal import RegistryModel
internal import RegistryStore

/// The thread that asks the database what memory does not hold, for as many as wait in a bounded
/// queue.
///
/// It begins with the first question and has a session of its own, so that neither an event loop
/// nor the writer waits for it. Questions are answered in the order in which they came.
///
/// It is `@unchecked Sendable` because its state is reached under `condition` alone.
final class ArchiveThread: @unchecked Sendable {
    private struct Question {
        /// Answers, and throws only where the connection is lost.
        var answer: (inout RegistrySession) throws -> Void
        var refuse: (RegistryError) -> Void
    }

    private let databaseURL: String
    private let condition = NSCondition()
    private let ended = DispatchGroup()
    private var waiting: [Question] = []
    private var isStarted = false
    private var isClosed = false

    /// Prepares a thread for a database.
    init(databaseURL: String) { self.databaseURL = databaseURL }

    /// Asks a question; `completion` is called once, on the thread, or at once with `busy`.
    ///
    /// A question sees one state of the database throughout, unless it says that it need not or is a
    /// transaction of its own making.
    func ask<Answer>(
        inOneState: Bool = true,
        _ question: @escaping @Sendable (inout RegistrySession) throws -> Answer,
        completion: @escaping @Sendable (Result<Answer, RegistryError>) -> Void
    ) {
        let waiting = Question(
            answer: { session in
                do {
                    completion(
                        .success(
                            try inOneState ? session.snapshot(question) : question(&session)))
                } catch {
                    if StoreError.isConnectionLost(error) { throw error }
                    completion(.failure(RegistryError(error)))
                }
            }, refuse: { completion(.failure($0)) })
        if let refusal = add(waiting) { completion(.failure(refusal)) }
    }

    /// Refuses what waits, and ends the thread after the question it is at.
    func close() {
        condition.lock()
        isClosed = true
        let left = waiting
        waiting = []
        condition.signal()
        condition.unlock()
        for question in left {
            question.refuse(RegistryError(.unavailable, "the node is shutting down"))
        }
        ended.wait()
    }

    private func add(_ question: Question) -> RegistryError? {
        condition.lock()
        defer { condition.unlock() }
        if isClosed { return RegistryError(.unavailable, "the node is shutting down") }
        guard waiting.count < RegistryLimits.archiveWaitingMax else {
            return RegistryError(.busy, "too many questions are waiting; try again")
        }
        waiting.append(question)
        if !isStarted {
            isStarted = true
            start()
        }
        condition.signal()
        return nil
    }

    private func start() {
        ended.enter()
        let thread = Thread { [self] in
            while let question = next() { answer(question) }
            ended.leave()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    private func next() -> Question? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty && !isClosed { condition.wait() }
        return isClosed ? nil : waiting.removeFirst()
    }

    /// Answers a question and those that come while its session lasts; a session that was lost is
    /// replaced once, since it may have been idle for long.
    private func answer(_ first: Question) {
        var question: Question? = first
        var hasFailed = false
        while true {
            do {
                var session = try RegistrySession(
                    databaseURL: databaseURL, applicationName: "padron archive")
                while let asked = question {
                    try asked.answer(&session)
                    hasFailed = false
                    question = next()
                }
                return
            } catch {
                if hasFailed { break }
                hasFailed = true
            }
        }
        question?.refuse(RegistryError(.unavailable, "the database does not answer; try again"))
    }
}
