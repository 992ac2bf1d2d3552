/// Writes the extract of a generated population, and the truth about it.
///
/// The rows stand source by source, within a source in the shuffled order of large windows of
/// people. Each source is one pass over the population, which is made anew block by block: the
/// memory is that of one window, however many persons there are.
package struct PopulationSynthesizer {
    private let options: SynthesisOptions
    private let profile: CountryProfile

    /// Creates a synthesizer; the name tables of the country are built here.
    package init(options: SynthesisOptions) {
        self.options = options
        profile = CountryProfile.of(options.locale)
    }

    /// The persons whose rows are held at once.
    private var windowPersons: Int { max(PopulationBuilder.blockPersons, options.windowPersonsMax) }

    /// Generates the whole population.
    ///
    /// - Parameters:
    ///   - extract: takes the bytes of the extract in order, some tens of kilobytes at a time.
    ///   - truth: takes the bytes of the truth file likewise.
    ///   - progress: is told the rows written so far, and how many are expected in all.
    /// - Returns: what was generated.
    /// - Throws: what the sinks throw; nothing more is written then.
    package func generate(
        extract: (Span<UInt8>) throws -> Void, truth: (Span<UInt8>) throws -> Void,
        progress: (_ records: Int, _ expected: Int) -> Void = { _, _ in }
    ) throws -> SynthesisSummary {
        var output = ExtractOutput()
        output.writeHeader(of: profile)
        var summary = SynthesisSummary()
        summary.persons = options.persons
        var composer = RecordComposer(
            profile: profile, rates: options.rates, seed: options.seed)
        let planner = RecordPlanner(profile: profile, seed: options.seed)
        var builder = PopulationBuilder(profile: profile, seed: options.seed)
        for source in profile.sources.indices {
            var office = NumberingOffice(profile: profile)
            var sequence = 0
            var window = RowWindow()
            var first = 0
            while first < options.persons {
                let end = min(options.persons, first + windowPersons)
                window.removeAll()
                for start in stride(from: first, to: end, by: PopulationBuilder.blockPersons) {
                    let count = min(PopulationBuilder.blockPersons, end - start)
                    builder.build(
                        block: start / PopulationBuilder.blockPersons, count: count)
                    builder.register(with: &office)
                    fill(&window, source: source, from: builder, planner: planner, &composer)
                }
                let order = RandomStream(
                    seed: options.seed, domain: .order,
                    index: first * CountryProfile.sourcesMax + source)
                window.shuffle(order)
                for row in window.rows.indices {
                    sequence += 1
                    output.write(
                        window, row: row, source: profile.sources[source], sequence: sequence)
                    try output.flush(ifOver: ExtractOutput.bufferBytesMax, extract, truth)
                }
                summary.records += window.rows.count
                progress(summary.records, options.persons * 178 / 100)
                first = end
            }
        }
        try output.flush(ifOver: 0, extract, truth)
        summary.errors = composer.counts
        return summary
    }

    /// Composes the rows that a block's persons have in a source.
    private func fill(
        _ window: inout RowWindow, source: Int, from builder: borrowing PopulationBuilder,
        planner: RecordPlanner, _ composer: inout RecordComposer
    ) {
        var plans: [RecordPlan] = []
        for person in builder.persons {
            planner.plan(person, dwellings: builder.dwellings, into: &plans)
            for (number, plan) in plans.enumerated() where plan.source == source {
                composer.compose(person, plan: plan, number: number, builder: builder)
                window.append(person: person.index) { composer.append(to: &$0) }
            }
        }
    }
}

/// Rows of one source that are shuffled together.
struct RowWindow {
    /// A row's place in the bytes, and whose it is.
    struct Row {
        var start: Int
        var end: Int
        var person: Int
    }

    private(set) var rows: [Row] = []
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func append(person: Int, _ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        write(&bytes)
        rows.append(Row(start: start, end: bytes.count, person: person))
    }

    /// Puts the rows into random order (Fisher and Yates).
    mutating func shuffle(_ order: RandomStream) {
        var order = order
        for place in rows.indices.reversed().dropLast() {
            rows.swapAt(place, order.below(place + 1))
        }
    }
}

/// The two buffers of bytes that are on their way out.
struct ExtractOutput {
    /// A buffer this full is handed to its sink.
    static let bufferBytesMax = 1 << 16

    private var extract: [UInt8] = []
    private var truth: [UInt8] = []

    mutating func writeHeader(of profile: CountryProfile) {
        extract.append(contentsOf: "record_id,source,local_id".utf8)
        for column in profile.columns {
            extract.append(UInt8(ascii: ","))
            extract.append(
                contentsOf: (column == .passport
                    ? "id." + profile.passportAuthority : column.header).utf8)
        }
        extract.append(UInt8(ascii: "\n"))
        truth.append(contentsOf: "record_id,person_id\n".utf8)
    }

    /// Writes a row of the window behind its record id, and the line of the truth.
    mutating func write(_ window: RowWindow, row: Int, source: SourceProfile, sequence: Int) {
        let row = window.rows[row]
        Self.append(source, sequence, to: &extract)
        extract.append(UInt8(ascii: ","))
        extract.append(contentsOf: source.code.utf8)
        extract.append(UInt8(ascii: ","))
        RecordComposer.append(sequence, width: 8, to: &extract)
        extract.append(contentsOf: window.bytes[row.start..<row.end])
        Self.append(source, sequence, to: &truth)
        truth.append(UInt8(ascii: ","))
        RecordComposer.append(row.person + 1, to: &truth)
        truth.append(UInt8(ascii: "\n"))
    }

    private static func append(_ source: SourceProfile, _ sequence: Int, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: source.code.utf8)
        buffer.append(UInt8(ascii: "-"))
        RecordComposer.append(sequence, to: &buffer)
    }

    /// Hands over the buffers that hold more than `limit` bytes.
    mutating func flush(
        ifOver limit: Int, _ extractSink: (Span<UInt8>) throws -> Void,
        _ truthSink: (Span<UInt8>) throws -> Void
    ) throws {
        if extract.count > limit {
            try extractSink(extract.span)
            extract.removeAll(keepingCapacity: true)
        }
        if truth.count > limit {
            try truthSink(truth.span)
            truth.removeAll(keepingCapacity: true)
        }
    }
}
