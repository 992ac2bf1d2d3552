import LineProtocol
import NetworkIO
import RegistryClient
import RegistryModel

/// A connection to the writer in the name of one client, used on its loop's thread alone.
///
/// It says `HELLO` with the mark of a forwarding node, then the client's own `AUTH`, then the
/// client's writes as they came. Each write is sent once. The writer answers in the order of the
/// requests; whatever ends the connection before, each open write is answered.
final class WriterLink: ConnectionHandler {
    /// To whom and in whose name.
    struct Key: Hashable {
        var address: String
        var token: String
        var purpose: String
    }

    let key: Key
    /// Whether it takes no further write.
    private(set) var isClosed = false
    /// Whether the writer has answered anything.
    private var isGreeted = false
    /// Replies to `HELLO` and `AUTH` that have not come yet.
    private var openingReplies = 2
    private var reader = ReplyReader()
    /// Writes without an answer, the oldest at `answered`, and when each was taken.
    private var open: [(write: OpenWrite, since: Int64)] = []
    private var answered = 0
    private var lastUse: Int64
    private var isDraining = false
    private weak var connection: Connection?

    private init(_ key: Key, now: Int64) {
        self.key = key
        lastUse = now
    }

    /// Begins to connect.
    static func begin(
        _ key: Key, to address: SocketAddress, in loop: EventLoop
    ) throws(NetworkError) -> WriterLink {
        let link = WriterLink(key, now: loop.now)
        let connection = try loop.connect(to: address, link)
        link.connection = connection
        var opening = Array("HELLO \(ProtocolLimits.version) forwarding=yes\nAUTH token=".utf8)
        Reply.appendValue(key.token, to: &opening)
        if !key.purpose.isEmpty {
            opening += Array(" purpose=".utf8)
            Reply.appendValue(key.purpose, to: &opening)
        }
        opening.append(UInt8(ascii: "\n"))
        connection.output += opening
        loop.touch(connection)
        return link
    }

    /// Writes that wait for their answers.
    var openCount: Int { open.count - answered }

    /// Sends a write; false where too many wait.
    func send(_ write: OpenWrite, _ line: [UInt8], in loop: EventLoop) -> Bool {
        guard let connection, openCount < ForwardingLimits.openWritesMax else { return false }
        lastUse = loop.now
        open.append((write, loop.now))
        connection.output += line
        connection.output.append(UInt8(ascii: "\n"))
        loop.touch(connection)
        return true
    }

    /// Closes the connection where the writer takes too long, or nobody needs it.
    func check(in loop: EventLoop) {
        guard let connection else { return }
        let oldest = openCount > 0 ? open[answered].since : loop.now
        let isLate =
            !isGreeted && loop.now - oldest > ForwardingLimits.greetingMillisecondsMax
            || loop.now - oldest > ForwardingLimits.answerMillisecondsMax
        let isIdle = openCount == 0 && loop.now - lastUse > ForwardingLimits.idleMillisecondsMax
        if isLate || isIdle || isDraining && openCount == 0 { loop.close(connection) }
    }

    /// Closes the connection now.
    func close(in loop: EventLoop) {
        if let connection { loop.close(connection) }
    }

    func serve(_ connection: Connection) {
        connection.consumeInput { input in
            for index in input.indices { reader.bytes.append(input[index]) }
            return input.count
        }
        var isBroken = reader.waitingCount > NetworkLimits.replyBytesMax
        do throws(RegistryConnectionError) {
            while !isBroken, let reply = try reader.next() { isBroken = !take(reply) }
        } catch {
            isBroken = true
        }
        let isOver = isDraining && openCount == 0
        guard isBroken || isOver || connection.inputHasEnded else { return }
        isClosed = true
        connection.closeAfterOutput()
    }

    func drain(_ connection: Connection) {
        isDraining = true
        serve(connection)
    }

    func closed(_ connection: Connection) {
        isClosed = true
        // What has not left this node was not done; of what has, nobody here can tell.
        let failure =
            connection.hasSent
            ? RegistryError(
                .unavailable,
                "the writer did not answer; it may have done this, look before sending it again")
            : RegistryError(.notWriter, key.address)
        for (write, _) in open[answered...] { write.answer(WriteAnswer(failure)) }
        open = []
        answered = 0
    }

    /// Takes the writer's next reply; false where the connection is of no further use.
    private func take(_ reply: Result<RegistryReply, RegistryError>) -> Bool {
        isGreeted = true
        guard openingReplies == 0 else {
            openingReplies -= 1
            // Where the token is refused, each write is refused too, by the writer itself.
            return true
        }
        guard openCount > 0 else { return false }
        open[answered].write.answer(WriteAnswer(forwarded: reply))
        answered += 1
        if answered == open.count || answered >= ForwardingLimits.openWritesMax {
            open.removeFirst(answered)
            answered = 0
        }
        guard case .failure(let error) = reply else { return true }
        return error.code != .unauthenticated || openCount > 0
    }
}
