internal import Glibc
package import RegistryModel

/// How a file of a registry is written.
package enum EntryFormat: String, CaseIterable, Hashable, Sendable {
    /// Delimited text with a header, canonical or recognised.
    case csv
    /// Resources of FHIR R4, one a line.
    case fhir
    /// France's public base of medicines: tables without headers, parted by tabs, in one folder.
    case bdpm
    /// Peru's register of establishments.
    case renipress
    /// Chile's table of establishments.
    case deis
    /// France's register of establishments: lines of several record types.
    case finess

    /// The formats that are written; the others are only read.
    package static let written: [EntryFormat] = [.csv, .fhir]

    /// The kinds of entries that a file of the format may hold.
    package var kinds: [CatalogKind] {
        switch self {
        case .csv, .fhir: CatalogKind.allCases
        case .bdpm: [.drug]
        case .renipress, .deis, .finess: [.facility]
        }
    }

    /// The format of a path: by its end, by its kind of file, by its first bytes.
    ///
    /// A table with a header is CSV, whosever it is: the layouts of DEIS and RENIPRESS, which are tables
    /// too, are told from their headers by ``EntryFile``.
    static func detected(path: String) throws(ExtractError) -> EntryFormat {
        if path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") { return .fhir }
        guard path != "-" else { return .csv }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return .bdpm }
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if BDPMTable(fileName: name) != nil { return .bdpm }
        var file = try FileBytes.opened(path: path)
        var start: [UInt8] = []
        _ = try file.read(into: &start)
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start.removeFirst(3) }
        if start.first == UInt8(ascii: "{") { return .fhir }
        let types = ["finess;", "structureet;", "structureej;", "geolocalisation;"]
        return types.contains(where: { start.starts(with: $0.utf8) }) ? .finess : .csv
    }
}
