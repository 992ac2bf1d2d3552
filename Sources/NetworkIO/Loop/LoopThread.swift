import Glibc
import Synchronization

/// A thread for work that waits, started at once; its owner joins it.
@safe package final class LoopThread: Sendable {
    private let thread: Mutex<pthread_t?>

    /// Starts a thread that runs `body` to its end.
    package init(_ body: @escaping @Sendable () -> Void) throws(NetworkError) {
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(Body(run: body))
        let status = unsafe pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            unsafe box.release()
            throw .system(SystemError("pthread_create", number: status))
        }
        self.thread = Mutex(thread)
    }

    /// Waits until the thread has ended; only the first call waits.
    package func join() {
        let thread = self.thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        pthread_join(thread, nil)
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
