internal import CLibPQ
internal import Glibc

/// What a child process left behind.
struct ProcessOutcome: Sendable {
    /// The exit status; 128 and the signal for a process ended by one.
    let status: Int32
    /// The start of its standard output and standard error, mixed.
    let output: String

    var succeeded: Bool { status == 0 }
}

/// Runs a program to its end.
///
/// The child gets no descriptor but its own three, default signals, the working directory `/`, and an
/// environment without `PG…` variables. Its output goes to an unlinked file, not a pipe: a server that it
/// leaves running would keep a pipe open and the reader waiting.
enum ProcessRunner {
    /// Starts a program and waits for its end, or ends it when its time is over.
    ///
    /// `settings` are variables of the child's environment beside the usual ones, `NAME=value`;
    /// `whileWaiting` is called again and again until the child has ended.
    static func run(
        _ executable: String, _ arguments: [String], settings: [String] = [],
        timeoutMilliseconds: Int, whileWaiting: () -> Void = {}
    ) throws(ClusterError) -> ProcessOutcome {
        let output = try FileDescriptor.temporary()
        let process = try spawn(executable, arguments, settings, output: output)
        let status = try wait(
            process, named: executable, deadline: Deadline(milliseconds: timeoutMilliseconds),
            whileWaiting)
        return ProcessOutcome(status: status, output: output.readFromStart())
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], _ settings: [String],
        output: borrowing FileDescriptor
    ) throws(ClusterError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.number, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.number, 2)
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        unsafe posix_spawn_file_actions_addchdir_np(&actions, "/")

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var process: pid_t = 0
        let code = unsafe withCStrings([executable] + arguments) { arguments in
            unsafe withCStrings(environment + settings) { environment in
                unsafe posix_spawn(
                    &process, executable, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else {
            throw ClusterError(.process, "cannot run \(executable): \(ClusterError.text(of: code))")
        }
        return process
    }

    private static var environment: [String] {
        var kept = ["LC_ALL=C", "TZ=UTC"]
        kept.append("PATH=" + (Environment.value(of: "PATH") ?? "/usr/local/bin:/usr/bin:/bin"))
        for name in ["HOME", "LD_LIBRARY_PATH", "TMPDIR"] {
            if let value = Environment.value(of: name) { kept.append("\(name)=\(value)") }
        }
        return kept
    }

    private static func wait(
        _ process: pid_t, named name: String, deadline: Deadline, _ whileWaiting: () -> Void
    ) throws(ClusterError) -> Int32 {
        var pause = Pause()
        var status: Int32 = 0
        while true {
            let found = unsafe waitpid(process, &status, WNOHANG)
            if found == process { break }
            if found < 0, errno != EINTR { return 0 }
            if deadline.isOver {
                kill(process, SIGKILL)
                unsafe waitpid(process, &status, 0)
                throw ClusterError(.process, "\(name) took too long and was stopped")
            }
            whileWaiting()
            pause.wait()
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    private static func withCStrings<Value>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let copies = unsafe strings.map { unsafe strdup($0) }
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe body(copies + [nil])
    }
}

/// Reads the environment.
package enum Environment {
    /// The value of a variable; nil when unset or empty.
    package static func value(of name: String) -> String? {
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}
