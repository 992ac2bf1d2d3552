import CLinux
import Glibc

/// Reading, serving, sending and closing connections.
extension EventLoop {
    /// Takes over an accepted connection.
    package func adopt(_ descriptor: Int32) {
        let descriptor = Descriptor(descriptor)
        guard drainDeadline == nil else { return }
        let isAdmitted = admission.enter()
        guard isAdmitted || rejectedCount < NetworkLimits.rejectedMax else { return }
        let origin: ConnectionOrigin = isAdmitted ? .admitted : .rejected
        guard let connection = register(descriptor, origin) else {
            if isAdmitted { admission.leave() }
            return
        }
        if isAdmitted {
            connection.handler = service?.connectionOpened(connection)
        } else {
            rejectedCount += 1
            connection.output = service?.busyReply ?? []
            connection.closeAfterOutput()
            touch(connection)
        }
    }

    /// Begins to connect to another node, without waiting for it.
    ///
    /// What is put out meanwhile leaves once it is connected; where nobody answers, the handler is told
    /// that the connection is closed.
    ///
    /// - Throws: where the kernel refuses at once.
    package func connect(
        to address: SocketAddress, _ handler: any ConnectionHandler
    ) throws(NetworkError) -> Connection {
        let descriptor = try Self.dial(address)
        guard let connection = register(descriptor, .outgoing) else { throw .closed }
        connection.handler = handler
        return connection
    }

    private static func dial(_ address: SocketAddress) throws(NetworkError) -> Descriptor {
        do throws(SystemError) {
            let descriptor = Descriptor(try SystemCall.socket(family: address.family))
            do throws(SystemError) {
                try SystemCall.connect(descriptor.number, to: address)
            } catch {
                guard error.number == EINPROGRESS || error.number == EINTR else { throw error }
            }
            return descriptor
        } catch {
            throw error.number == ECONNREFUSED
                ? .connectionRefused("\(address)") : .system(error)
        }
    }

    /// Gives a descriptor a place among the loop's connections; nil where it is of no use.
    private func register(
        _ descriptor: consuming Descriptor, _ origin: ConnectionOrigin
    ) -> Connection? {
        let slot = freeSlots.popLast() ?? connections.count
        if slot == connections.count { connections.append(nil) }
        generation &+= 1
        // The highest generation is left out: its tokens could be those of mailbox and listener.
        if generation == .max { generation = 1 }
        let id = ConnectionID(slot: slot, generation: generation)
        let number = descriptor.number
        let connection = Connection(id: id, descriptor: descriptor, origin: origin, now: now)
        do throws(SystemError) {
            try SystemCall.set(TCP_NODELAY, level: Int32(IPPROTO_TCP), to: 1, on: number)
            try SystemCall.epollControl(
                poll.number, EPOLL_CTL_ADD, number, events: connection.interest, token: id.token)
        } catch {
            // The other side has gone already, or the kernel is out of memory: nothing to serve.
            connection.closeDescriptor()
            freeSlots.append(slot)
            return nil
        }
        connections[slot] = connection
        openCount += 1
        return connection
    }

    func handle(_ id: ConnectionID, events: UInt32) {
        guard let connection = connection(id) else { return }
        touch(connection)
        let isBroken = events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
        if connection.lingersUntil != nil {
            discardInput(of: connection)
        } else if events & EPOLLIN.rawValue != 0 || isBroken {
            readInput(of: connection)
            serve(connection)
        }
        if isBroken { close(connection) }
    }

    func serve(_ connection: Connection) {
        touch(connection)
        guard connection.isOpen, connection.lingersUntil == nil else { return }
        connection.handler?.serve(connection)
    }

    private func readInput(of connection: Connection) {
        guard !connection.input.isFull, !connection.inputHasEnded else { return }
        do throws(SystemError) {
            let number = connection.descriptorNumber
            let count = try connection.input.read(from: number)
            if count == 0 { connection.inputHasEnded = true }
            connection.lastActivity = now
        } catch {
            if !error.wouldBlock { close(connection) }
        }
    }

    /// Reads away what a client sends that was told goodbye, until it closes its side too.
    ///
    /// Closing with bytes unread would reset the connection and could destroy the last reply.
    private func discardInput(of connection: Connection) {
        do throws(SystemError) {
            let count = try SystemCall.read(
                connection.descriptorNumber, into: &scratch, from: 0)
            if count == 0 { close(connection) }
        } catch {
            if !error.wouldBlock { close(connection) }
        }
    }

    /// Sends the replies of all connections that this turn has touched.
    func sendReplies() {
        guard !touched.isEmpty else { return }
        let mayLeave = service?.replyWillLeave() ?? true
        // Closing a connection may touch no other, so the list does not grow here.
        for connection in touched {
            connection.isTouched = false
            guard connection.isOpen else { continue }
            if mayLeave || !connection.hasUnsentOutput {
                sendOutput(of: connection)
            } else {
                close(connection)
            }
        }
        touched.removeAll(keepingCapacity: true)
    }

    private func sendOutput(of connection: Connection) {
        let hadOutput = connection.hasUnsentOutput
        do throws(SystemError) {
            while connection.hasUnsentOutput {
                connection.sentCount += try connection.sendOnce()
                connection.hasSent = true
                connection.lastActivity = now
            }
        } catch {
            guard error.wouldBlock else { return close(connection) }
        }
        connection.forgetSentOutput()
        if !connection.hasUnsentOutput {
            if connection.closesAfterOutput {
                if connection.lingersUntil == nil { sayGoodbye(to: connection) }
            } else if hadOutput, connection.input.count > 0 || connection.inputHasEnded {
                resumed.append(connection)
            }
        }
        if connection.isOpen { updateInterest(of: connection) }
    }

    private func sayGoodbye(to connection: Connection) {
        guard !connection.inputHasEnded, drainDeadline == nil else { return close(connection) }
        do throws(SystemError) {
            try SystemCall.shutdownSending(connection.descriptorNumber)
            connection.lingersUntil = now + NetworkLimits.lingerMillisecondsMax
        } catch {
            close(connection)
        }
    }

    private func updateInterest(of connection: Connection) {
        let isLingering = connection.lingersUntil != nil
        let wantsInput = !connection.inputHasEnded && (isLingering || !connection.input.isFull)
        let interest =
            (wantsInput ? EPOLLIN.rawValue : 0)
            | (connection.hasUnsentOutput ? EPOLLOUT.rawValue : 0)
        guard interest != connection.interest else { return }
        do throws(SystemError) {
            try SystemCall.epollControl(
                poll.number, EPOLL_CTL_MOD, connection.descriptorNumber, events: interest,
                token: connection.id.token)
            connection.interest = interest
        } catch {
            close(connection)
        }
    }

    /// Closes a connection at once, unsent output and all.
    package func close(_ connection: Connection) {
        guard connection.isOpen else { return }
        connection.closeDescriptor()
        connections[connection.id.slot] = nil
        freeSlots.append(connection.id.slot)
        openCount -= 1
        switch connection.origin {
        case .admitted: admission.leave()
        case .rejected: rejectedCount -= 1
        case .outgoing: break
        }
        connection.handler?.closed(connection)
        connection.handler = nil
    }
}
