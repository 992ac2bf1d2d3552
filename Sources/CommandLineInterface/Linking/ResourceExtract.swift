import Extracts
import Foundation

/// Patients of FHIR R4 on their way into the index, as an extract in a folder of its own.
///
/// The extract is a copy of personal data: nobody else can read its folder, which the command removes.
struct ResourceExtract {
    /// The extract, or the file itself where it is no file of resources.
    let path: String
    private let folder: String?

    private init(path: String, folder: String?) {
        self.path = path
        self.folder = folder
    }

    /// Makes an extract of a file whose name ends with `.ndjson`; any other is one already.
    static func prepared(path: String, _ console: Console) throws -> ResourceExtract {
        guard path.hasSuffix(".ndjson") else { return ResourceExtract(path: path, folder: nil) }
        let folder = NSTemporaryDirectory() + "padron-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        let extract = ResourceExtract(
            path: "\(folder)/\((path as NSString).lastPathComponent).csv", folder: folder)
        var rejected = 0
        let count: Int
        do {
            count = try PersonResources(path: path).writeExtract(to: extract.path) { row in
                rejected += 1
                if rejected <= 10 {
                    console.note("\(path): line \(row.lineNumber): \(row.reason)")
                }
            }
        } catch {
            extract.remove()
            throw error
        }
        console.note(
            "\(path): \(Figures.counted(count, "patient"))"
                + (rejected > 0 ? ", \(Figures.counted(rejected, "line")) that cannot be read" : "")
        )
        return extract
    }

    /// Removes the extract, where there was one to make.
    func remove() {
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }
}
