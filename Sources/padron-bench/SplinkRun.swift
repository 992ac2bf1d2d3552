import Foundation

/// Splink on DuckDB over the same extract, for ratios measured in one run.
///
/// The script is no part of Padron: `PADRON_PEERS`, or `--peers`, names the folder that holds
/// `splink_link.py`. It prints `pairs N blocking S s predict S s pairs_per_s N` and `TOTAL S s`.
struct SplinkRun {
    private(set) var pairs: Double
    private(set) var pairsPerSecond: Double
    private(set) var accuracy: String
    let program: ChildProgram

    /// The script, or nil after one line that says why there is none.
    static func script(_ options: BenchmarkOptions) -> String? {
        let named = options["--peers"] ?? ProcessInfo.processInfo.environment["PADRON_PEERS"]
        guard let named else {
            print("Splink left out: PADRON_PEERS names no folder with splink_link.py")
            return nil
        }
        let path = named + "/splink_link.py"
        guard FileManager.default.fileExists(atPath: path) else {
            print("Splink left out: there is no \(path)")
            return nil
        }
        return path
    }

    /// Runs the script; nil after one line that says why it did not run.
    init?(_ script: String, _ extract: LabelledExtract, threads: Int, isWide: Bool) {
        var arguments = [
            "python3", script, extract.path, extract.truthPath, "--threads", String(threads),
        ]
        if isWide { arguments.append("--wide") }
        do throws(BenchmarkError) {
            program = try ChildProgram(arguments)
        } catch {
            print("Splink left out: \(error.message)")
            return nil
        }
        let words = program.output.split(whereSeparator: \.isWhitespace)
        func number(after word: String) -> Double {
            guard let place = words.firstIndex(where: { $0 == word }), place + 1 < words.count
            else { return 0 }
            return Double(words[place + 1]) ?? 0
        }
        pairs = number(after: "pairs")
        pairsPerSecond = number(after: "pairs_per_s")
        let best = program.output.split(separator: "\n").last ?? ""
        accuracy = String(best)
    }
}
