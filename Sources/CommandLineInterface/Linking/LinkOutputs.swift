import Extracts
import Foundation

/// The files that a run is to write, checked before the work that fills them.
enum LinkOutputs {
    private static let options = ["--output", "--pairs", "--report", "--save-model", "--rejects"]

    /// Refuses outputs that cannot be written, are one file, or would take an extract's place.
    static func check(_ arguments: ParsedArguments) throws {
        let outputs = options.compactMap { option in
            arguments.value(option).map { (option: option, path: $0) }
        }
        let extracts = Set(arguments.operands.filter { $0 != "-" }.map(file))
        var written: [String: String] = [:]
        for (option, path) in outputs {
            let file = file(path)
            guard !extracts.contains(file) else {
                throw UsageError("\(option) would take the place of an extract; name another file")
            }
            // Bytes that are thrown away may be thrown away together.
            if path != "/dev/null", let other = written.updateValue(option, forKey: file) {
                throw UsageError("\(other) and \(option) name one file; name two")
            }
        }
        for (_, path) in outputs { try OutputFile.check(path: path) }
    }

    /// A path by which a file is known from others, `-` being itself.
    private static func file(_ path: String) -> String {
        path == "-" ? path : URL(filePath: path).resolvingSymlinksInPath().path
    }
}
