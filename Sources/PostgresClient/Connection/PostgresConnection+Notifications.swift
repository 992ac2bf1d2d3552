internal import CLibPQ
internal import Glibc

/// A NOTIFY that reached a listening connection.
package struct PostgresNotification: Hashable, Sendable {
    /// The channel it was sent on.
    package let channel: String
    /// What was sent with it; at most 8,000 bytes.
    package let payload: String
    /// The server process that sent it.
    package let process: Int32
}

extension PostgresConnection {
    /// Begins to receive what is sent on a channel.
    package mutating func listen(_ channel: String) throws(PostgresError) {
        try query("LISTEN \(identifier: channel)")
    }

    /// Waits until a notification comes or the time is over, and answers all that have come.
    ///
    /// - Throws: `connectionLost`, which is how a listener learns that its server is gone.
    package mutating func waitForNotifications(timeoutMilliseconds: Int) throws(PostgresError)
        -> [PostgresNotification]
    {
        var pending = try takeNotifications()
        if !pending.isEmpty { return pending }
        var descriptor = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
        let ready = unsafe poll(&descriptor, 1, Int32(clamping: max(0, timeoutMilliseconds)))
        guard ready > 0 else { return [] }
        pending = try takeNotifications()
        return pending
    }

    private mutating func takeNotifications() throws(PostgresError) -> [PostgresNotification] {
        guard unsafe PQconsumeInput(handle) == 1 else {
            throw unsafe PostgresError(connection: handle)
        }
        var notifications: [PostgresNotification] = []
        while let notification = unsafe PQnotifies(handle) {
            let content = unsafe notification.pointee
            notifications.append(
                unsafe PostgresNotification(
                    channel: String(cString: content.relname),
                    payload: String(cString: content.extra), process: content.be_pid))
            unsafe PQfreemem(notification)
        }
        return notifications
    }
}
