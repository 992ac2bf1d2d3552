import Foundation
import Linkage
import Synthesis

/// The whole of `padron link`, from file to file, at several sizes.
enum ScalingBenchmark {
    static let entry = Benchmark(
        name: "scaling",
        usage: "[--records N,N,...] [--threads N] [--peers FOLDER] [--peer-records-max N]",
        summary: "padron link as a whole: phases, records a second, peak memory, beside Splink",
        run: run)

    /// Records that the generator makes for each person, about.
    private static let recordsPerPerson = 1.78
    private static let phases = ["reading"] + LinkagePhase.allCases.map(\.rawValue)

    private static func run(_ options: BenchmarkOptions) throws(BenchmarkError) {
        let threads = try options.threads()
        let sizes = try options.integers("--records", default: [100_000, 1_000_000])
        let peerRecordsMax = try options.integer("--peer-records-max", default: 1_200_000)
        let program = padron()
        let script = SplinkRun.script(options)
        var table = MarkdownTable(
            ["padron link, \(threads) threads"] + phases.map { $0 + " s" }
                + ["whole s", "records/s", "peak GiB", "bytes a record", "cost a record"])
        var peers = MarkdownTable([
            "records", "whole s", "Splink s", "times", "peak GiB", "Splink GiB", "times",
        ])
        var first: Double?
        var peersRan = false
        for size in sizes {
            // One extract at a time, for ten million take a gigabyte.
            let folder = try TemporaryFolder.made()
            let extract = try LabelledExtract.generated(
                .cl, persons: Int(Double(size) / recordsPerPerson), in: folder)
            let run = try ChildProgram([
                program, "link", extract.path, "--output", folder.path("clusters.csv"),
                "--threads", String(threads),
            ])
            let records = try lines(folder.path("clusters.csv")) - 1
            let cost = run.seconds / Double(max(1, records))
            table.add(row(run, records, cost: cost, first: first))
            first = first ?? cost
            guard let script, records <= peerRecordsMax,
                let splink = SplinkRun(script, extract, threads: threads, isWide: false)
            else { continue }
            peersRan = true
            peers.add([
                Figures.grouped(records), Figures.decimal(run.seconds, 2),
                Figures.decimal(splink.program.seconds, 2),
                Figures.times(splink.program.seconds, of: run.seconds),
                Figures.gibibytes(run.peakBytes), Figures.gibibytes(splink.program.peakBytes),
                Figures.times(Double(splink.program.peakBytes), of: Double(run.peakBytes)),
            ])
        }
        table.print()
        if peersRan { peers.print() }
    }

    private static func row(
        _ run: ChildProgram, _ records: Int, cost: Double, first: Double?
    ) -> [String] {
        let perRecord = Double(run.peakBytes) / Double(max(1, records))
        return [Figures.grouped(records)] + phases.map { seconds(of: $0, in: run.errors) } + [
            Figures.decimal(run.seconds, 2), Figures.grouped(Int(1 / cost)),
            Figures.gibibytes(run.peakBytes), Figures.grouped(Int(perRecord)),
            first.map { Figures.decimal(cost / $0, 2) + "x" } ?? "1",
        ]
    }

    /// What the program said that a phase took.
    private static func seconds(of phase: String, in text: String) -> String {
        let words = text.split { $0.isWhitespace || $0 == "," }
        for (place, word) in words.enumerated() where word == phase && place + 2 < words.count {
            if Double(words[place + 1]) != nil, words[place + 2] == "s" {
                return String(words[place + 1])
            }
        }
        return "-"
    }

    /// The program beside this one.
    private static func padron() -> String {
        let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(filePath: path).deletingLastPathComponent().appending(path: "padron").path
    }

    private static func lines(_ path: String) throws(BenchmarkError) -> Int {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BenchmarkError(message: "could not read \(path)", status: 1)
        }
        return data.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }
}

extension TemporaryFolder {
    /// A folder, or the error of a benchmark.
    static func made() throws(BenchmarkError) -> TemporaryFolder {
        do { return try TemporaryFolder() } catch {
            throw BenchmarkError(message: "could not make a folder: \(error)", status: 1)
        }
    }
}
