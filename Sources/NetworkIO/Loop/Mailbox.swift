import Synchronization

/// The door into a loop for other threads: what is posted runs on the loop's thread, in order.
package final class Mailbox: Sendable {
    /// Work for the loop's thread.
    package typealias Letter = @Sendable (EventLoop) -> Void

    private struct State {
        var letters: [Letter] = []
        var isOpen = true
    }

    private let state = Mutex(State())
    private let event: Descriptor

    init() throws(SystemError) { event = Descriptor(try SystemCall.eventCreate()) }

    var descriptor: Int32 { event.number }

    /// Hands work to the loop; false where the loop has ended and will not do it.
    @discardableResult
    package func post(_ letter: @escaping Letter) -> Bool {
        let (isOpen, isFirst) = state.withLock { state in
            guard state.isOpen else { return (false, false) }
            state.letters.append(letter)
            return (true, state.letters.count == 1)
        }
        if isFirst { SystemCall.eventSignal(event.number) }
        return isOpen
    }

    func takeAll() -> [Letter] {
        SystemCall.eventDrain(event.number)
        return state.withLock { state in
            defer { state.letters = [] }
            return state.letters
        }
    }

    /// Refuses further letters and returns those that came before.
    func close() -> [Letter] {
        state.withLock { state in
            defer { state.letters = [] }
            state.isOpen = false
            return state.letters
        }
    }
}
