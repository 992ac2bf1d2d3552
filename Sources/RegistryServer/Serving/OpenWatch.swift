import LineProtocol
import NetworkIO
import RegistryModel

/// A `WATCH` that has no answer yet.
struct OpenWatch: Sendable {
    /// Requests of one loop that wait for an event; the next one is answered `busy`.
    static let waitingMax = 1_024

    let read: OpenRead
    let question: FeedQuestion
    /// When it is answered though nothing happened, on the loop's clock; nil before the archive has
    /// answered for the first time.
    var deadline: Int64?
}

// A watch asks the archive; where that has no event, it waits in its loop, which looks at the
// node's position with every tick and asks again once it has moved. No thread and no connection to
// the database is held meanwhile, and a server that starts again has nothing to remember: the
// client says where it is.
extension ServingLoop {
    /// Asks the archive for the events of a watch.
    func ask(_ watch: OpenWatch) {
        context.service.feed(watch.question) { [self] result in
            let isEmpty = (try? result.get())?.events.isEmpty ?? false
            let answer = ReadAnswer(result)
            mailbox.post { [self] eventLoop in
                take(watch, answer, isEmpty: isEmpty, in: eventLoop)
            }
        }
    }

    private func take(
        _ watch: OpenWatch, _ answer: ReadAnswer, isEmpty: Bool, in eventLoop: EventLoop
    ) {
        guard let handler = eventLoop.handler(of: watch.read.connection) as? ClientSession else {
            return
        }
        guard handler.session.client != nil else {
            let error = RegistryError(.unauthenticated, "the client's access has ended")
            return complete(watch.read, ReadAnswer(error), in: eventLoop)
        }
        var watch = watch
        let deadline =
            watch.deadline ?? eventLoop.now + Int64(watch.question.waitSeconds) * 1_000
        watch.deadline = deadline
        guard isEmpty, eventLoop.now < deadline, !isDraining else {
            return complete(watch.read, answer, in: eventLoop)
        }
        guard watches.count < OpenWatch.waitingMax else {
            let error = RegistryError(.busy, "too many wait for events; ask again without wait")
            return complete(watch.read, ReadAnswer(error), in: eventLoop)
        }
        watches.append(watch)
    }

    /// Asks again for watches behind whose position something happened, and answers those whose
    /// time is up.
    func wakeWatches(in eventLoop: EventLoop) {
        guard !watches.isEmpty else { return }
        let position = context.service.status().position
        let waiting = watches
        watches = []
        for watch in waiting {
            let isGone = eventLoop.connection(watch.read.connection) == nil
            if isGone { continue }
            let isOver = isDraining || eventLoop.now >= watch.deadline ?? 0
            if position.sequence > watch.question.since.sequence {
                ask(watch)
            } else if isOver {
                let page = FeedPage(events: [], next: watch.question.since)
                complete(watch.read, ReadAnswer(.success(page)), in: eventLoop)
            } else {
                watches.append(watch)
            }
        }
    }
}
