internal import CLibPQ

/// One connection to PostgreSQL, closed when its owner lets go of it.
///
/// It is `@unchecked Sendable` because every use of the handle is `mutating`: the compiler's law of
/// exclusivity keeps two threads from using it at once. It blocks; long waits belong on their own thread.
@safe package struct PostgresConnection: ~Copyable, @unchecked Sendable {
    let handle: OpaquePointer
    /// The parameter types of the statements this connection has prepared, by their number.
    var preparedTypes: [Int: [UInt32]]

    /// Connects.
    ///
    /// The session speaks UTF-8, UTC and ISO dates; notices are dropped, since they may quote values.
    ///
    /// - Throws: `connectionFailed`, also for a server older than 15.
    package init(_ address: DatabaseAddress, applicationName: String = "padron")
        throws(PostgresError)
    {
        let opened = try unsafe Self.open(address, applicationName)
        unsafe handle = opened
        preparedTypes = [:]
    }

    deinit { unsafe PQfinish(handle) }

    /// Where a connection stands between BEGIN and COMMIT.
    package enum TransactionStatus: Sendable {
        /// Outside a transaction.
        case idle
        /// A statement is under way.
        case active
        /// Inside a transaction.
        case inTransaction
        /// Inside a transaction that an error has made useless.
        case failed
        /// Not known, the connection being lost.
        case unknown
    }

    /// Where the connection stands between BEGIN and COMMIT.
    package var transactionStatus: TransactionStatus {
        switch unsafe PQtransactionStatus(handle) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_ACTIVE: .active
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .failed
        default: .unknown
        }
    }

    /// Whether the connection is known to be lost.
    package var isLost: Bool { unsafe PQstatus(handle) == CONNECTION_BAD }

    /// The server's version, for example 150018 for 15.18.
    package var serverVersion: Int { Int(unsafe PQserverVersion(handle)) }

    /// The process that serves this connection, as `pg_stat_activity` and `pg_terminate_backend` know it.
    package var backendProcess: Int32 { unsafe PQbackendPID(handle) }

    /// The connection's descriptor, to wait on together with others; never to read from.
    package var fileDescriptor: Int32 { unsafe PQsocket(handle) }

    /// What cancels this connection's current statement from another thread.
    package func cancellation() throws(PostgresError) -> PostgresCancellation {
        guard let cancel = unsafe PQgetCancel(handle) else {
            throw PostgresError(.connectionLost, "the connection was closed")
        }
        return unsafe PostgresCancellation(handle: cancel)
    }

    private static let sessionSettings = """
        SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601';
        SET bytea_output = 'hex'; SET standard_conforming_strings = on; SET extra_float_digits = 1
        """

    /// Opens a connection that is whole and to a server new enough.
    private static func open(
        _ address: DatabaseAddress, _ applicationName: String
    ) throws(PostgresError) -> OpaquePointer {
        // What stands after `dbname` overrides the address, what stands before it is a default.
        let settings = [
            ("connect_timeout", String(PostgresLimits.connectTimeoutSecondsMax)),
            ("fallback_application_name", applicationName),
            ("tcp_user_timeout", "30000"),
            ("dbname", address.connectionString),
            ("client_encoding", "UTF8"),
        ]
        guard let handle = unsafe connect(settings) else {
            throw PostgresError(.connectionFailed, "out of memory")
        }
        var reason: String?
        if unsafe PQstatus(handle) != CONNECTION_OK {
            reason = Self.withoutURL(unsafe PostgresError(connection: handle).message)
        } else if unsafe PQserverVersion(handle) < 150_000 {
            reason = "the server is older than PostgreSQL 15"
        }
        if reason == nil {
            unsafe PQsetNoticeReceiver(handle, { _, _ in }, nil)
            let result = unsafe PQexec(handle, sessionSettings)
            if unsafe PQresultStatus(result) != PGRES_COMMAND_OK {
                reason = unsafe PostgresError(connection: handle).message
            }
            unsafe PQclear(result)
        }
        guard let reason else { return unsafe handle }
        unsafe PQfinish(handle)
        throw PostgresError(.connectionFailed, reason)
    }

    /// A reason of libpq, without the URL that it quotes where it cannot read it: it may hold a password.
    private static func withoutURL(_ reason: String) -> String {
        guard reason.contains("URI") || reason.contains("percent-encoded") else { return reason }
        return "the database's URL cannot be read; it is postgresql://USER@HOST:PORT/NAME"
    }

    private static func connect(_ settings: [(String, String)]) -> OpaquePointer? {
        var keywords: [UnsafePointer<CChar>?] = unsafe []
        var values: [UnsafePointer<CChar>?] = unsafe []
        func bind(_ remaining: ArraySlice<(String, String)>) -> OpaquePointer? {
            guard let (keyword, value) = remaining.first else {
                return unsafe PQconnectdbParams(keywords + [nil], values + [nil], 1)
            }
            return unsafe keyword.withCString { keyword in
                unsafe value.withCString { value in
                    unsafe keywords.append(keyword)
                    unsafe values.append(value)
                    return unsafe bind(remaining.dropFirst())
                }
            }
        }
        return unsafe bind(settings[...])
    }
}

/// Cancels a connection's current statement, from any thread.
///
/// It is `@unchecked Sendable` because libpq's cancel object never changes after its creation.
@safe package final class PostgresCancellation: @unchecked Sendable {
    private let handle: OpaquePointer

    init(handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe PQfreeCancel(handle) }

    /// Asks the server to cancel; the statement then fails with `isCancelled`, unless it ended before.
    package func cancel() throws(PostgresError) {
        var message = [CChar](repeating: 0, count: 256)
        guard unsafe PQcancel(handle, &message, Int32(message.count)) == 1 else {
            throw PostgresError(.connectionFailed, "the cancel request did not reach the server")
        }
    }
}
