import Extracts
import Foundation
import Identity
import Testing

@testable import Synthesis

/// Generated registries have codes of the right form, refer to what is there, and are the same each time.
///
/// Method: small registries of the four countries are written twice; their rows are checked with the
/// authorities' own rules and against one another.
@Suite struct RegistrySynthesizerTests {
    /// The files of a sample, by name.
    private static func sample(
        _ locale: SynthesisLocale, seed: UInt64 = 1
    ) throws -> (files: [GeneratedRegistry], texts: [String: String]) {
        let folder = NSTemporaryDirectory() + "padron-registries-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = try RegistrySynthesizer.writeSample(locale: locale, seed: seed, to: folder)
        var texts: [String: String] = [:]
        for file in files {
            texts[file.fileName] = try String(
                contentsOfFile: "\(folder)/\(file.fileName)", encoding: .utf8)
        }
        return (files, texts)
    }

    /// The rows of a table by column.
    private static func rows(_ text: String) throws -> [[String: String]] {
        let path = NSTemporaryDirectory() + "padron-rows-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(filePath: path))
        var reader = try DelimitedReader.opened(path: path)
        var rows: [[String: String]] = []
        while try reader.next() == .row {
            try #require(reader.fieldCount == reader.header.count, "line \(reader.lineNumber)")
            var row: [String: String] = [:]
            for (index, name) in reader.header.enumerated() { row[name] = reader.text(at: index) }
            rows.append(row)
        }
        return rows
    }

    /// How an authority's codes are written; in a catalog 111 is a code like others.
    private static func rule(_ code: String) -> AssigningAuthority {
        var rule = AssigningAuthority.shipped(code: code) ?? .unknown
        rule.placeholders = .init(repeatedDigits: false, runs: false)
        return rule
    }

    @Test(arguments: SynthesisLocale.allCases)
    func theSameSeedGivesTheSameBytes(locale: SynthesisLocale) throws {
        let first = try Self.sample(locale)
        let second = try Self.sample(locale)
        #expect(first.texts == second.texts)
        #expect(first.files == second.files)
        #expect(try Self.sample(locale, seed: 2).texts["drugs.csv"] != first.texts["drugs.csv"])
        for file in first.files {
            let lines = first.texts[file.fileName]?.split(separator: "\n").count ?? 0
            #expect(lines == file.rows + 1, "\(file.fileName)")
            #expect(file.rows >= 90, "\(file.fileName)")
        }
    }

    @Test(arguments: SynthesisLocale.allCases)
    func codesHaveTheirAuthoritiesForm(locale: SynthesisLocale) throws {
        let sample = try Self.sample(locale)
        for file in sample.files where file.kind != "records" {
            let name =
                file.kind == "coverage"
                ? CountryProfile.of(locale).nationalAuthority : file.authority
            let authority = Self.rule(name)
            for row in try Self.rows(sample.texts[file.fileName] ?? "") {
                var code = row["code"] ?? row["local_id"] ?? ""
                if file.kind == "coverage" {
                    #expect(code.hasPrefix(name + ":"))
                    code.removeFirst(min(name.count + 1, code.count))
                }
                let assessment = authority.assess(code)
                #expect(assessment.finding == .valid, "\(file.fileName) \(code)")
                for (column, value) in row where column.hasPrefix("id.") && !value.isEmpty {
                    let rule = AssigningAuthority.shipped(code: String(column.dropFirst(3)))
                    #expect(
                        (rule ?? .unknown).assess(value).finding == .valid, "\(column) \(value)")
                }
                if let atc = row["atc"], !atc.isEmpty {
                    #expect(AssigningAuthority.shipped(code: "atc")?.assess(atc).finding == .valid)
                }
            }
        }
    }

    @Test(arguments: SynthesisLocale.allCases)
    func referencesAreToWhatIsThere(locale: SynthesisLocale) throws {
        let sample = try Self.sample(locale)
        var known = Set<String>()
        for file in sample.files where file.kind != "records" {
            for row in try Self.rows(sample.texts[file.fileName] ?? "") {
                known.insert("\(file.authority):\(row["code"] ?? "")")
            }
        }
        let columns = [
            "parent", "replaced_by", "parent.administrative", "parent.legal", "parent.network",
            "merged_into", "place", "service",
        ]
        for name in ["places.csv", "services.csv", "facilities.csv", "drugs.csv"] {
            for row in try Self.rows(sample.texts[name] ?? "") {
                for column in columns {
                    for part in (row[column] ?? "").split(separator: "|") {
                        let reference = part.trimmingCharacters(in: .whitespaces)
                        #expect(known.contains(reference), "\(name) \(column) \(reference)")
                    }
                }
            }
        }
    }

    @Test(arguments: SynthesisLocale.allCases)
    func aThirdOfProvidersAreOnTheirEmployersLists(locale: SynthesisLocale) throws {
        let sample = try Self.sample(locale)
        let register = try Self.rows(sample.texts["providers.csv"] ?? "")
        let lists = try Self.rows(sample.texts["provider-staff.csv"] ?? "")
        #expect(register.count == 400 && Set(register.compactMap { $0["local_id"] }).count == 400)
        #expect(lists.count > 90 && lists.count < 180)
        #expect(Set(register.compactMap { $0["source"] }).count == 1)
        #expect(register.allSatisfy { $0["profession"]?.hasPrefix("[{") ?? false })
        #expect(register.allSatisfy { $0["family"]?.isEmpty == false })
        let authority = try #require(sample.files.first { $0.kind == "providers" }?.authority)
        let numbers = Set(register.compactMap { $0["local_id"] })
        let column = register[0].keys.first { $0.hasPrefix("id.") && $0.contains("-") }
        #expect(authority.isEmpty == false && column != nil)
        let named = lists.flatMap { row in
            row.filter { $0.key.hasPrefix("id.") && numbers.contains($0.value) }.map(\.value)
        }
        #expect(named.count > lists.count / 3)
    }

    /// A code of Siam is a hospital's and what lies within it.
    @Test func unitsShareTheirHospitalsCode() throws {
        let rows = try Self.rows(Self.sample(.ir).texts["facilities.csv"] ?? "")
        let bySiam = Dictionary(grouping: rows) { $0["id.ir-siam"] ?? "" }
        #expect(bySiam.values.contains { $0.count == 4 })
        #expect(Set(rows.compactMap { $0["code"] }).count == rows.count)
    }
}
