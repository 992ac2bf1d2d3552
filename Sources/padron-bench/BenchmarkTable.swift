/// One benchmark of the program: a row of ``BenchmarkTable/all``.
struct Benchmark: Sendable {
    let name: String
    /// The options with their values, as the help shows them.
    let usage: String
    let summary: String
    let run: @Sendable (BenchmarkOptions) throws(BenchmarkError) -> Void
}

/// What the program can measure; a new benchmark is a file of its own and a row here.
enum BenchmarkTable {
    static let all: [Benchmark] = [
        KernelBenchmark.entry, ReadingBenchmark.entry, ScoringBenchmark.entry,
        ScalingBenchmark.entry, AccuracyBenchmark.entry, BlockingBenchmark.entry,
        AblationBenchmark.entry, OnlineBenchmark.entry, OnlineRecall.entry,
        RegistryBenchmark.entry, CatalogBenchmark.entry,
    ]

    /// Runs the benchmark that the arguments name and returns the exit status.
    static func run(_ arguments: [String]) -> Int32 {
        guard let name = arguments.first, name != "help", name != "--help" else {
            print(help)
            return arguments.isEmpty ? 2 : 0
        }
        guard let benchmark = all.first(where: { $0.name == name }) else {
            print("padron-bench: unknown benchmark '\(name)'; see padron-bench help")
            return 2
        }
        do throws(BenchmarkError) {
            try benchmark.run(BenchmarkOptions(arguments.dropFirst(), usage: benchmark.usage))
            return 0
        } catch {
            print("padron-bench: \(error.message)")
            return error.status
        }
    }

    private static var help: String {
        let rows = all.map { "  \($0.name) \($0.usage)\n      \($0.summary)" }
        return "usage: padron-bench BENCHMARK [OPTION VALUE]...\n\n" + rows.joined(separator: "\n")
    }
}

/// Why a benchmark did not run.
struct BenchmarkError: Error {
    let message: String
    /// 1 the work failed, 2 wrong usage.
    let status: Int32
}

/// The options of one benchmark: `--name value`, of those its usage names.
struct BenchmarkOptions {
    private var values: [String: String] = [:]

    init(_ arguments: ArraySlice<String>, usage: String) throws(BenchmarkError) {
        var rest = arguments
        while let option = rest.popFirst() {
            guard usage.contains("[\(option) "), let value = rest.popFirst() else {
                throw BenchmarkError(message: "cannot use '\(option)': \(usage)", status: 2)
            }
            values[option] = value
        }
    }

    subscript(_ option: String) -> String? { values[option] }
}
