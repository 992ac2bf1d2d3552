import LineProtocol
import NetworkIO
import RegistryModel

// A write that this node cannot do goes to the writer over a connection of the client's own. The
// loop that has the client's session holds the connection, so that nothing is handed between threads.
extension ServingLoop {
    /// Passes a write on that this node has refused; false where it is to be answered as it stands.
    func forward(_ write: OpenWrite, to address: String, in eventLoop: EventLoop) -> Bool {
        guard let options = context.forwarding, let forwarded = write.forwarded,
            let target = Self.target(address),
            target.isLoopback || options.allowsPlaintext
        else { return false }
        let key = WriterLink.Key(
            address: address, token: forwarded.token, purpose: forwarded.purpose)
        var sent = write
        // What comes back is answered, whatever it is.
        sent.forwarded = nil
        if let link = links[key], !link.isClosed {
            return link.send(sent, forwarded.line, in: eventLoop) || refuse(sent, eventLoop)
        }
        links = links.filter { !$0.value.isClosed }
        guard !isDraining else { return false }
        if links.count >= ForwardingLimits.linksMax {
            guard let idle = links.first(where: { $0.value.openCount == 0 }) else {
                return refuse(sent, eventLoop)
            }
            idle.value.close(in: eventLoop)
            links[idle.key] = nil
        }
        do throws(NetworkError) {
            let link = try WriterLink.begin(key, to: target, in: eventLoop)
            links[key] = link
            return link.send(sent, forwarded.line, in: eventLoop)
        } catch {
            return false
        }
    }

    /// Closes connections to writers that are late or idle.
    func checkLinks(in eventLoop: EventLoop) {
        for link in links.values { link.check(in: eventLoop) }
    }

    private func refuse(_ write: OpenWrite, _ eventLoop: EventLoop) -> Bool {
        let error = RegistryError(
            .busy, "too many writes are on their way to the writer; try again")
        complete(write, WriteAnswer(error), in: eventLoop)
        return true
    }

    /// The socket address of `HOST:PORT`, where the host is numeric: a name could keep the loop waiting.
    private static func target(_ address: String) -> SocketAddress? {
        guard let colon = address.lastIndex(of: ":"),
            let port = UInt16(address[address.index(after: colon)...]), port > 0
        else { return nil }
        var host = address[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return try? SocketAddress(numeric: String(host), port: port)
    }
}
