import LineProtocol
package import NetworkIO
import RegistryModel

/// A running server: it serves from `start` until `stop`.
///
/// Each loop is a thread with its own connections; the first one accepts and hands connections to
/// all in turn.
package final class RegistryServer: Sendable {
    /// The port that is listened at, also where the kernel chose it.
    package let port: UInt16
    /// The address that is listened at, with its port.
    package let address: String
    /// The node's audit journal.
    package let journal: AuditJournal

    private let mailboxes: [Mailbox]
    private let threads: [LoopThread]
    private let drainMillisecondsMax: Int64

    /// Starts to serve a node.
    ///
    /// - Throws: `ServerError` where the address, the port or the journal cannot be used.
    package static func start(
        _ service: any PatientService, options: ServerOptions
    ) throws(ServerError) -> RegistryServer {
        let listener = try listen(options)
        let journal: AuditJournal
        do throws(AuditJournalError) {
            journal = try AuditJournal(options.journal)
        } catch {
            throw .journal(error)
        }
        do throws(NetworkError) {
            try journal.startSyncing()
            return try RegistryServer(service, options, listener, journal)
        } catch {
            journal.close()
            throw .network(error)
        }
    }

    /// Serves a node until SIGTERM or SIGINT comes, then finishes what was taken.
    ///
    /// - Parameters:
    ///   - service: The node.
    ///   - options: How to listen.
    ///   - signals: Made before the process started its first thread.
    ///   - onReady: Called with the port once clients can connect.
    /// - Throws: `ServerError` where the server cannot start.
    package static func run(
        _ service: any PatientService, options: ServerOptions,
        signals: borrowing TerminationSignals, onReady: (UInt16) -> Void
    ) throws(ServerError) {
        let server = try start(service, options: options)
        onReady(server.port)
        defer { server.stop() }
        do throws(NetworkError) {
            _ = try signals.wait()
        } catch {
            throw .network(error)
        }
    }

    private static func listen(_ options: ServerOptions) throws(ServerError) -> Listener {
        let address: SocketAddress
        do throws(NetworkError) {
            address = try SocketAddress(numeric: options.address, port: options.port)
        } catch {
            throw .network(error)
        }
        guard address.isLoopback || options.allowsPlaintext else {
            throw .plaintextRefused(address.description)
        }
        do throws(NetworkError) {
            return try Listener(at: address)
        } catch {
            throw .network(error)
        }
    }

    private init(
        _ service: any PatientService, _ options: ServerOptions, _ listener: consuming Listener,
        _ journal: AuditJournal
    ) throws(NetworkError) {
        port = listener.address.port
        address = listener.address.description
        self.journal = journal
        drainMillisecondsMax = options.drainMillisecondsMax
        let admission = Admission(connectionsMax: options.connectionsMax)
        let context = ServerContext(
            service: service, journal: journal, clients: ClientDirectory(service),
            statistics: ServerStatistics(), admission: admission,
            forwarding: options.forwarding)
        let loopOptions = LoopOptions(idleMillisecondsMax: Int64(options.idleSecondsMax) * 1000)
        var loops: [EventLoop] = []
        for _ in 0..<max(1, options.loopsCount) {
            loops.append(try EventLoop(options: loopOptions, admission: admission))
        }
        let mailboxes = loops.map(\.mailbox)
        var turn = 0
        try loops[0].accept(from: listener) { descriptor in
            turn = (turn + 1) % mailboxes.count
            let isDelivered = mailboxes[turn].post { $0.adopt(descriptor) }
            if !isDelivered { mailboxes[0].post { $0.adopt(descriptor) } }
        }
        self.mailboxes = mailboxes
        threads = try loops.map { loop throws(NetworkError) in
            try LoopThread {
                let serving = ServingLoop(context: context, mailbox: loop.mailbox)
                do throws(NetworkError) {
                    try loop.run(serving)
                } catch {
                    // Only a closed epoll descriptor leads here: a mistake in this program.
                    fatalError("an event loop ended: \(error)")
                }
            }
        }
    }

    /// Takes no further request, answers those that were taken, and ends.
    package func stop() {
        for mailbox in mailboxes {
            mailbox.post { [drainMillisecondsMax] in
                $0.drain(millisecondsMax: drainMillisecondsMax)
            }
        }
        for thread in threads { thread.join() }
        journal.close()
    }
}
