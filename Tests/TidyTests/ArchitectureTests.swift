import Foundation
import Testing

/// Data flows one way: every target imports only what the architecture lets it import.
///
/// Method: the import lines of every file are compared with one table, since the compiler lets
/// undeclared transitive imports pass.
@Suite struct ArchitectureTests {
    /// A target, its folder and the targets it may import; each names only targets above it.
    struct TargetRule: Sendable, CustomTestStringConvertible {
        var name: String
        var folder: String
        var mayImport: Set<String>
        var testDescription: String { name }

        init(_ name: String, _ folder: String? = nil, _ mayImport: Set<String> = []) {
            self.name = name
            self.folder = folder ?? "Sources/\(name)"
            self.mayImport = mayImport
        }
    }

    static let rules: [TargetRule] = [
        TargetRule("Identity"),
        TargetRule("Similarity", "Matching/Similarity"),
        TargetRule(
            "Linkage", "Matching/Linkage", ["Identity", "Similarity", "CModels", "CMemory"]),
        TargetRule("RegistryModel", nil, ["Identity"]),
        TargetRule("Extracts", nil, ["Identity", "RegistryModel"]),
        TargetRule("Synthesis", nil, ["Identity", "Extracts"]),
        TargetRule("PostgresClient", nil, ["CLibPQ"]),
        TargetRule("TransportSecurity", nil, ["COpenSSL"]),
        TargetRule(
            "RegistryStore", nil,
            ["Identity", "PostgresClient", "RegistryModel", "TransportSecurity", "CMigrations"]),
        TargetRule(
            "Registry", nil,
            [
                "Identity", "RegistryModel", "Similarity", "Linkage", "Extracts", "RegistryStore",
                "TransportSecurity", "CMemory",
            ]),
        TargetRule("LineProtocol", nil, ["Identity", "RegistryModel"]),
        TargetRule("NetworkIO", nil, ["CLinux"]),
        TargetRule(
            "RegistryClient", nil,
            ["Identity", "RegistryModel", "LineProtocol", "NetworkIO", "TransportSecurity"]),
        TargetRule(
            "RegistryServer", nil,
            [
                "Identity", "RegistryModel", "Registry", "LineProtocol", "NetworkIO",
                "TransportSecurity", "RegistryClient",
            ]),
        TargetRule(
            "CommandLineInterface", nil,
            [
                "Identity", "Linkage", "RegistryModel", "Extracts", "Synthesis", "PostgresClient",
                "RegistryStore", "Registry", "LineProtocol", "NetworkIO", "TransportSecurity",
                "RegistryClient", "RegistryServer",
            ]),
        TargetRule("padron", nil, ["CommandLineInterface"]),
    ]

    static let cTargets: Set<String> = [
        "CLinux", "CLibPQ", "COpenSSL", "CMemory", "CModels", "CMigrations",
    ]

    /// Modules of Swift and the system that anyone may import.
    static let systemModules: Set<String> = [
        "Foundation", "Synchronization", "Glibc", "Dispatch",
    ]

    @Test(arguments: rules)
    func importsAreAllowed(rule: TargetRule) throws {
        let files = Checkout.files(below: rule.folder, suffix: ".swift")
        #expect(!files.isEmpty, "\(rule.folder) holds no source")
        for file in files {
            for line in try Checkout.lines(of: file) {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                    words[..<place].allSatisfy({
                        ["package", "internal", "private", "fileprivate"].contains($0)
                    })
                else { continue }
                let module = String(words[place + 1])
                #expect(
                    rule.mayImport.contains(module) || Self.systemModules.contains(module),
                    "\(file) imports \(module)")
            }
        }
    }

    @Test func importsPointOnlyUpwards() {
        var above = Self.cTargets
        for rule in Self.rules {
            #expect(rule.mayImport.isSubset(of: above), "\(rule.name) imports from below")
            above.insert(rule.name)
        }
    }

    @Test func theManifestNamesNoOutsidePackage() throws {
        let manifest = try Checkout.text(of: "Package.swift")
        #expect(!manifest.contains(".package("))
    }

    @Test(arguments: rules.filter { $0.name != "padron" })
    func everyTargetHasAPage(rule: TargetRule) {
        let readme = Checkout.root.appending(path: rule.folder + "/README.md")
        let page = Checkout.root.appending(path: "\(rule.folder)/\(rule.name).docc/\(rule.name).md")
        #expect(
            FileManager.default.fileExists(atPath: readme.path)
                || FileManager.default.fileExists(atPath: page.path))
    }

    /// SQL lives in RegistryStore; PostgresClient speaks it only to set up a server.
    @Test func sqlStandsInTheStoreAlone() throws {
        let statement = try Regex(
            #""[^"]*\b(SELECT .* FROM|INSERT INTO|DELETE FROM|CREATE TABLE)\b"#)
        for file in ["Sources", "Matching"].flatMap({ Checkout.files(below: $0, suffix: ".swift") })
        where !file.hasPrefix("Sources/RegistryStore/")
            && !file.hasPrefix("Sources/PostgresClient/")
        {
            for line in try Checkout.lines(of: file) {
                #expect(!line.contains(statement), "\(file): SQL outside the store")
            }
        }
    }
}
