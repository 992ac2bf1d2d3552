import Similarity

/// The name kernels beside rapidfuzz on the same names, one core each, in turn.
extension KernelBenchmark {
    /// Times that both are run, one after the other.
    private static let turns = 3

    /// Prints the medians of both; `rapidfuzz_names.py`, see ``PeerScript``, prints
    /// `NAME N million pairs/s, sum N` for each kernel.
    ///
    /// Own times are those of the thread, the peer's those of its clock: on a busy machine it loses more.
    static func compareWithPeer(
        _ names: [String], _ column: TextColumn, _ options: BenchmarkOptions
    ) throws(BenchmarkError) {
        guard let script = PeerScript.path("rapidfuzz_names.py", of: "rapidfuzz", options) else {
            return
        }
        let folder = try TemporaryFolder.made()
        try write(names, to: folder.path("names.txt"))
        let measures = [
            (JaroWinkler.Measure.jaro, "Jaro"), (JaroWinkler.Measure.jaroWinkler, "JaroWinkler"),
        ]
        var rates = [[Rate]](repeating: [], count: measures.count)
        var peerRates = rates
        for _ in 0..<turns {
            for (place, (measure, _)) in measures.enumerated() {
                rates[place].append(oneAgainstMany(column, measure))
            }
            let peer: ChildProgram
            do throws(BenchmarkError) {
                peer = try ChildProgram(["python3", script, folder.path("names.txt")])
            } catch {
                print("rapidfuzz left out: \(error.message)")
                return
            }
            for (place, (_, name)) in measures.enumerated() {
                if let rate = rate(of: name, in: peer.output) { peerRates[place].append(rate) }
            }
        }
        var table = MarkdownTable([
            "one against many, one core", "names", "million pairs/s", "rapidfuzz", "times", "sum",
            "its sum",
        ])
        for (place, (_, name)) in measures.enumerated() {
            guard let own = median(rates[place]), let peer = median(peerRates[place]) else {
                continue
            }
            table.add([
                name, Figures.grouped(column.count), Figures.decimal(own.millionPairs, 1),
                Figures.decimal(peer.millionPairs, 1),
                Figures.times(own.millionPairs, of: peer.millionPairs),
                Figures.decimal(own.sum, 3), Figures.decimal(peer.sum, 3),
            ])
        }
        table.print()
    }

    private static func median(_ rates: [Rate]) -> Rate? {
        let sorted = rates.sorted { $0.millionPairs < $1.millionPairs }
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }

    /// What the script says of a kernel, whose name may stand behind that of its module.
    private static func rate(of name: String, in output: String) -> Rate? {
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.first?.split(separator: ".").last == Substring(name), words.count > 5,
                let rate = Double(words[1]),
                let sum = Double(words[5])
            else { continue }
            return Rate(millionPairs: rate, sum: sum)
        }
        return nil
    }
}
