internal import Identity

/// Authorities and the systems that FHIR names them by.
struct ResourceSystems: Sendable {
    /// What stands before the code of an authority without a URI or OID of its own.
    static let prefix = "urn:padron:authority:"

    private let directory: AuthorityDirectory
    private let codes: [String: String]

    init(_ directory: AuthorityDirectory) {
        self.directory = directory
        var codes: [String: String] = [:]
        for authority in directory.all {
            for system in ResourceSystems.systems(of: authority) where codes[system] == nil {
                codes[system] = authority.code
            }
        }
        self.codes = codes
    }

    private static func systems(of authority: AssigningAuthority) -> [String] {
        [authority.uri, authority.oid.isEmpty ? "" : "urn:oid:" + authority.oid]
            .filter { !$0.isEmpty }
    }

    /// The system of an authority's identifiers.
    func system(of authority: String) -> String {
        directory[authority].flatMap { ResourceSystems.systems(of: $0).first }
            ?? ResourceSystems.prefix + authority
    }

    /// The authority of a system; the system itself where none is known.
    func authority(of system: String) -> String {
        if let code = codes[system] { return code }
        return system.hasPrefix(ResourceSystems.prefix)
            ? String(system.dropFirst(ResourceSystems.prefix.count)) : system
    }
}
