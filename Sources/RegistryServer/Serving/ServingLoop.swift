import Glibc
import LineProtocol
import NetworkIO
import RegistryModel
import Synchronization

/// What all loops of a server share.
struct ServerContext: Sendable {
    let service: any PatientService
    let journal: AuditJournal
    let clients: ClientDirectory
    let statistics: ServerStatistics
    let admission: Admission
    /// How writes are passed on to the writer; nil where they are not.
    let forwarding: ForwardingOptions?
}

/// One loop's side of the server: its sessions, and the audit entries of the turn.
///
/// Unchecked `Sendable`: used by the thread that runs its loop alone; other threads hold it only to
/// hand it back to that thread by the loop's mailbox.
final class ServingLoop: LoopService, @unchecked Sendable {
    let context: ServerContext
    let mailbox: Mailbox
    /// Where objects are written before they become part of a reply.
    var writer = JSONWriter()
    var body: [UInt8] = []

    /// Requests that wait for an event.
    var watches: [OpenWatch] = []
    /// Connections to the writer, one a client.
    var links: [WriterLink.Key: WriterLink] = [:]
    /// Whether the loop is about to end, so that nobody waits any longer.
    var isDraining = false

    private var batch = AuditBatch()
    /// The sessions of this loop that know who is asking.
    private var sessions: [ObjectIdentifier: ClientSession] = [:]
    private var generation: UInt64
    private var requestsCount = 0

    init(context: ServerContext, mailbox: Mailbox) {
        self.context = context
        self.mailbox = mailbox
        generation = context.clients.generation
    }

    let busyReply: [UInt8] = {
        var reply: [UInt8] = []
        let error = RegistryError(.busy, "the node has as many connections as it takes")
        Reply.appendFailure(tag: nil, error, to: &reply)
        return reply
    }()

    func connectionOpened(_ connection: Connection) -> any ConnectionHandler {
        let session = ClientSession(loop: self, connection: connection.id)
        sessions[ObjectIdentifier(session)] = session
        return session
    }

    func sessionClosed(_ session: ClientSession) {
        sessions[ObjectIdentifier(session)] = nil
    }

    /// Adds an entry to those that are written before the turn's replies leave.
    func record(
        _ verb: Verb, by client: Client?, purpose: String,
        persons: [EnterpriseIdentifier] = [], outcome: String
    ) {
        if batch.count == 0 { batch.setTime(ServingLoop.microsecondsSince1970()) }
        batch.append(
            client: client?.name ?? "", verb: verb, purpose: purpose, persons: persons,
            outcome: outcome)
    }

    /// Counts a request that was performed.
    func countRequest() { requestsCount += 1 }

    func replyWillLeave() -> Bool {
        if requestsCount > 0 {
            context.statistics.requestsCount.add(requestsCount, ordering: .relaxed)
            requestsCount = 0
        }
        guard batch.count > 0 else { return true }
        defer { batch.removeAll() }
        do throws(AuditJournalError) {
            try context.journal.append(batch)
            return true
        } catch {
            return false
        }
    }

    func tick(_ loop: EventLoop) {
        wakeWatches(in: loop)
        checkLinks(in: loop)
        context.clients.refresh()
        let generation = context.clients.generation
        guard generation != self.generation else { return }
        self.generation = generation
        for session in sessions.values { session.recheckClient() }
    }

    static func microsecondsSince1970() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
