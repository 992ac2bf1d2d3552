/// Splink on DuckDB over the same extract, for ratios measured in one run.
///
/// `splink_link.py`, see ``PeerScript``, prints `pairs N blocking S s predict S s pairs_per_s N` and
/// `TOTAL S s`.
struct SplinkRun {
    private(set) var pairs: Double
    private(set) var pairsPerSecond: Double
    private(set) var accuracy: String
    let program: ChildProgram

    /// The script, or nil after one line that says why there is none.
    static func script(_ options: BenchmarkOptions) -> String? {
        PeerScript.path("splink_link.py", of: "Splink", options)
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
