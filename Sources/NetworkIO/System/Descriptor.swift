/// A file descriptor that is closed when its owner goes away.
struct Descriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { SystemCall.close(number) }

    /// Gives the descriptor away; the new owner closes it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
