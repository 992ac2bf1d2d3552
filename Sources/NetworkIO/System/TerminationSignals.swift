/// SIGTERM and SIGINT as something to wait for, instead of something that ends the process.
///
/// To be created before any thread is started: threads inherit what is blocked.
package struct TerminationSignals: ~Copyable {
    private let descriptor: Descriptor

    /// Blocks both signals from now on, for this thread and those it starts later.
    package init() throws(NetworkError) {
        do throws(SystemError) {
            let signals = SystemCall.blockTerminationSignals()
            descriptor = Descriptor(try SystemCall.signalDescriptor(for: signals))
        } catch {
            throw .system(error)
        }
    }

    /// Waits for the next of them, and returns its number.
    package func wait() throws(NetworkError) -> Int32 {
        do throws(SystemError) {
            return try SystemCall.nextSignal(descriptor.number)
        } catch {
            throw .system(error)
        }
    }
}
