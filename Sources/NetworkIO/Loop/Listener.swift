import Glibc

/// A socket that listens; connections made to it wait until a loop accepts them.
package struct Listener: ~Copyable {
    let descriptor: Descriptor
    /// The address that is listened to, with the port that the kernel chose where 0 was asked for.
    package let address: SocketAddress

    /// Listens at an address.
    ///
    /// - Throws: `addressInUse` where another process has the port.
    package init(at address: SocketAddress) throws(NetworkError) {
        do throws(SystemError) {
            let descriptor = Descriptor(try SystemCall.socket(family: address.family))
            try SystemCall.set(
                SO_REUSEADDR, level: SOL_SOCKET, to: 1, on: descriptor.number)
            try SystemCall.bind(descriptor.number, to: address)
            try SystemCall.listen(descriptor.number)
            self.address = try SystemCall.localAddress(of: descriptor.number)
            self.descriptor = descriptor
        } catch {
            switch error.number {
            case EADDRINUSE: throw .addressInUse("\(address)")
            case EADDRNOTAVAIL: throw .addressNotAvailable("\(address)")
            default: throw .system(error)
            }
        }
    }
}
