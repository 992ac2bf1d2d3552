// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target; warnings are errors so that none is ever waved through.
let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let cSettings: [CSetting] = [.treatAllWarnings(as: .error)]

/// Targets that wrap a C library say `unsafe` wherever they touch it.
let boundarySettings = swiftSettings + [.strictMemorySafety()]

/// The engine is compiled for processors of the x86-64-v3 level (AVX2, 2013 and later), which CLinux
/// checks at start-up, and optimised in debug builds too: there its kernels would be 2,800 times slower.
#if arch(x86_64)
    let engineSettings =
        swiftSettings + [
            .unsafeFlags(["-Xcc", "-march=x86-64-v3"]),
            .unsafeFlags(["-O"], .when(configuration: .debug)),
        ]
#else
    let engineSettings =
        swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]
#endif

func library(
    _ name: String, _ folder: String? = nil, dependencies: [Target.Dependency] = [],
    exclude: [String] = [], settings: [SwiftSetting] = swiftSettings
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: folder ?? "Sources/\(name)",
        exclude: exclude, swiftSettings: settings)
}

func tests(
    _ name: String, dependencies: [Target.Dependency], exclude: [String] = [],
    settings: [SwiftSetting] = swiftSettings
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        swiftSettings: settings)
}

let package = Package(
    name: "padron",
    products: [.executable(name: "padron", targets: ["padron"])],
    targets: [
        // C: module maps, macro shims, embedded files.
        .target(name: "CLinux", path: "Sources/CLinux", cSettings: cSettings),
        .systemLibrary(
            name: "CLibPQ", path: "Sources/CLibPQ", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMemory", path: "Sources/CMemory"),
        .target(
            name: "CModels", path: "Matching/Models", exclude: ["README.md", "JSON"],
            cSettings: cSettings),
        .target(
            name: "CMigrations", path: "Migrations", exclude: ["README.md", "SQL"],
            cSettings: cSettings),

        // The engine.
        library("Identity"),
        library(
            "Similarity", "Matching/Similarity", exclude: ["README.md"], settings: engineSettings),
        library(
            "Linkage", "Matching/Linkage",
            dependencies: ["Identity", "Similarity", "CModels", "CMemory"],
            exclude: ["README.md"], settings: engineSettings),

        // The registry.
        library("RegistryModel", dependencies: ["Identity"]),
        library("Extracts", dependencies: ["Identity", "RegistryModel"]),
        library("Synthesis", dependencies: ["Identity", "Extracts"]),
        library("PostgresClient", dependencies: ["CLibPQ"], settings: boundarySettings),
        library(
            "RegistryStore",
            dependencies: [
                "Identity", "PostgresClient", "RegistryModel", "TransportSecurity", "CMigrations",
            ]),
        library(
            "Registry",
            dependencies: [
                "Identity", "Similarity", "RegistryModel", "Linkage", "Extracts", "RegistryStore",
                "TransportSecurity", "CMemory",
            ]),

        // The node.
        library("LineProtocol", dependencies: ["Identity", "RegistryModel"]),
        library("NetworkIO", dependencies: ["CLinux"], settings: boundarySettings),
        library("TransportSecurity", dependencies: ["COpenSSL"], settings: boundarySettings),
        library(
            "RegistryClient",
            dependencies: [
                "Identity", "RegistryModel", "LineProtocol", "NetworkIO", "TransportSecurity",
            ]),
        library(
            "RegistryServer",
            dependencies: [
                "Identity", "RegistryModel", "Registry", "LineProtocol", "NetworkIO",
                "TransportSecurity", "RegistryClient",
            ]),

        // The program.
        library(
            "CommandLineInterface",
            dependencies: [
                "Identity", "Linkage", "RegistryModel", "Extracts", "Synthesis", "PostgresClient",
                "RegistryStore", "Registry", "LineProtocol", "NetworkIO", "TransportSecurity",
                "RegistryClient", "RegistryServer",
            ]),
        .executableTarget(
            name: "padron", dependencies: ["CommandLineInterface"], path: "Sources/padron",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "padron-bench",
            dependencies: [
                "Identity", "Similarity", "Linkage", "RegistryModel", "Extracts", "Synthesis",
                "PostgresClient", "RegistryStore", "Registry", "RegistryClient",
            ],
            path: "Sources/padron-bench", swiftSettings: engineSettings),

        // Tests, one target for each target, and what they share: seeds, and what makes faults.
        library("SeededTesting", "Tests/SeededTesting"),
        library("FaultTesting", "Tests/FaultTesting"),
        tests("IdentityTests", dependencies: ["SeededTesting", "Identity"]),
        tests(
            "SimilarityTests", dependencies: ["SeededTesting", "Similarity"],
            settings: engineSettings),
        tests(
            "LinkageTests",
            dependencies: [
                "SeededTesting", "Linkage", "Identity", "Similarity", "Extracts", "Synthesis",
            ],
            settings: engineSettings),
        tests("RegistryModelTests", dependencies: ["SeededTesting", "RegistryModel", "Identity"]),
        tests(
            "ExtractsTests",
            dependencies: ["SeededTesting", "Extracts", "RegistryModel", "Identity"]),
        tests("SynthesisTests", dependencies: ["Synthesis", "Extracts", "Identity"]),
        tests("PostgresClientTests", dependencies: ["PostgresClient"]),
        tests(
            "RegistryStoreTests",
            dependencies: ["RegistryStore", "PostgresClient", "RegistryModel", "Identity"]),
        tests(
            "RegistryTests",
            dependencies: [
                "SeededTesting", "FaultTesting", "Registry", "RegistryStore", "PostgresClient",
                "RegistryModel", "Identity", "Linkage", "Extracts", "Synthesis",
            ]),
        tests(
            "LineProtocolTests",
            dependencies: ["SeededTesting", "LineProtocol", "RegistryModel", "Identity"],
            exclude: ["Snapshots"]),
        tests("NetworkIOTests", dependencies: ["NetworkIO"]),
        tests("TransportSecurityTests", dependencies: ["TransportSecurity"]),
        tests(
            "RegistryServerTests",
            dependencies: [
                "FaultTesting", "RegistryServer", "RegistryClient", "Registry", "RegistryStore",
                "PostgresClient", "RegistryModel", "Identity", "LineProtocol", "NetworkIO",
                "TransportSecurity",
            ]),
        tests(
            "CommandLineInterfaceTests",
            dependencies: [
                "SeededTesting", "FaultTesting", "CommandLineInterface", "PostgresClient",
                "Extracts", "Identity", "Linkage", "RegistryModel", "RegistryClient",
            ], exclude: ["Snapshots"]),
        tests("TidyTests", dependencies: []),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
