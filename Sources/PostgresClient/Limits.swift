/// The bounds of this target: every buffer, wait and retry has one.
package enum PostgresLimits {
    /// A COPY buffer is sent once it holds this many bytes; measured best between 16 KiB and 1 MiB.
    package static let copyBufferBytesMax = 64 * 1024
    /// The parameters of one statement, a limit of the wire protocol.
    package static let parametersMax = 65_535
    /// The prepared statements of one connection; they are constants of the program.
    package static let preparedStatementsMax = 1_000
    /// The statements of one pipeline, whose results are all held until its end.
    package static let pipelineStatementsMax = 65_536
    /// How long connecting may take when the address does not say.
    package static let connectTimeoutSecondsMax = 10
    /// What is kept of the output of a child process.
    package static let processOutputBytesMax = 64 * 1024
    /// How long `initdb` may take.
    package static let initialiseTimeoutMillisecondsMax = 120_000
    /// How long a server may take to start, recovery after a crash included.
    package static let startTimeoutMillisecondsMax = 120_000
    /// How long a fast shutdown may take, its last checkpoint included.
    package static let stopTimeoutMillisecondsMax = 120_000
    /// How long a program of PostgreSQL may write or read a whole database: a week.
    package static let toolTimeoutMillisecondsMax = 7 * 24 * 3_600 * 1_000
    /// How often a start is tried again beside the remains of a killed server.
    package static let startAttemptsMax = 5
    /// The server's log is cut when a command finds it longer than this.
    package static let logBytesMax = 16 * 1024 * 1024
    /// A unix socket's path, the zero at its end not counted.
    package static let socketPathBytesMax = 107
}
