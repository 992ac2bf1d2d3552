import Registry
import RegistryModel
import RegistryStore
import SeededTesting
import Testing

/// Whatever the history of releases, closures and reverts, each day's answer is that of a simple model.
///
/// Method: a random history of full and partial imports, of reverts and of the same file again, into a
/// new database and into a list of dictionaries; counts and the answers of random days must be equal
/// after each step.
@Suite(.timeLimit(.minutes(10))) struct ReleaseHistoryTests {
    /// What one entry of the model says.
    private struct Stated: Hashable {
        var from: Int32
        var through: Int32
        var tariff: Int
    }

    /// What is said of each code: the last release that has it decides; none are days without a word.
    private struct Model {
        var live: [(release: Int64, said: [String: Set<Stated>])] = []

        func said(of code: String) -> Set<Stated>? {
            live.last { $0.said[code] != nil }?.said[code]
        }

        var codes: Set<String> { Set(live.flatMap { $0.said.keys }) }

        func tariff(of code: String, on day: Int32) -> Int? {
            said(of: code)?.first { $0.from <= day && day <= $0.through }?.tariff
        }
    }

    private static let catalog = CatalogKey(.service, "clinic")
    private static let codes = (1...9).map { "code \($0)" }
    private static let days: ClosedRange<Int32> = 19_000...19_060

    /// Rows of some codes, the days of each parted, in any order.
    private func file(_ random: inout SeededGenerator) -> [String: Set<Stated>] {
        var file: [String: Set<Stated>] = [:]
        for code in Self.codes where Bool.random(using: &random) {
            var bounds = [Int32.min, .max]
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                bounds.append(.random(in: Self.days, using: &random))
            }
            bounds = Array(Set(bounds)).sorted()
            var stated: Set<Stated> = []
            for (start, end) in zip(bounds, bounds.dropFirst())
            where stated.isEmpty || Int.random(in: 0..<4, using: &random) > 0 {
                let through = end == .max ? end : end - 1
                stated.insert(
                    Stated(
                        from: start, through: through, tariff: .random(in: 1...2, using: &random)))
            }
            file[code] = stated
        }
        return file
    }

    private func rows(
        _ file: [String: Set<Stated>], _ random: inout SeededGenerator
    ) -> [Result<StatedEntry, RefusedRow>] {
        let rows = file.flatMap { code, stated in stated.map { (code, $0) } }
            .sorted { ($0.0, $0.1.from) < ($1.0, $1.1.from) }.shuffled(using: &random)
        return rows.enumerated().map { line, row in
            let (code, stated) = row
            let period = EntryPeriod(
                from: stated.from == .min ? nil : stated.from,
                through: stated.through == .max ? nil : stated.through)
            return .success(
                StatedEntry(
                    line: line + 2, code: code, period: period ?? .always,
                    members: [
                        JSONMember(
                            "tariff", .object([JSONMember("CL", .integer(Int64(stated.tariff)))])),
                        JSONMember("name", .string(" \(code) ")),
                    ]))
        }
    }

    /// What a file does to the model: the release's statements and counts.
    private func planned(
        _ file: [String: Set<Stated>], _ scope: ReleaseScope, _ day: Int32, _ model: Model
    ) -> (said: [String: Set<Stated>], counts: ReleaseCounts) {
        var said: [String: Set<Stated>] = [:]
        var counts = ReleaseCounts()
        for (code, stated) in file {
            let before = model.said(of: code) ?? []
            if before == stated {
                counts.unchanged += 1
            } else {
                said[code] = stated
                if before.isEmpty { counts.new += 1 } else { counts.changed += 1 }
            }
        }
        guard scope == .full else { return (said, counts) }
        for code in model.codes where file[code] == nil {
            let before = model.said(of: code) ?? []
            guard before.contains(where: { $0.through >= day }) else { continue }
            counts.closed += 1
            said[code] = Set(
                before.filter { $0.from < day }.map {
                    Stated(from: $0.from, through: min($0.through, day - 1), tariff: $0.tariff)
                })
        }
        return (said, counts)
    }

    @Test(arguments: PropertySeeds.few) func answersOfAnyDayEqualAModel(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        try TestRegistry.withDatabase { url in
            var model = Model()
            var last: (file: [String: Set<Stated>], scope: ReleaseScope, day: Int32)?
            for step in 0..<24 {
                let note: Comment = "step \(step), \(PropertySeeds.replay(seed))"
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<3 where !model.live.isEmpty:
                    try revert(&model, &random, url, note)
                case 3 where last != nil:
                    guard let last else { continue }
                    try take(last.file, last.scope, last.day, &model, &random, url, note)
                default:
                    let scope: ReleaseScope = Bool.random(using: &random) ? .full : .partial
                    let day = Int32.random(in: Self.days, using: &random)
                    let file = file(&random)
                    last = (file, scope, day)
                    try take(file, scope, day, &model, &random, url, note)
                }
                try compare(model, &random, url, note)
            }
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    private func take(
        _ file: [String: Set<Stated>], _ scope: ReleaseScope, _ day: Int32, _ model: inout Model,
        _ random: inout SeededGenerator, _ url: String, _ note: Comment
    ) throws {
        let (said, counts) = planned(file, scope, day, model)
        let outcome = try TestCatalog.take(
            rows(file, &random),
            TestCatalog.request(Self.catalog, scope: scope, day: EntryPeriod.text(day)), into: url)
        #expect(outcome.report.counts == counts, note)
        #expect((outcome.report.release == nil) == said.isEmpty, note)
        if let release = outcome.report.release { model.live.append((release, said)) }
    }

    private func revert(
        _ model: inout Model, _ random: inout SeededGenerator, _ url: String, _ note: Comment
    ) throws {
        let place = Int.random(in: 0..<model.live.count, using: &random)
        let job = ReleaseJob(databaseURL: url)
        let release = model.live[place].release
        if place == model.live.count - 1 {
            _ = try job.revert(release, actor: "test", reason: "")
            model.live.removeLast()
        } else {
            #expect(throws: RegistryError.self, note) {
                _ = try job.revert(release, actor: "test", reason: "")
            }
        }
    }

    private func compare(
        _ model: Model, _ random: inout SeededGenerator, _ url: String, _ note: Comment
    ) throws {
        let said = try TestCatalog.says(Self.catalog, in: url)
        for _ in 0..<40 {
            guard let code = Self.codes.randomElement(using: &random) else { return }
            let day = Int32.random(in: 18_990...19_070, using: &random)
            let answers = (said[code] ?? []).filter { $0.period?.contains(day) ?? false }
            let expected = model.tariff(of: code, on: day)
            #expect(answers.count == (expected == nil ? 0 : 1), note)
            #expect(
                answers.first?.content
                    == expected.map {
                        "{\"name\":{\"und\":\"\(code)\"},\"tariff\":{\"CL\":\"\($0)\"}}"
                    }, note)
        }
    }
}
