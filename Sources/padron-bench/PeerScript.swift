import Foundation

/// A peer's script, for ratios measured in one run.
///
/// Scripts are no part of Padron: `PADRON_PEERS`, or `--peers`, names the folder that holds them.
enum PeerScript {
    /// The path of a script, or nil after one line that says why there is none.
    static func path(_ name: String, of peer: String, _ options: BenchmarkOptions) -> String? {
        let named = options["--peers"] ?? ProcessInfo.processInfo.environment["PADRON_PEERS"]
        guard let named else {
            print("\(peer) left out: PADRON_PEERS names no folder with \(name)")
            return nil
        }
        let path = named + "/" + name
        guard FileManager.default.fileExists(atPath: path) else {
            print("\(peer) left out: there is no \(path)")
            return nil
        }
        return path
    }
}
