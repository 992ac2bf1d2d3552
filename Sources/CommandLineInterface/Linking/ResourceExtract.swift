import Extracts
import Foundation
import Identity

/// Patients or providers of FHIR R4 on their way into the index, as an extract in a folder of its own.
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

    /// Whether a file holds resources, by its name.
    static func isOfResources(_ path: String) -> Bool {
        path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl")
    }

    /// Makes an extract of a file of resources; any other is one already.
    ///
    /// Those are the providers of a register where one is named, else patients.
    static func prepared(
        path: String, ofProvidersOf register: String? = nil,
        directory: AuthorityDirectory = .shipped, _ console: Console
    ) throws -> ResourceExtract {
        guard isOfResources(path) else { return ResourceExtract(path: path, folder: nil) }
        let folder = NSTemporaryDirectory() + "padron-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        let extract = ResourceExtract(
            path: "\(folder)/\((path as NSString).lastPathComponent).csv", folder: folder)
        var rejected = 0
        let count: Int
        do {
            count = try PersonResources(
                path: path, ofProvidersOf: register, directory: directory
            ).writeExtract(to: extract.path) { row in
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
            "\(path): \(Figures.counted(count, register == nil ? "patient" : "provider"))"
                + (rejected > 0 ? ", \(Figures.counted(rejected, "line")) that cannot be read" : "")
        )
        return extract
    }

    /// Removes the extract, where there was one to make.
    func remove() {
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }
}
