import CLinux
import Glibc

/// The system calls of this target, all in one file.
///
/// Each retries after EINTR and turns a failure into a `SystemError`. Descriptors are made
/// close-on-exec, sockets send without SIGPIPE.
enum SystemCall {
    private static func retry(
        _ operation: StaticString, _ descriptor: Int32, _ call: () -> Int
    ) throws(SystemError) -> Int {
        while true {
            #if DEBUG
                if let number = FaultPlan.next(operation, descriptor) {
                    if number == EINTR { continue }
                    throw SystemError(operation.description, number: number)
                }
            #endif
            let result = call()
            if result >= 0 { return result }
            if errno != EINTR { throw SystemError(operation.description, number: errno) }
        }
    }

    // MARK: Bytes

    /// Reads over the elements of an array from `start` on; 0 at the end of the stream.
    static func read(
        _ descriptor: Int32, into array: inout [UInt8], from start: Int
    ) throws(SystemError) -> Int {
        var elements = array.mutableSpan
        return try unsafe elements.withUnsafeMutableBytes { bytes throws(SystemError) in
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
            return try retry("read", descriptor) {
                unsafe Glibc.read(descriptor, room.baseAddress, room.count)
            }
        }
    }

    /// Sends as many bytes as the kernel takes at once, and returns how many those were.
    static func send(_ descriptor: Int32, _ bytes: Span<UInt8>) throws(SystemError) -> Int {
        let flags = Int32(MSG_NOSIGNAL)
        return try unsafe bytes.withUnsafeBytes { buffer throws(SystemError) in
            try retry("send", descriptor) {
                unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, flags)
            }
        }
    }

    /// Closes a descriptor; Linux frees it even where it reports an error.
    static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

    // MARK: Sockets

    static func socket(family: Int32) throws(SystemError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        return Int32(try retry("socket", -1) { Int(Glibc.socket(family, type, 0)) })
    }

    static func set(
        _ option: Int32, level: Int32, to value: Int32, on descriptor: Int32
    ) throws(SystemError) {
        var value = value
        _ = try retry("setsockopt", descriptor) {
            Int(
                unsafe setsockopt(
                    descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)))
        }
    }

    static func option(
        _ option: Int32, level: Int32, of descriptor: Int32
    ) throws(SystemError) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        _ = try retry("getsockopt", descriptor) {
            Int(unsafe getsockopt(descriptor, level, option, &value, &length))
        }
        return value
    }

    static func bind(_ descriptor: Int32, to address: SocketAddress) throws(SystemError) {
        _ = try retry("bind", descriptor) {
            unsafe address.withPointer { Int(unsafe Glibc.bind(descriptor, $0, $1)) }
        }
    }

    static func listen(_ descriptor: Int32) throws(SystemError) {
        _ = try retry("listen", descriptor) {
            Int(Glibc.listen(descriptor, NetworkLimits.backlogMax))
        }
    }

    static func accept(_ listener: Int32) throws(SystemError) -> Int32 {
        Int32(try retry("accept", listener) { Int(padron_accept(listener)) })
    }

    static func connect(_ descriptor: Int32, to address: SocketAddress) throws(SystemError) {
        _ = try retry("connect", descriptor) {
            unsafe address.withPointer { Int(unsafe Glibc.connect(descriptor, $0, $1)) }
        }
    }

    static func shutdownSending(_ descriptor: Int32) throws(SystemError) {
        _ = try retry("shutdown", descriptor) {
            Int(Glibc.shutdown(descriptor, Int32(SHUT_WR)))
        }
    }

    /// The address a socket is bound to.
    static func localAddress(of descriptor: Int32) throws(SystemError) -> SocketAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = try retry("getsockname", descriptor) {
            unsafe withUnsafeMutablePointer(to: &storage) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Int(unsafe getsockname(descriptor, $0, &length))
                }
            }
        }
        return SocketAddress(storage: storage, length: length)
    }

    /// Waits until a descriptor can be read or written; false when the time is over.
    static func wait(
        _ descriptor: Int32, toWrite: Bool, milliseconds: Int32
    ) throws(SystemError) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(toWrite ? POLLOUT : POLLIN), revents: 0)
        return try retry("poll", descriptor) {
            Int(unsafe poll(&entry, 1, milliseconds))
        } > 0
    }

    // MARK: Events

    static func epollCreate() throws(SystemError) -> Int32 {
        Int32(try retry("epoll_create", -1) { Int(epoll_create1(Int32(EPOLL_CLOEXEC))) })
    }

    static func epollControl(
        _ poll: Int32, _ operation: Int32, _ descriptor: Int32, events: UInt32, token: UInt64
    ) throws(SystemError) {
        var event = unsafe epoll_event()
        unsafe event.events = events
        unsafe event.data.u64 = token
        _ = try retry("epoll_ctl", descriptor) {
            Int(unsafe epoll_ctl(poll, operation, descriptor, &event))
        }
    }

    static func epollWait(
        _ poll: Int32, _ events: inout EventBuffer, milliseconds: Int32
    ) throws(SystemError) -> Int {
        try retry("epoll_wait", poll) { events.wait(poll, milliseconds: milliseconds) }
    }

    static func eventCreate() throws(SystemError) -> Int32 {
        let flags = Int32(EFD_CLOEXEC | EFD_NONBLOCK)
        return Int32(try retry("eventfd", -1) { Int(eventfd(0, flags)) })
    }

    static func eventSignal(_ descriptor: Int32) { _ = eventfd_write(descriptor, 1) }

    static func eventDrain(_ descriptor: Int32) {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(descriptor, &count)
    }

    // MARK: Signals and time

    /// Blocks the signals that end a process, for this thread and those it starts.
    static func blockTerminationSignals() -> sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGINT)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        return signals
    }

    static func signalDescriptor(for signals: sigset_t) throws(SystemError) -> Int32 {
        var signals = signals
        return Int32(
            try retry("signalfd", -1) {
                Int(unsafe signalfd(-1, &signals, Int32(SFD_CLOEXEC)))
            })
    }

    /// Waits for the next of a signal descriptor's signals.
    static func nextSignal(_ descriptor: Int32) throws(SystemError) -> Int32 {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        _ = try retry("read", descriptor) {
            unsafe Glibc.read(descriptor, &information, size)
        }
        return Int32(information.ssi_signo)
    }

    /// Milliseconds of a clock that never goes back.
    static func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// Room for what `epoll_wait` reports.
@safe struct EventBuffer {
    private var events = unsafe [epoll_event](
        repeating: epoll_event(), count: NetworkLimits.eventsPerTurnMax)

    /// The events and the token of a report.
    subscript(index: Int) -> (events: UInt32, token: UInt64) {
        let event = unsafe events[index]
        return unsafe (event.events, event.data.u64)
    }

    fileprivate mutating func wait(_ poll: Int32, milliseconds: Int32) -> Int {
        let count = unsafe Int32(events.count)
        return Int(unsafe epoll_wait(poll, &events, count, milliseconds))
    }
}
