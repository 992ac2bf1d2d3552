import CLinux
import Glibc

/// A loop's listener and what becomes of accepted connections.
struct ListenerSlot: ~Copyable {
    let listener: Listener
    /// Gives an accepted connection to one of the node's loops.
    let assign: (Int32) -> Void
    /// Whether accepting waits for the next tick, since the process is out of descriptors.
    var isPaused = false

    init(listener: consuming Listener, assign: @escaping (Int32) -> Void) {
        self.listener = listener
        self.assign = assign
    }

    mutating func pause(on poll: Int32) {
        isPaused = setInterest(0, on: poll)
    }

    mutating func resume(on poll: Int32) {
        guard isPaused else { return }
        isPaused = !setInterest(EPOLLIN.rawValue, on: poll)
    }

    private func setInterest(_ events: UInt32, on poll: Int32) -> Bool {
        do throws(SystemError) {
            try SystemCall.epollControl(
                poll, EPOLL_CTL_MOD, listener.descriptor.number, events: events,
                token: EventLoop.listenerToken)
            return true
        } catch {
            return false
        }
    }
}

extension EventLoop {
    /// Accepts connections in this loop and hands each to `assign`; to be called before `run`.
    package func accept(
        from listener: consuming Listener, assign: @escaping (Int32) -> Void
    ) throws(NetworkError) {
        do throws(SystemError) {
            try SystemCall.epollControl(
                poll.number, EPOLL_CTL_ADD, listener.descriptor.number,
                events: EPOLLIN.rawValue, token: EventLoop.listenerToken)
        } catch {
            throw .system(error)
        }
        self.listener = ListenerSlot(listener: listener, assign: assign)
    }

    /// Accepts what waits; without descriptors left it rests until the next tick.
    func accept() {
        for _ in 0..<NetworkLimits.acceptsPerTurnMax {
            do throws(SystemError) {
                guard let number = listener?.listener.descriptor.number else { return }
                let accepted = try SystemCall.accept(number)
                listener?.assign(accepted)
            } catch {
                switch error.number {
                case ECONNABORTED, EPROTO: continue
                case EAGAIN: return
                default: listener?.pause(on: poll.number)
                }
                return
            }
        }
    }
}
