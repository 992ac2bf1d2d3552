internal import Glibc

/// The server's settings, from the memory and cores of the machine.
struct ServerSettings: Sendable {
    /// The memory that the machine, or the control group it runs in, has.
    var memoryMebibytes: Int
    /// The processors that are online.
    var coreCount: Int
    /// Whether a crash of the machine may lose everything, as for tests.
    var isThrowAway: Bool
    /// The folder of the unix socket.
    var socketFolder: String
    /// Whether the server was built with LZ4, which packs the log's pages in less time than pglz.
    var hasLZ4 = false

    static func forThisMachine(socketFolder: String, isThrowAway: Bool) -> ServerSettings {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        var bytes = pages * sysconf(Int32(_SC_PAGESIZE))
        if let limit = FileTree.text(of: "/sys/fs/cgroup/memory.max"),
            let value = Int(limit.prefix { $0.isNumber }), value > 0
        {
            bytes = min(bytes, value)
        }
        return ServerSettings(
            memoryMebibytes: max(256, bytes >> 20),
            coreCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), isThrowAway: isThrowAway,
            socketFolder: socketFolder)
    }

    /// The text of the settings file.
    ///
    /// The registry's own process holds its index in the same memory, so the server takes an eighth of it.
    /// Failed statements are not logged: their messages can quote personal data.
    var text: String {
        let buffers = isThrowAway ? 32 : (memoryMebibytes / 8).clamped(64, 4_096)
        let work = (memoryMebibytes / 256).clamped(4, 64)
        let maintenance = (memoryMebibytes / 16).clamped(64, 1_024)
        var lines = [
            "# Written by padron at each start; settings of your own go to local.conf beside it.",
            "listen_addresses = ''",
            "port = 5432",
            "unix_socket_directories = \(quoted("\"" + socketFolder + "\""))",
            "unix_socket_permissions = \(isThrowAway ? "0777" : "0700")",
            "max_connections = 100",
            "shared_buffers = '\(buffers)MB'",
            "effective_cache_size = '\(memoryMebibytes / 2)MB'",
            "work_mem = '\(work)MB'",
            "maintenance_work_mem = '\(maintenance)MB'",
            "max_wal_size = '4GB'",
            "min_wal_size = '\(isThrowAway ? 32 : 512)MB'",
            "wal_compression = \(hasLZ4 ? "lz4" : "on")",
            "checkpoint_timeout = '15min'",
            "checkpoint_completion_target = 0.9",
            "random_page_cost = 1.1",
            "effective_io_concurrency = 200",
            "max_parallel_workers = \(coreCount.clamped(1, 16))",
            "max_parallel_workers_per_gather = \((coreCount / 2).clamped(1, 4))",
            "jit = off",
            "update_process_title = off",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "lc_messages = 'C'",
            "logging_collector = off",
            "log_checkpoints = off",
            "log_min_messages = log",
            "log_min_error_statement = panic",
            "log_error_verbosity = terse",
        ]
        if isThrowAway {
            lines += ["fsync = off", "full_page_writes = off", "autovacuum = off"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func quoted(_ value: String) -> String {
        let escaped = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }
        return "'" + escaped.joined() + "'"
    }
}

extension Int {
    fileprivate func clamped(_ low: Int, _ high: Int) -> Int {
        Swift.min(Swift.max(self, low), high)
    }
}
